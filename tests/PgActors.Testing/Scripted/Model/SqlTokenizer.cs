namespace PgActors.Testing;

/// <summary>Cuts a text into tokens.</summary>
internal static class SqlTokenizer
{
    /// <summary>Cuts <paramref name="sql"/>.</summary>
    /// <returns>The tokens; or, if a quoted string does not end, <see langword="null"/> and where it begins.</returns>
    public static List<SqlToken>? Cut(string sql, out int openQuote)
    {
        openQuote = -1;
        var tokens = new List<SqlToken>();
        var at = 0;
        while (at < sql.Length)
        {
            if (char.IsWhiteSpace(sql[at]))
            {
                at++;
                continue;
            }

            if (CutOne(sql, at) is not { } token)
            {
                openQuote = at;
                return null;
            }

            tokens.Add(token);
            at = token.End;
        }

        return tokens;
    }

    private static SqlToken? CutOne(string sql, int start)
    {
        if (sql[start] == '\'')
            return CutText(sql, start);
        var end = EndOfWord(sql, start);
        if (end > start)
            return new SqlToken(SqlTokenKind.Word, sql[start..end], start, end);
        end = EndOfWord(sql, start + 1);
        return sql[start] == '$' && end > start + 1
            ? new SqlToken(SqlTokenKind.Parameter, sql[(start + 1)..end], start, end)
            : new SqlToken(SqlTokenKind.Symbol, sql[start..(start + 1)], start, start + 1);
    }

    private static SqlToken? CutText(string sql, int start)
    {
        var end = start + 1;
        while (true)
        {
            end = sql.IndexOf('\'', end);
            if (end < 0)
                return null;
            end++;
            if (end == sql.Length || sql[end] != '\'')
                break;
            end++;
        }

        var text = sql[(start + 1)..(end - 1)].Replace("''", "'", StringComparison.Ordinal);
        return new SqlToken(SqlTokenKind.Text, text, start, end);
    }

    private static int EndOfWord(string sql, int at)
    {
        while (at < sql.Length && (char.IsLetterOrDigit(sql[at]) || sql[at] == '_'))
            at++;
        return at;
    }
}
