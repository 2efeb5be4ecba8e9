namespace PgActors;

/// <summary>What kept a row from becoming a .NET value.</summary>
public enum PgMappingErrorKind
{
    /// <summary>The result's columns and the .NET type do not match. The same for every row; found before the first.</summary>
    Shape,

    /// <summary>A column is NULL and its place in the .NET type cannot be. Concerns one row.</summary>
    Null,

    /// <summary>A good value that the .NET type cannot hold, such as an infinite date. Concerns one row.</summary>
    OutOfRange,

    /// <summary>Bytes that are no value of the column's type. Concerns one row; the server or something before it is at fault.</summary>
    Malformed,
}
