namespace PgActors.Testing;

/// <summary>What a <see cref="FaultProxy"/> does to a connection from its begin. Immutable; each method gives a changed copy.</summary>
/// <example>
/// <code>FaultPlan.Forward.CutAfter(FaultDirection.ToClient, 17, FaultCut.Reset).InChunksOf(FaultDirection.ToServer, 1)</code>
/// </example>
public sealed record FaultPlan
{
    /// <summary>No fault: all bytes pass.</summary>
    public static FaultPlan Forward { get; } = new();

    /// <summary>The client is accepted, what it sends is swallowed, nothing ever answers. No connection to the server is made.</summary>
    public static FaultPlan NeverAnswer { get; } = new() { IsSilent = true };

    /// <summary>True for <see cref="NeverAnswer"/>.</summary>
    public bool IsSilent { get; private init; }

    /// <summary>The faults of what the client sends.</summary>
    public FaultLanePlan ToServer { get; init; } = new();

    /// <summary>The faults of what the server sends.</summary>
    public FaultLanePlan ToClient { get; init; } = new();

    /// <summary>Cuts the connection once exactly so many bytes have been forwarded in a direction; 0: as soon as it is made.</summary>
    public FaultPlan CutAfter(FaultDirection direction, long bytes, FaultCut cut = FaultCut.Close) =>
        With(direction, lane => lane with { CutAfter = bytes, Cut = cut });

    /// <summary>Swallows what comes after so many forwarded bytes; the sender notices nothing.</summary>
    public FaultPlan StallAfter(FaultDirection direction, long bytes) => With(direction, lane => lane with { StallAfter = bytes });

    /// <summary>Keeps back what comes after so many forwarded bytes, until <see cref="FaultConnection.Release(FaultDirection)"/>.</summary>
    public FaultPlan HoldAfter(FaultDirection direction, long bytes) => With(direction, lane => lane with { HoldAfter = bytes });

    /// <summary>Forwards at most so many bytes in one write, without Nagle's delay; a fast reader may still see several at once.</summary>
    public FaultPlan InChunksOf(FaultDirection direction, int bytes) => With(direction, lane => lane with { ChunkSize = bytes });

    private FaultPlan With(FaultDirection direction, Func<FaultLanePlan, FaultLanePlan> change) => direction switch
    {
        FaultDirection.ToServer => this with { ToServer = change(ToServer) },
        FaultDirection.ToClient => this with { ToClient = change(ToClient) },
    };
}
