namespace PgActors.Sessions;

/// <summary>Whether a database has types with a binary form that nobody here would understand.</summary>
public enum TypeStrangers
{
    /// <summary>None: what nobody has met yet is made of types that are understood.</summary>
    None,

    /// <summary>Some, and of each, and of whatever is made of them, the format was said (<see cref="ResultFormats.Learn"/>).</summary>
    Known,

    /// <summary>Nobody can say: whatever nobody has met may be one.</summary>
    Unknown,
}
