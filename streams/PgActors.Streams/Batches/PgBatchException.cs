using System.Globalization;

namespace PgActors;

/// <summary>A command of a batch did not take effect because another command of it failed; the inner exception is that one's.</summary>
public sealed class PgBatchException : PgException
{
    internal PgBatchException(PgBatchResult result, FailureFacts facts, Exception inner)
        : base(Compose(result), OutcomeOf(result.End), (inner as PgException)?.Server, inner)
    {
        BecauseOf = result.BecauseOf!.Value;
        Facts = facts;
    }

    /// <summary>The index of the command that failed.</summary>
    public int BecauseOf { get; }

    private static string Compose(PgBatchResult result)
    {
        var fate = result.End switch
        {
            BatchEnd.Skipped => "was not run",
            BatchEnd.RolledBack => "was undone",
            BatchEnd.Unknown => "may have been undone",
            BatchEnd.Pending or BatchEnd.Succeeded or BatchEnd.Failed or BatchEnd.NotSent => "did not take effect",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Command {result.Index} of the batch {fate}, because command {result.BecauseOf} of the same transaction failed. Its error is the "
            + $"inner exception.");
    }

    private static Outcome OutcomeOf(BatchEnd end) => end == BatchEnd.Unknown ? Outcome.Unknown : Outcome.RolledBack;
}
