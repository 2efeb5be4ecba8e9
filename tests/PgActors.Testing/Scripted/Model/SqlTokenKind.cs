namespace PgActors.Testing;

/// <summary>What a piece of a text is.</summary>
internal enum SqlTokenKind
{
    /// <summary>Letters, digits and underscores.</summary>
    Word,

    /// <summary><c>$</c> and digits.</summary>
    Parameter,

    /// <summary>A quoted string; the token's text is what it stands for.</summary>
    Text,

    /// <summary>Any other character.</summary>
    Symbol,
}
