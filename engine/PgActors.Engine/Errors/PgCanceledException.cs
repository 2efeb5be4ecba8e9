namespace PgActors;

/// <summary>A command ended because its caller cancelled it.</summary>
public sealed class PgCanceledException : OperationCanceledException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="outcome">How far the command got.</param>
    /// <param name="token">The caller's token.</param>
    public PgCanceledException(Outcome outcome, CancellationToken token)
        : base(Compose(outcome), token)
        => Outcome = outcome;

    /// <summary>How far the command got.</summary>
    public Outcome Outcome { get; }

    private static string Compose(Outcome outcome) => outcome switch
    {
        Outcome.NotSent => "The command was cancelled before it was sent.",
        Outcome.RolledBack => "The command was cancelled, and what it did was undone.",
        Outcome.Unknown => "The command was cancelled, and no answer came in time; whether it took effect is unknown.",
    };
}
