namespace PgActors;

/// <summary>
/// A row could not be made into the .NET type that was asked for. Thrown to whoever reads rows, on their own thread; the session and its
/// other commands go on. The message names column, types and remedy, and never holds a value.
/// </summary>
public sealed class PgMappingException : Exception
{
    internal PgMappingException(PgMappingErrorKind kind, string message, int? columnIndex = null, string? columnName = null)
        : base(message)
    {
        Kind = kind;
        ColumnIndex = columnIndex;
        ColumnName = columnName;
    }

    /// <summary>A type that the catalogue does not know, or not as it is now; 0 if that was not the reason.</summary>
    internal uint OutdatedType { get; init; }

    /// <summary>What went wrong.</summary>
    public PgMappingErrorKind Kind { get; }

    /// <summary>The column concerned, counted from 0; <see langword="null"/> if it is no single one.</summary>
    public int? ColumnIndex { get; }

    /// <summary>The name of the column concerned.</summary>
    public string? ColumnName { get; }
}
