namespace PgActors;

/// <summary>A word or an operator of a <see cref="PgTsQuery"/>.</summary>
public readonly record struct PgTsQueryItem
{
    private readonly string? _text;

    internal PgTsQueryItem(string text, PgLexemeWeights weights, bool isPrefix)
    {
        Kind = PgTsQueryKind.Lexeme;
        _text = text;
        Weights = weights;
        IsPrefix = isPrefix;
    }

    internal PgTsQueryItem(PgTsQueryKind kind, int distance = 0)
    {
        Kind = kind;
        Distance = distance;
    }

    /// <summary>What it is.</summary>
    public PgTsQueryKind Kind { get; }

    /// <summary>The word; empty for an operator.</summary>
    public string Text => _text ?? "";

    /// <summary>The weights that the word is looked for with.</summary>
    public PgLexemeWeights Weights { get; }

    /// <summary>Whether every word that begins so is meant.</summary>
    public bool IsPrefix { get; }

    /// <summary>How many words behind the left operand the right one stands; 0 but for <see cref="PgTsQueryKind.Phrase"/>.</summary>
    public int Distance { get; }

    /// <summary>How many operands follow.</summary>
    internal int Operands => Kind switch
    {
        PgTsQueryKind.Lexeme => 0,
        PgTsQueryKind.Not => 1,
        PgTsQueryKind.And => 2,
        PgTsQueryKind.Or => 2,
        PgTsQueryKind.Phrase => 2,
    };
}
