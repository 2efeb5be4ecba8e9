namespace PgActors.Queries;

/// <summary>Whether the consumer of a row stream waits for more of it.</summary>
internal enum RowStreamMove
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>It does.</summary>
    Moving,

    /// <summary>It did when it left.</summary>
    Left,
}
