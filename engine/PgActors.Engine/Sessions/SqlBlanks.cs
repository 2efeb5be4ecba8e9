namespace PgActors.Sessions;

/// <summary>What may stand between the words of a statement (PostgreSQL documentation, "Lexical Structure").</summary>
internal static class SqlBlanks
{
    /// <summary>The text behind white space and comments. A block comment without an end takes the rest with it.</summary>
    public static ReadOnlySpan<char> Skip(ReadOnlySpan<char> sql)
    {
        while (true)
        {
            sql = sql.TrimStart(" \t\r\n\f\v");
            if (sql.StartsWith("--", StringComparison.Ordinal))
            {
                var end = sql.IndexOfAny('\r', '\n');
                sql = end < 0 ? default : sql[end..];
            }
            else if (sql.StartsWith("/*", StringComparison.Ordinal))
            {
                sql = SkipBlockComment(sql);
            }
            else
            {
                return sql;
            }
        }
    }

    // PostgreSQL's block comments nest (documentation, "Comments").
    private static ReadOnlySpan<char> SkipBlockComment(ReadOnlySpan<char> sql)
    {
        var depth = 0;
        for (var i = 0; i + 1 < sql.Length; i++)
        {
            if (sql[i] == '/' && sql[i + 1] == '*')
            {
                depth++;
                i++;
            }
            else if (sql[i] == '*' && sql[i + 1] == '/')
            {
                i++;
                if (--depth == 0)
                    return sql[(i + 1)..];
            }
        }

        return default;
    }
}
