namespace PgActors;

/// <summary>What an item of a <see cref="PgTsQuery"/> is.</summary>
public enum PgTsQueryKind
{
    /// <summary>A word to be found.</summary>
    Lexeme,

    /// <summary>What follows must not match.</summary>
    Not,

    /// <summary>Both of what follows must match.</summary>
    And,

    /// <summary>One of what follows must match.</summary>
    Or,

    /// <summary>Both of what follows must match, at a distance.</summary>
    Phrase,
}
