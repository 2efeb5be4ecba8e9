namespace PgActors.Integration.Tests.Values;

/// <summary>Digits, over and over, up to a length; then the end, or a fault. It cannot seek.</summary>
internal sealed class PatternStream(long length) : Stream
{
    private long _position;

    /// <summary>Thrown at the end; <see langword="null"/> for an end.</summary>
    public Exception? Fault { get; init; }

    /// <summary>Hears how far it was read.</summary>
    public Action<long>? Passed { get; init; }

    /// <summary>Whether it is being read right now.</summary>
    public bool IsRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        IsRead = true;
        var count = (int)Math.Min(buffer.Length, length - _position);
        if (count == 0 && Fault is not null)
            throw Fault;
        for (var i = 0; i < count; i++)
            buffer[i] = (byte)('0' + ((_position + i) % 10));
        _position += count;
        Passed?.Invoke(_position);
        IsRead = false;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
