namespace PgActors.Sessions;

/// <summary>
/// Finds out from a statement's text what it would do to its session. It is no parser: what is hidden in functions and in dynamic SQL it
/// cannot see, and is left to what the server reports afterwards.
/// </summary>
internal ref struct SessionNeedScanner
{
    // Words that can follow a table's name: "select 1 into temp from t" makes a table that is called temp.
    private static readonly string[] Clauses =
        ["FROM", "WHERE", "GROUP", "HAVING", "WINDOW", "UNION", "INTERSECT", "EXCEPT", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR"];

    // PostgreSQL documentation, "Advisory Lock Functions": those whose locks last to the end of the session, and their releases.
    private static readonly string[] SessionLocks =
    [
        "pg_advisory_lock", "pg_advisory_lock_shared", "pg_try_advisory_lock", "pg_try_advisory_lock_shared",
        "pg_advisory_unlock", "pg_advisory_unlock_shared", "pg_advisory_unlock_all",
    ];

    private Lexemes _lexemes;
    private Word _before;
    private Word _last;
    private bool _creates;
    private bool _isSeparated;
    private int _parentheses;

    // The nesting of BEGIN ATOMIC … END, the body of a function in standard SQL, whose statements are not run now.
    private int _body;
    private int _setConfigAt;
    private bool _lastWasTrue;

    private SessionNeedScanner(ReadOnlySpan<char> sql)
    {
        _lexemes = new Lexemes(sql);
        _setConfigAt = -1;
    }

    /// <summary>The first need that the text shows.</summary>
    public static SessionNeed Scan(ReadOnlySpan<char> sql) => StatementScanner.VerbOf(sql) switch
    {
        StatementVerb.Transaction => SessionNeed.Transaction,
        StatementVerb.Session => SessionNeed.SessionState,
        StatementVerb.Copy => SessionNeed.Copy,
        StatementVerb.Data or StatementVerb.Other => new SessionNeedScanner(sql).Scan(),
    };

    private SessionNeed Scan()
    {
        var found = SessionNeed.None;
        var hasBegun = false;
        while (_lexemes.MoveNext())
        {
            if (_lexemes.Is(';') && _parentheses == 0 && _body == 0)
            {
                _isSeparated = hasBegun;
                continue;
            }

            if (_isSeparated)
                return SessionNeed.SeveralStatements;
            hasBegun = true;
            var need = _lexemes.Kind == LexemeKind.Symbol ? OnSymbol() : OnName();
            if (found == SessionNeed.None)
                found = need;
        }

        return found;
    }

    private SessionNeed OnSymbol()
    {
        var need = SessionNeed.None;
        switch (_lexemes.Text[0])
        {
            case '(':
                _parentheses++;
                if (_body == 0 && _last == Word.SessionLock)
                    need = SessionNeed.AdvisoryLock;
                else if (_body == 0 && _last == Word.SetConfig)
                    _setConfigAt = _parentheses;
                break;
            case ')':
                if (_setConfigAt == _parentheses)
                {
                    _setConfigAt = -1;
                    need = _lastWasTrue ? SessionNeed.None : SessionNeed.SessionState;
                }

                _parentheses = Math.Max(0, _parentheses - 1);
                break;
            case '.' when _last == Word.PgTemp && _body == 0:
                need = SessionNeed.TemporaryObject;
                break;
        }

        Remember(Word.None);
        return need;
    }

    private SessionNeed OnName()
    {
        var word = _lexemes.Kind == LexemeKind.Word ? Classify() : Word.None;
        TrackBody(word);
        var isTemporary = word == Word.Temporary && _creates && _last is (Word.Create or Word.Replace or Word.Scope);
        var isTemporaryTarget = _last == Word.Temporary && _before == Word.SelectInto && IsTableName();
        if (word == Word.Create)
            _creates = true;
        if (word == Word.Into && _last is not (Word.Insert or Word.Merge))
            word = Word.SelectInto;
        Remember(word);
        return (isTemporary || isTemporaryTarget) && _body == 0 ? SessionNeed.TemporaryObject : SessionNeed.None;
    }

    private void TrackBody(Word word)
    {
        if (word == Word.Atomic && _last == Word.Begin && _creates)
            _body = Math.Max(_body, 1);
        else if (_body > 0 && word is (Word.Case or Word.Begin))
            _body++;
        else if (_body > 0 && word == Word.End)
            _body--;
    }

    private readonly bool IsTableName()
    {
        if (_lexemes.Kind is not (LexemeKind.Word or LexemeKind.QuotedName))
            return false;
        foreach (var clause in Clauses)
        {
            if (_lexemes.Is(clause))
                return false;
        }

        return true;
    }

    private void Remember(Word word)
    {
        _lastWasTrue = word == Word.True;
        _before = _last;
        _last = word;
    }

    private readonly Word Classify()
    {
        foreach (var name in SessionLocks)
        {
            if (_lexemes.Is(name))
                return Word.SessionLock;
        }

        Span<char> upper = stackalloc char[10];
        if (_lexemes.Text.Length > upper.Length)
            return Word.Other;
        var length = _lexemes.Text.ToUpperInvariant(upper);
        return upper[..length] switch
        {
            "CREATE" => Word.Create,
            "REPLACE" => Word.Replace,
            "GLOBAL" or "LOCAL" => Word.Scope,
            "TEMP" or "TEMPORARY" => Word.Temporary,
            "PG_TEMP" => Word.PgTemp,
            "INSERT" => Word.Insert,
            "MERGE" => Word.Merge,
            "INTO" => Word.Into,
            "BEGIN" => Word.Begin,
            "ATOMIC" => Word.Atomic,
            "CASE" => Word.Case,
            "END" => Word.End,
            "TRUE" => Word.True,
            "SET_CONFIG" => Word.SetConfig,
            _ => Word.Other,
        };
    }

    /// <summary>The words that matter here.</summary>
    private enum Word : byte
    {
        None,
        Other,
        Create,
        Replace,
        Scope,
        Temporary,
        PgTemp,
        Insert,
        Merge,
        Into,
        SelectInto,
        Begin,
        Atomic,
        Case,
        End,
        True,
        SetConfig,
        SessionLock,
    }
}
