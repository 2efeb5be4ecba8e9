namespace PgActors.Sessions;

/// <summary>
/// Cuts a statement into words, names, constants and symbols as the server's lexer does (scan.l; PostgreSQL documentation, "Lexical
/// Structure"), as far as it takes to tell a word from what stands in quotes and comments. What has no end reaches to the end of the text.
/// It assumes <c>standard_conforming_strings</c>, as the server has it by default since 9.1.
/// </summary>
internal ref struct Lexemes(ReadOnlySpan<char> sql)
{
    private ReadOnlySpan<char> _rest = sql;

    /// <summary>What was found last.</summary>
    public LexemeKind Kind { get; private set; }

    /// <summary>Its text.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    /// <summary>Goes to the next.</summary>
    /// <returns>False at the end.</returns>
    public bool MoveNext()
    {
        _rest = SqlBlanks.Skip(_rest);
        if (_rest.IsEmpty)
        {
            Kind = LexemeKind.None;
            Text = default;
            return false;
        }

        var length = Measure();
        Text = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    /// <summary>Whether the lexeme is this word, in whatever case.</summary>
    public readonly bool Is(string word) => Kind == LexemeKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the lexeme is this symbol.</summary>
    public readonly bool Is(char symbol) => Kind == LexemeKind.Symbol && Text[0] == symbol;

    private int Measure()
    {
        var first = _rest[0];
        switch (first)
        {
            case '\'':
                Kind = LexemeKind.Constant;
                return Quoted(0, '\'', escapes: false);
            case '"':
                Kind = LexemeKind.QuotedName;
                return Quoted(0, '"', escapes: false);
            case 'e' or 'E' when _rest.Length > 1 && _rest[1] == '\'':
                Kind = LexemeKind.Constant;
                return Quoted(1, '\'', escapes: true);
            case '$' when DollarTag() is var tag and > 0:
                Kind = LexemeKind.Constant;
                var end = _rest[tag..].IndexOf(_rest[..tag], StringComparison.Ordinal);
                return end < 0 ? _rest.Length : end + 2 * tag;
            case '$' or (>= '0' and <= '9'):
                Kind = LexemeKind.Number;
                return Run(1, static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_');
            case var _ when IsNameStart(first):
                Kind = LexemeKind.Word;
                return Run(1, static c => IsNameStart(c) || char.IsAsciiDigit(c) || c == '$');
            default:
                Kind = LexemeKind.Symbol;
                return 1;
        }
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c is '_' or >= '\x80';

    private readonly int Run(int from, Func<char, bool> belongs)
    {
        while (from < _rest.Length && belongs(_rest[from]))
            from++;
        return from;
    }

    // A quote inside is written twice; with escapes also behind a backslash.
    private readonly int Quoted(int open, char quote, bool escapes)
    {
        for (var i = open + 1; i < _rest.Length; i++)
        {
            if (escapes && _rest[i] == '\\')
                i++;
            else if (_rest[i] == quote && (i + 1 == _rest.Length || _rest[i + 1] != quote))
                return i + 1;
            else if (_rest[i] == quote)
                i++;
        }

        return _rest.Length;
    }

    // The length of $$ or $tag$; 0 if this is none, such as $1.
    private readonly int DollarTag()
    {
        var end = 1;
        while (end < _rest.Length && (IsNameStart(_rest[end]) || (end > 1 && char.IsAsciiDigit(_rest[end]))))
            end++;
        return end < _rest.Length && _rest[end] == '$' ? end + 1 : 0;
    }
}
