using PgActors.Batches;
using PgActors.Sessions;

namespace PgActors;

/// <summary>How one command of a batch ended. Its members mean something once the batch has run.</summary>
/// <remarks>Filled in before <c>RunAsync</c> completes; from then on it does not change, and all threads may read it.</remarks>
public abstract class PgBatchResult
{
    private const int Nobody = -1;

    // An exception, or the result of the command to blame, whose exception this one's is made of when somebody asks for it.
    private object? _reason;
    private int _becauseOf = Nobody;

    private protected PgBatchResult(int index) => Index = index;

    /// <summary>Where the command stands in its batch, counted from 0.</summary>
    public int Index { get; }

    /// <summary>How it ended.</summary>
    public BatchEnd End { get; private set; }

    /// <summary>The index of the command because of which it was skipped or rolled back; <see langword="null"/> if no command of the batch is
    /// to blame, or it is to blame itself.</summary>
    public int? BecauseOf => _becauseOf == Nobody ? null : _becauseOf;

    /// <summary>Why it has no result: the error of the command, or of the one to blame, or that its rows do not fit;
    /// <see langword="null"/> if it has one.</summary>
    public Exception? Exception => _reason switch
    {
        Blame blame => new PgBatchException(this, blame.Facts, blame.Culprit.Exception!),
        var exception => (Exception?)exception,
    };

    internal virtual bool NeedsRows => true;

    /// <summary>Whatever must be found out before the rows can be decoded; <see langword="null"/> if nothing must.</summary>
    internal virtual Task? PrepareResult(SeriesStep step) => null;

    /// <summary>The command has ended.</summary>
    /// <param name="step">The command, with its rows.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="culprit">The result of the command to blame, if it is another of the batch.</param>
    /// <param name="token">The caller's token.</param>
    internal void OnEnded(SeriesStep step, StepEnd end, PgBatchResult? culprit, CancellationToken token)
    {
        End = end.Kind;
        _becauseOf = end.BecauseOf;
        if (end.Kind == BatchEnd.Succeeded)
            _reason = TryTake(step);
        else if (culprit is null)
            _reason = RequestFailure.Of(step.End, step.Statement, token, Index, step.Feed?.Fault);
        else
            _reason = new Blame(culprit, RequestFailure.FactsOf(step.End, Index));
    }

    /// <summary>None of the batch was sent.</summary>
    internal void OnRefused(Exception refusal)
    {
        End = BatchEnd.NotSent;
        _reason = refusal;
    }

    /// <summary>Decodes the result.</summary>
    private protected abstract void Take(SeriesStep step);

    /// <summary>Fails unless there is a result.</summary>
    private protected void ThrowIfNone()
    {
        if (End == BatchEnd.Pending)
            throw new InvalidOperationException("The batch has not run yet: await its RunAsync first.");
        if (Exception is { } reason)
            throw reason;
    }

    // What the command did is done, whatever becomes of its rows here.
    private Exception? TryTake(SeriesStep step)
    {
        try
        {
            Take(step);
            return null;
        }
        catch (Exception misfit) when (misfit is InvalidOperationException or PgMappingException)
        {
            return misfit;
        }
    }

    // Another is to blame, and this is known of the command itself.
    private sealed record Blame(PgBatchResult Culprit, FailureFacts Facts);
}
