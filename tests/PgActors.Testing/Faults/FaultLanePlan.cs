namespace PgActors.Testing;

/// <summary>
/// What a <see cref="FaultProxy"/> does to one direction of a connection. All positions count forwarded bytes from its begin.
/// </summary>
public sealed record FaultLanePlan
{
    /// <summary>After so many forwarded bytes the whole connection is cut; null: never.</summary>
    public long? CutAfter { get; init; }

    /// <summary>How it is cut.</summary>
    public FaultCut Cut { get; init; }

    /// <summary>After so many forwarded bytes the rest is taken from the sender, acknowledged and thrown away; null: never.</summary>
    public long? StallAfter { get; init; }

    /// <summary>After so many forwarded bytes the rest waits until it is released; null: never.</summary>
    public long? HoldAfter { get; init; }

    /// <summary>The most bytes that go out in one write; null: as they come.</summary>
    public int? ChunkSize { get; init; }
}
