namespace PgActors.Batches;

/// <summary>Counts how the commands of a bulk ended.</summary>
internal sealed class BulkTally
{
    private readonly List<PgBulkFailure> _failures = [];
    private PgBatchCounts _counts;
    private long _rows;

    /// <summary>Items that the source gave.</summary>
    public long Items { get; set; }

    /// <summary>The first failure; <see langword="null"/> if there is none.</summary>
    public PgBulkFailure? FirstFailure => _failures is [var first, ..] ? first : null;

    /// <summary>Why it makes no sense to go on, whatever the server says of the other commands: none was sent, or nothing is known.</summary>
    public Exception? Hindrance { get; private set; }

    public PgBulkResult Result => new() { Items = Items, Commands = _counts, Rows = _rows, Failures = [.. _failures] };

    /// <summary>Takes the ends of a series that has ended.</summary>
    /// <param name="series">The series.</param>
    /// <param name="items">For each of its commands the item it was made of.</param>
    /// <param name="token">The caller's token.</param>
    public void Add(CommandSeries series, IReadOnlyList<long> items, CancellationToken token)
    {
        for (var step = series.First; step is not null; step = step.NextStep)
        {
            var end = StepEnd.Of(step, series.Count);
            _counts = _counts.With(end.Kind);
            if (end.Kind == BatchEnd.Succeeded)
                _rows += step.End.Command.Tag.Rows ?? 0;
            else if (end.BecauseOf < 0)
                AddFailure(step, end.Kind, items[step.Index], token);
        }
    }

    /// <summary>None of a series was sent.</summary>
    public void AddUnsent(CommandSeries series, Exception reason)
    {
        _counts = _counts with { NotSent = _counts.NotSent + series.Count };
        Hindrance ??= reason;
    }

    /// <summary>What the commands did was undone with their transaction.</summary>
    public void UndoAll() => (_counts, _rows) =
        (_counts with { Succeeded = 0, RolledBack = _counts.RolledBack + _counts.Succeeded }, 0);

    /// <summary>Whether what the commands did lasts is unknown, as it is of their transaction.</summary>
    public void DoubtAll() => (_counts, _rows) = (_counts with { Succeeded = 0, Unknown = _counts.Unknown + _counts.Succeeded }, 0);

    private void AddFailure(SeriesStep step, BatchEnd end, long item, CancellationToken token)
    {
        var isHindrance = Hindrance is null && (end != BatchEnd.Failed || step.End.CancelWanted);
        if (_failures.Count >= PgBulkResult.MaxFailures && !isHindrance)
            return;
        var exception = Sessions.RequestFailure.Of(step.End, step.Statement, token);
        if (isHindrance)
            Hindrance = exception;
        if (_failures.Count < PgBulkResult.MaxFailures)
            _failures.Add(new PgBulkFailure(item, end, exception));
    }
}
