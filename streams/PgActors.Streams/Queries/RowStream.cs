using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using PgActors.Rows;
using PgActors.Rows.Mapping;
using PgActors.Types;

namespace PgActors.Queries;

/// <summary>
/// One execution of a query as rows. They are decoded on the consumer's thread, straight out of the block they were received into; what is
/// decoded is the consumer's own.
/// </summary>
internal sealed class RowStream<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(RowFeed feed, TypeSource types) : IAsyncEnumerator<T>
{
    private RowMapper<T>? _mapper;
    private RowTranslation? _translation;
    private RowBatch _batch;
    private int _received;
    private int _position;
    private bool _hasBatch;

    // Invariant: only the move leaves Moving or Left; whoever left it there is told by the move's end.
    private RowStreamMove _move;
    private TaskCompletionSource? _moved;

    public T Current { get; private set; } = default!;

    public ValueTask<bool> MoveNextAsync()
    {
        if (_hasBatch && _batch.TryReadRow(ref _position, out var row))
        {
            Current = Read(row);
            return new(true);
        }

        return MoveToNextBatchAsync();
    }

    /// <summary>Also while a move is under way, although that is not the contract: streams of others do it when they are cancelled, and the session
    /// must come back all the same. The move then ends as one that was cancelled, or as it would have.</summary>
    public ValueTask DisposeAsync()
    {
        if (_move != RowStreamMove.None)
            return LeaveAsync();
        DropBatch();
        return feed.DisposeAsync();
    }

    private async ValueTask LeaveAsync()
    {
        var moved = _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _move, RowStreamMove.Left, RowStreamMove.Moving) == RowStreamMove.Moving)
        {
            feed.Interrupt();
            await moved.Task.ConfigureAwait(false);
        }

        DropBatch();
        await feed.DisposeAsync().ConfigureAwait(false);
    }

    private void EndMove()
    {
        if (Interlocked.Exchange(ref _move, RowStreamMove.None) == RowStreamMove.Left)
            _moved!.SetResult();
    }

    // Of a fast server nearly every batch is waited for.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> MoveToNextBatchAsync()
    {
        Interlocked.Exchange(ref _move, RowStreamMove.Moving);
        try
        {
            return await TakeNextBatchAsync().ConfigureAwait(false);
        }
        finally
        {
            EndMove();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> TakeNextBatchAsync()
    {
        if (DropBatch() is var length and > 0)
            feed.Consumed(length);
        if (await NextAsync().ConfigureAwait(false) is not { } batch)
            return false;
        _batch = batch;
        _received = batch.Length;
        _hasBatch = true;
        _position = 0;
        if (_mapper is null && types.MustPrepare<T>(feed.Layout!))
            _translation = await types.PrepareAsync<T>(feed.Layout!, batch).ConfigureAwait(false);
        if (_translation is not null)
            _batch = await _translation.TranslateAsync(batch).ConfigureAwait(false);
        _mapper ??= RowMapperFactory.GetOrCreate<T>(_translation?.Layout ?? feed.Layout!, types.Current);

        _batch.TryReadRow(ref _position, out var row);
        Current = Read(row);
        return true;
    }

    private T Read(ReadOnlySpan<byte> row)
    {
        try
        {
            return _mapper!.Read(row);
        }
        catch (PgMappingException failed) when (types.Note(failed))
        {
            throw;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<RowBatch?> NextAsync()
    {
        if (_mapper is null && types.IsReviewDue)
            await types.ReviewAsync(null, CancellationToken.None).ConfigureAwait(false);
        try
        {
            return await feed.NextAsync().ConfigureAwait(false);
        }
        catch (PgServerException failed) when (types.Note(failed))
        {
            throw;
        }
    }

    private int DropBatch()
    {
        if (!_hasBatch)
            return 0;
        _hasBatch = false;
        _batch.Release();
        _batch = default;
        return _received;
    }
}
