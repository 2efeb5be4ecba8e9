namespace PgActors;

/// <summary>How many commands ended in which way (<see cref="BatchEnd"/>).</summary>
/// <param name="Succeeded">Completed, and committed.</param>
/// <param name="Failed">Refused by the server, or cancelled there.</param>
/// <param name="Skipped">Sent and never run.</param>
/// <param name="RolledBack">Run and then undone because of another.</param>
/// <param name="NotSent">Never sent.</param>
/// <param name="Unknown">Sent, with an effect that nothing proves.</param>
public readonly record struct PgBatchCounts(long Succeeded, long Failed, long Skipped, long RolledBack, long NotSent, long Unknown)
{
    /// <summary>All of them.</summary>
    public long Total => Succeeded + Failed + Skipped + RolledBack + NotSent + Unknown;

    /// <summary>Whether none ended in another way than success.</summary>
    public bool AllSucceeded => Total == Succeeded;

    internal PgBatchCounts With(BatchEnd end) => end switch
    {
        BatchEnd.Pending => this,
        BatchEnd.Succeeded => this with { Succeeded = Succeeded + 1 },
        BatchEnd.Failed => this with { Failed = Failed + 1 },
        BatchEnd.Skipped => this with { Skipped = Skipped + 1 },
        BatchEnd.RolledBack => this with { RolledBack = RolledBack + 1 },
        BatchEnd.NotSent => this with { NotSent = NotSent + 1 },
        BatchEnd.Unknown => this with { Unknown = Unknown + 1 },
    };
}
