namespace PgActors.Sessions;

/// <summary>
/// Reads the first word of a statement, past white space and comments. It is no parser: what it does not know is
/// <see cref="StatementVerb.Other"/>, which is treated with the most care.
/// </summary>
public static class StatementScanner
{
    /// <summary>Which sort of statement <paramref name="sql"/> begins with.</summary>
    public static StatementVerb VerbOf(ReadOnlySpan<char> sql)
    {
        var rest = SkipBlank(sql);
        while (!rest.IsEmpty && rest[0] == '(')
            rest = SkipBlank(rest[1..]);
        var length = 0;
        while (length < rest.Length && char.IsAsciiLetter(rest[length]))
            length++;
        Span<char> word = stackalloc char[16];
        if (length > word.Length)
            return StatementVerb.Other;
        rest[..length].ToUpperInvariant(word);
        return word[..length] switch
        {
            "SELECT" or "INSERT" or "UPDATE" or "DELETE" or "MERGE" or "VALUES" or "TABLE" or "WITH" => StatementVerb.Data,
            "BEGIN" or "START" or "COMMIT" or "END" or "ROLLBACK" or "ABORT" or "SAVEPOINT" or "RELEASE" => StatementVerb.Transaction,
            "SET" or "RESET" or "LISTEN" or "UNLISTEN" or "DISCARD" or "PREPARE" or "DEALLOCATE" or "DECLARE" or "LOAD" => StatementVerb.Session,
            "COPY" => StatementVerb.Copy,
            _ => StatementVerb.Other,
        };
    }

    private static ReadOnlySpan<char> SkipBlank(ReadOnlySpan<char> sql)
    {
        while (true)
        {
            sql = sql.TrimStart(" \t\r\n\f\v;");
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
