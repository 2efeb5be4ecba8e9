namespace PgActors.Types;

/// <summary>What a PostgreSQL type is made of.</summary>
public enum PgTypeKind
{
    /// <summary>A type by itself, such as int4 or an extension's.</summary>
    Base,

    /// <summary>An array of another type.</summary>
    Array,

    /// <summary>Another type with constraints.</summary>
    Domain,

    /// <summary>One of a list of labels.</summary>
    Enum,

    /// <summary>Named columns; every table has such a type too.</summary>
    Composite,

    /// <summary>A range over another type.</summary>
    Range,

    /// <summary>A list of ranges.</summary>
    Multirange,

    /// <summary>Not a type of values, such as record or anyelement.</summary>
    Pseudo,
}
