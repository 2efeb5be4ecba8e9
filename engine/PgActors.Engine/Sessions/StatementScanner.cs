namespace PgActors.Sessions;

/// <summary>
/// Reads what a statement's text shows without parsing it; mostly its first word, past white space and comments. What it does not know is
/// <see cref="StatementVerb.Other"/> and <see cref="StatementSafety.MayCommit"/>, which are treated with the most care.
/// </summary>
public static class StatementScanner
{
    // The longest word that is known: TRANSACTION.
    private const int MaxWord = 11;

    // With one of these words a schema change commits in steps, or reaches outside its transaction (documentation of each command: "cannot
    // be executed inside a transaction block"). They are looked for anywhere in the text: a name that holds one only costs certainty.
    private static readonly string[] Piecemeal = ["CONCURRENTLY", "DATABASE", "TABLESPACE", "SUBSCRIPTION", "SYSTEM"];

    /// <summary>Which sort of statement <paramref name="sql"/> begins with.</summary>
    public static StatementVerb VerbOf(ReadOnlySpan<char> sql)
    {
        Span<char> word = stackalloc char[MaxWord];
        Span<char> second = stackalloc char[MaxWord];
        scoped var rest = SkipBlankAndParentheses(sql);
        return ReadWord(ref rest, word) switch
        {
            "SELECT" or "INSERT" or "UPDATE" or "DELETE" or "MERGE" or "VALUES" or "TABLE" or "WITH" => StatementVerb.Data,
            "BEGIN" or "START" or "COMMIT" or "END" or "ROLLBACK" or "ABORT" or "SAVEPOINT" or "RELEASE" => StatementVerb.Transaction,
            "PREPARE" when ReadWord(ref rest, second) is "TRANSACTION" => StatementVerb.Transaction,
            "SET" or "RESET" or "LISTEN" or "UNLISTEN" or "DISCARD" or "PREPARE" or "DEALLOCATE" or "DECLARE" or "LOAD"
                => StatementVerb.Session,
            "COPY" => StatementVerb.Copy,
            _ => StatementVerb.Other,
        };
    }

    /// <summary>What the statement can leave behind although it failed.</summary>
    public static StatementSafety SafetyOf(ReadOnlySpan<char> sql) => VerbOf(sql) switch
    {
        StatementVerb.Data => StatementSafety.RollsBack,
        StatementVerb.Transaction or StatementVerb.Session or StatementVerb.Copy => StatementSafety.AllOrNothing,
        StatementVerb.Other => SafetyOfOther(sql),
    };

    /// <summary>Why the statement cannot run on a session that others share, as far as its text shows.</summary>
    public static SessionNeed NeedOf(ReadOnlySpan<char> sql) => SessionNeedScanner.Scan(sql);

    /// <summary>What the statement can leave behind in its session. What a function does inside is not seen.</summary>
    public static SessionTraces TracesOf(ReadOnlySpan<char> sql)
    {
        Span<char> word = stackalloc char[MaxWord];
        Span<char> second = stackalloc char[MaxWord];
        scoped var rest = SkipBlankAndParentheses(sql);
        return TracesInside(sql) | ReadWord(ref rest, word) switch
        {
            "SET" => ReadWord(ref rest, second) is "LOCAL" or "TRANSACTION" or "CONSTRAINTS" ? SessionTraces.None : SessionTraces.Settings,
            "LISTEN" => SessionTraces.Channels,
            "DECLARE" => SessionTraces.Cursors,
            "PREPARE" => ReadWord(ref rest, second) is "TRANSACTION" ? SessionTraces.None : SessionTraces.Statements,
            "LOAD" => SessionTraces.Libraries,
            "DO" or "CALL" => SessionTraces.Anything,
            _ => SessionTraces.None,
        };
    }

    /// <summary>Whether the statement writes, as far as its text tells: not SELECT, VALUES, TABLE or SHOW, unless as part of another.</summary>
    public static bool MayWrite(ReadOnlySpan<char> sql)
    {
        Span<char> word = stackalloc char[MaxWord];
        scoped var rest = SkipBlankAndParentheses(sql);
        return ReadWord(ref rest, word) is not ("" or "SELECT" or "VALUES" or "TABLE" or "SHOW" or "SET" or "FETCH" or "MOVE" or "CLOSE"
            or "DECLARE" or "SAVEPOINT" or "RELEASE" or "ROLLBACK" or "LOCK");
    }

    /// <summary>Whether the statement may return values of its own types, as far as its text tells: not EXPLAIN or SHOW, which return
    /// text.</summary>
    public static bool MayReturnValues(ReadOnlySpan<char> sql)
    {
        Span<char> word = stackalloc char[MaxWord];
        scoped var rest = SkipBlankAndParentheses(sql);
        return ReadWord(ref rest, word) switch
        {
            "SELECT" or "VALUES" or "TABLE" or "WITH" or "FETCH" or "CALL" or "EXECUTE" => true,
            "INSERT" or "UPDATE" or "DELETE" or "MERGE" => rest.Contains("RETURNING", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
    }

    // Looked for anywhere in the text: a name or a literal that holds one only costs a statement when the session is given back.
    private static SessionTraces TracesInside(ReadOnlySpan<char> sql)
    {
        var traces = SessionTraces.None;
        if (sql.Contains("SET_CONFIG", StringComparison.OrdinalIgnoreCase))
            traces |= SessionTraces.Settings;
        if (sql.Contains("ADVISORY", StringComparison.OrdinalIgnoreCase))
            traces |= SessionTraces.AdvisoryLocks;
        if (sql.Contains("TEMP", StringComparison.OrdinalIgnoreCase))
            traces |= SessionTraces.TemporaryObjects;
        return traces;
    }

    private static StatementSafety SafetyOfOther(ReadOnlySpan<char> sql)
    {
        Span<char> word = stackalloc char[MaxWord];
        scoped var rest = SkipBlankAndParentheses(sql);
        return ReadWord(ref rest, word) switch
        {
            "" => StatementSafety.AllOrNothing,
            "EXPLAIN" or "SHOW" or "FETCH" or "MOVE" or "CLOSE" or "LOCK" or "TRUNCATE" or "COMMENT" or "GRANT" or "REVOKE" or "NOTIFY"
                or "CREATE" or "ALTER" or "DROP" => IsPiecemeal(sql) ? StatementSafety.MayCommit : StatementSafety.AllOrNothing,
            _ => StatementSafety.MayCommit,
        };
    }

    private static bool IsPiecemeal(ReadOnlySpan<char> sql)
    {
        foreach (var word in Piecemeal)
        {
            if (sql.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    // The word in capitals; a longer one than any that is known comes as nothing known.
    private static ReadOnlySpan<char> ReadWord(ref ReadOnlySpan<char> rest, Span<char> word)
    {
        rest = SkipBlank(rest);
        var length = 0;
        while (length < rest.Length && IsIdentifierPart(rest[length]))
            length++;
        var text = rest[..length];
        rest = rest[length..];
        if (length > word.Length)
            return "?";
        text.ToUpperInvariant(word);
        return word[..length];
    }

    // The server's lexer goes on through these, so "start_replication" is not START.
    private static bool IsIdentifierPart(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '$' or >= '\x80';

    private static ReadOnlySpan<char> SkipBlankAndParentheses(ReadOnlySpan<char> sql)
    {
        sql = SkipBlank(sql);
        while (!sql.IsEmpty && sql[0] == '(')
            sql = SkipBlank(sql[1..]);
        return sql;
    }

    private static ReadOnlySpan<char> SkipBlank(ReadOnlySpan<char> sql)
    {
        sql = SqlBlanks.Skip(sql);
        while (!sql.IsEmpty && sql[0] == ';')
            sql = SqlBlanks.Skip(sql[1..]);
        return sql;
    }
}
