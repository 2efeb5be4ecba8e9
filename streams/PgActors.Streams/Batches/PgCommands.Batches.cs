using PgActors.Batches;

namespace PgActors;

/// <content>Several commands at once.</content>
public abstract partial class PgCommands
{
    /// <summary>Makes an empty batch, to be filled and run.</summary>
    /// <param name="mode">Whether its commands share a fate.</param>
    public PgBatch CreateBatch(BatchMode mode) => new(_route, TypeSource, mode, OwnTimeout);

    /// <summary>
    /// Makes each item of a source into a command and runs them all, pipelined, in their order. However long the source is, no more than a few
    /// hundred commands and a few hundred kilobytes (or a few items, if those are larger) are in memory: a source that is faster than
    /// the server waits.
    /// </summary>
    /// <typeparam name="T">What the source gives.</typeparam>
    /// <param name="mode"><see cref="BatchMode.Independent"/>: each command is its own transaction, and one that fails does not stop the
    /// others. <see cref="BatchMode.Atomic"/>: all are one transaction, and the first that fails ends it.</param>
    /// <param name="source">The items. It is asked for the next while earlier commands run, from one caller at a time.</param>
    /// <param name="command">Makes an item into a command: <c>(bulk, row) =&gt; bulk.Add($"insert into t values ({row.Id})")</c>.</param>
    /// <param name="cancellationToken">Cancels what runs, and takes no further item.</param>
    /// <returns>How many commands and rows there were.</returns>
    /// <exception cref="PgBulkException">A command failed, or the source or <paramref name="command"/> threw, or the connection was lost; what
    /// became of the commands is in it, and the first cause is its inner exception.</exception>
    /// <exception cref="PgCanceledException">It was cancelled; its inner exception is a <see cref="PgBulkException"/> that says how far it
    /// came.</exception>
    public ValueTask<PgBulkResult> ExecuteManyAsync<T>(
        BatchMode mode, IAsyncEnumerable<T> source, Action<PgBulkWriter, T> command, CancellationToken cancellationToken = default) =>
        ExecuteManyAsync(mode, source, command, failsWithCommands: true, cancellationToken);

    /// <inheritdoc cref="ExecuteManyAsync{T}(BatchMode, IAsyncEnumerable{T}, Action{PgBulkWriter, T}, CancellationToken)"/>
    public ValueTask<PgBulkResult> ExecuteManyAsync<T>(
        BatchMode mode, IEnumerable<T> source, Action<PgBulkWriter, T> command, CancellationToken cancellationToken = default) =>
        ExecuteManyAsync(mode, source.ToAsyncEnumerable(), command, failsWithCommands: true, cancellationToken);

    /// <summary>As <c>ExecuteManyAsync</c>, but commands that the server refused are no failure of the whole: they are in the result.</summary>
    /// <inheritdoc cref="ExecuteManyAsync{T}(BatchMode, IAsyncEnumerable{T}, Action{PgBulkWriter, T}, CancellationToken)"/>
    /// <exception cref="PgBulkException">The source or <paramref name="command"/> threw, or the connection was lost.</exception>
    public ValueTask<PgBulkResult> TryExecuteManyAsync<T>(
        BatchMode mode, IAsyncEnumerable<T> source, Action<PgBulkWriter, T> command, CancellationToken cancellationToken = default) =>
        ExecuteManyAsync(mode, source, command, failsWithCommands: false, cancellationToken);

    /// <inheritdoc cref="TryExecuteManyAsync{T}(BatchMode, IAsyncEnumerable{T}, Action{PgBulkWriter, T}, CancellationToken)"/>
    public ValueTask<PgBulkResult> TryExecuteManyAsync<T>(
        BatchMode mode, IEnumerable<T> source, Action<PgBulkWriter, T> command, CancellationToken cancellationToken = default) =>
        ExecuteManyAsync(mode, source.ToAsyncEnumerable(), command, failsWithCommands: false, cancellationToken);

    private async ValueTask<PgBulkResult> ExecuteManyAsync<T>(
        BatchMode mode, IAsyncEnumerable<T> source, Action<PgBulkWriter, T> command, bool failsWithCommands, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(command);
        if (mode == BatchMode.Independent || await BeginForBulkAsync(cancellationToken).ConfigureAwait(false) is not { } own)
            return await RunBulkAsync(null, mode, source, command, failsWithCommands, cancellationToken).ConfigureAwait(false);
        await using (own.ConfigureAwait(false))
            return await RunBulkAsync(own, mode, source, command, failsWithCommands, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<PgBulkResult> RunBulkAsync<T>(
        PgTransaction? own,
        BatchMode mode,
        IAsyncEnumerable<T> source,
        Action<PgBulkWriter, T> command,
        bool failsWithCommands,
        CancellationToken cancellationToken)
    {
        var run = new BulkRun<T>((own?._route ?? _route).Pin(), TypeSource, mode == BatchMode.Atomic, command, OwnTimeout, cancellationToken);
        var fault = await run.RunAsync(source).ConfigureAwait(false);
        if (own is not null)
            fault = await EndAsync(own, run.Tally, fault, cancellationToken).ConfigureAwait(false);
        var result = run.Tally.Result;
        var cause = fault ?? run.Tally.Hindrance ?? (failsWithCommands ? run.Tally.FirstFailure?.Exception : null);
        if (cause is null)
            return result;
        var failure = new PgBulkException(result, cause);
        throw cause is OperationCanceledException && cancellationToken.IsCancellationRequested
            ? new PgCanceledException(failure.Outcome, cancellationToken, failure)
            : failure;
    }

    /// <summary>Begins the transaction that an atomic bulk is; <see langword="null"/> if everything here is in one already.</summary>
    internal abstract ValueTask<PgTransaction?> BeginForBulkAsync(CancellationToken cancellationToken);

    private static async ValueTask<Exception?> EndAsync(
        PgTransaction transaction, BulkTally tally, Exception? fault, CancellationToken cancellationToken)
    {
        if (fault is not null || tally.FirstFailure is not null || tally.Hindrance is not null)
        {
            await transaction.RollbackAsync().ConfigureAwait(false);
            tally.UndoAll();
            return fault;
        }

        try
        {
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception failure) when (failure is PgException or PgCanceledException)
        {
            var outcome = failure is PgException known ? known.Outcome : ((PgCanceledException)failure).Outcome;
            if (outcome == Outcome.Unknown)
                tally.DoubtAll();
            else
                tally.UndoAll();
            return failure;
        }
    }
}
