namespace PgActors.Testing;

/// <summary>How a simulation runs.</summary>
public sealed record SimulationOptions
{
    /// <summary>
    /// May a post run an idle mailbox on the spot, as in production? False, the default, makes every turn a step that the seed can move.
    /// </summary>
    public bool RunsInline { get; init; }

    /// <summary>Items that may run in all before the simulation counts as going in circles.</summary>
    public long MaxSteps { get; init; } = 1_000_000;

    /// <summary>How far the clock may get before the simulation counts as waiting for nothing.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromDays(366);
}
