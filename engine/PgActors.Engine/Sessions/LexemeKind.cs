namespace PgActors.Sessions;

/// <summary>What a <see cref="Lexemes"/> found.</summary>
internal enum LexemeKind : byte
{
    /// <summary>Nothing: the text is at its end, or has not been begun.</summary>
    None,

    /// <summary>A keyword or a name without quotes.</summary>
    Word,

    /// <summary>A name in double quotes, with them.</summary>
    QuotedName,

    /// <summary>A string constant of any kind, with its quotes.</summary>
    Constant,

    /// <summary>A number or a parameter such as <c>$1</c>.</summary>
    Number,

    /// <summary>One other character.</summary>
    Symbol,
}
