using PgActors.Rows;

namespace PgActors.Queries;

/// <summary>One value as a stream, copied out of the blocks that its row was received into. One reader, one call at a time.</summary>
internal sealed class ValueStream : Stream
{
    private const string AsyncOnly = "The value comes from the network: read it with ReadAsync or CopyToAsync.";

    private readonly RowFeed _feed;
    private LongValue _value;
    private RowBatch _batch;
    private int _position;
    private bool _hasBatch;
    private bool _isComplete;
    private bool _isDisposed;

    private ValueStream(RowFeed feed) => _feed = feed;

    public override bool CanRead => !_isDisposed;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _value.Length;

    public override long Position
    {
        get => _value.Length - _value.Left;
        set => throw new NotSupportedException(AsyncOnly);
    }

    /// <summary>Runs the statement, up to the value's first byte.</summary>
    /// <returns><see langword="null"/> if there is no value; the feed is then at its end.</returns>
    public static async ValueTask<Stream?> OpenAsync(RowFeed feed)
    {
        var stream = new ValueStream(feed);
        try
        {
            if (await stream.TakeHeaderAsync().ConfigureAwait(false) && stream.Length >= 0)
                return stream;
            await stream.CompleteAsync().ConfigureAwait(false);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await stream.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (buffer.IsEmpty)
            return 0;
        var piece = await NextPieceAsync(buffer.Length).ConfigureAwait(false);
        piece.CopyTo(buffer);
        return piece.Length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Writes the blocks themselves: nothing is copied in between.</summary>
    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        while (await NextPieceAsync(int.MaxValue).ConfigureAwait(false) is { Length: > 0 } piece)
            await destination.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException(AsyncOnly);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException(AsyncOnly);

    public override void SetLength(long value) => throw new NotSupportedException(AsyncOnly);

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException(AsyncOnly);

    public override async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            DropBatch();
            await _feed.DisposeAsync().ConfigureAwait(false);
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    // The server is not waited for: the session goes back by itself when it is done.
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
            _ = DisposeAsync().AsTask();
        base.Dispose(disposing);
    }

    /// <summary>The next bytes of the value, valid until the next call; empty at its end.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> NextPieceAsync(int wanted)
    {
        if (_value.Phase == LongValuePhase.Ended)
        {
            await CompleteAsync().ConfigureAwait(false);
            return default;
        }

        if (!HasBytes && !await NextBatchAsync().ConfigureAwait(false))
            throw Broken();
        var piece = _batch.Slab.Buffer.AsMemory(_batch.Offset + _position, _value.Take(Math.Min(wanted, _batch.Length - _position)));
        _position += piece.Length;
        return piece;
    }

    private bool HasBytes => _hasBatch && _position < _batch.Length;

    /// <returns>False if no row came.</returns>
    private async ValueTask<bool> TakeHeaderAsync()
    {
        while (_value.Phase == LongValuePhase.Header)
        {
            if (!await NextBatchAsync().ConfigureAwait(false))
                return false;
            if (_feed.Layout!.Count != 1)
            {
                throw new InvalidOperationException(
                    $"A stream reads one value, and the result has {_feed.Layout.Count} columns. Select the one that is meant.");
            }

            _position += _value.TakeHeader(_batch.Frames);
        }

        return _value.Phase == LongValuePhase.Malformed ? throw Broken() : true;
    }

    /// <summary>Waits until the statement has ended, and makes sure that the value was all of its result.</summary>
    private async ValueTask CompleteAsync()
    {
        if (_isComplete)
            return;
        if (HasBytes || await NextBatchAsync().ConfigureAwait(false))
        {
            throw new InvalidOperationException(
                "A stream reads one value, and the result has more than one row. Add 'limit 1', or a condition.");
        }

        _isComplete = true;
    }

    private async ValueTask<bool> NextBatchAsync()
    {
        if (DropBatch() is var length and > 0)
            _feed.Consumed(length);
        if (await _feed.NextAsync().ConfigureAwait(false) is not { } batch)
            return false;
        _batch = batch;
        _hasBatch = true;
        _position = 0;
        return true;
    }

    private int DropBatch()
    {
        if (!_hasBatch)
            return 0;
        _hasBatch = false;
        var length = _batch.Length;
        _batch.Release();
        _batch = default;
        return length;
    }

    private static InvalidDataException Broken() => new("The bytes of a row do not match the description of the result.");
}
