namespace PgActors;

/// <summary>What became of a bulk of commands.</summary>
public sealed record PgBulkResult
{
    /// <summary>Failures whose exceptions are kept: the first 16. The others are only counted.</summary>
    public const int MaxFailures = 16;

    /// <summary>Items that the source gave.</summary>
    public required long Items { get; init; }

    /// <summary>The commands made of them, by how they ended.</summary>
    public required PgBatchCounts Commands { get; init; }

    /// <summary>Rows that the commands that succeeded inserted, updated, deleted or selected.</summary>
    public required long Rows { get; init; }

    /// <summary>The first failures, at most <see cref="MaxFailures"/>, in the order of the source.</summary>
    public required IReadOnlyList<PgBulkFailure> Failures { get; init; }
}
