namespace PgActors;

/// <summary>The weights that a lexeme of a <see cref="PgTsQuery"/> is looked for with.</summary>
[Flags]
public enum PgLexemeWeights
{
    /// <summary>Any weight will do.</summary>
    Any = 0,

    /// <summary>D.</summary>
    D = 1,

    /// <summary>C.</summary>
    C = 2,

    /// <summary>B.</summary>
    B = 4,

    /// <summary>A.</summary>
    A = 8,
}
