using PgActors.Transports;

namespace PgActors.Testing;

/// <summary>One direction of a <see cref="MemoryTransport"/> pair: a bounded queue of bytes with one sender and one receiver.</summary>
internal sealed class MemoryPipe
{
    private readonly Lock _gate = new();
    private readonly MemoryTransportOptions _options;
    private readonly Action<Action>? _schedule;
    private readonly string _name;

    // Everything below is guarded by the gate. A wait is settled after the gate is left, by whoever took it out of its field.
    private readonly LinkedList<ReadOnlyMemory<byte>> _queue = new();
    private readonly Queue<long> _packetEnds = new();
    private MemoryWait<int>? _receiver;
    private Memory<byte> _into;
    private MemoryWait<int>? _sender;
    private ReadOnlyMemory<byte> _rest;
    private int _lowWaterMark = 1;
    private int _waits;
    private bool _ended;
    private TransportFailure? _receiveFailure;
    private TransportFailure? _sendFailure;
    private long _accepted;
    private long _taken;

    public MemoryPipe(MemoryTransportOptions options, Action<Action>? schedule, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Capacity, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxBytesPerReceive, 1, nameof(options));
        _options = options;
        _schedule = schedule;
        _name = name;
    }

    /// <summary>Bytes taken from the sender so far.</summary>
    public long Accepted => Read(() => _accepted);

    /// <summary>Bytes handed to the receiver so far.</summary>
    public long Taken => Read(() => _taken);

    /// <summary>Bytes in between.</summary>
    public int Waiting => Read(() => (int)(_accepted - _taken));

    public int LowWaterMark => Read(() => _lowWaterMark);

    public int Waits => Read(() => _waits);

    public bool HasReceiver => Read(() => _receiver is not null);

    public bool HasListener => Read(() => _receiver is not null && _into.IsEmpty);

    public bool HasSender => Read(() => _sender is not null);

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken ct)
    {
        if (ct.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<int>(ct);
        }

        var wait = new MemoryWait<int>(_schedule);
        lock (_gate)
        {
            if (_receiver is not null)
            {
                throw new InvalidOperationException("Another receive is still outstanding on this transport.");
            }

            if (_receiveFailure is { } failure)
            {
                return ValueTask.FromException<int>(Describe(failure));
            }

            (_receiver, _into) = (wait, buffer);
        }

        Pump(wait);
        wait.CancelWith(Withdraw, ct);
        return new ValueTask<int>(wait.Task);
    }

    public bool TryReceive(Span<byte> buffer, out int received)
    {
        lock (_gate)
        {
            if (_receiver is not null)
            {
                throw new InvalidOperationException("Another receive is still outstanding on this transport.");
            }

            if (_receiveFailure is { } failure)
            {
                throw Describe(failure);
            }

            received = Take(buffer);
            if (received == 0)
            {
                return _ended;
            }
        }

        Pump();
        return true;
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        if (ct.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(ct);
        }

        var wait = new MemoryWait<int>(_schedule);
        lock (_gate)
        {
            if (_sender is not null)
            {
                throw new InvalidOperationException("Another send is still outstanding on this transport.");
            }

            if (_sendFailure is { } failure)
            {
                return ValueTask.FromException(Describe(failure));
            }

            (_sender, _rest) = (wait, bytes);
        }

        Pump(wait);
        wait.CancelWith(Withdraw, ct);
        return new ValueTask(wait.Task);
    }

    /// <summary>A receive that waits is served only once that many bytes wait for it, or half of the capacity.</summary>
    public void SetLowWaterMark(int bytes)
    {
        lock (_gate)
        {
            _lowWaterMark = Math.Min(bytes, Math.Max(1, _options.Capacity / 2));
        }

        Pump();
    }

    /// <summary>Whether as many bytes wait as the mark asks for, or none will come any more.</summary>
    public bool AwaitArrival()
    {
        lock (_gate)
        {
            _waits++;
            return _ended || _receiveFailure is not null || _accepted - _taken >= _lowWaterMark;
        }
    }

    /// <summary>No receive delivers bytes from both sides of what has been accepted so far.</summary>
    public void EndPacket()
    {
        lock (_gate)
        {
            _packetEnds.Enqueue(_accepted);
        }
    }

    /// <summary>The sender ends its direction: the receiver still gets what waits, then the end.</summary>
    public void End()
    {
        MemoryWait<int>? sender;
        lock (_gate)
        {
            _ended = true;
            _sendFailure ??= TransportFailure.Closed;
            sender = Claim(ref _sender);
        }

        sender?.Fail(Describe(TransportFailure.Closed));
        Pump();
    }

    /// <summary>Breaks the direction off; what waits is lost. The first break decides what each side is told.</summary>
    public void Break(TransportFailure receiverSees, TransportFailure senderSees)
    {
        MemoryWait<int>? receiver;
        MemoryWait<int>? sender;
        lock (_gate)
        {
            receiverSees = _receiveFailure ??= receiverSees;
            senderSees = _sendFailure ??= senderSees;
            _queue.Clear();
            _taken = _accepted;
            receiver = Claim(ref _receiver);
            sender = Claim(ref _sender);
        }

        receiver?.Fail(Describe(receiverSees));
        sender?.Fail(Describe(senderSees));
    }

    /// <summary>Moves what can be moved, then resumes who has been served.</summary>
    /// <param name="own">The operation being started: it had not to wait, so it is not scheduled either.</param>
    private void Pump(MemoryWait<int>? own = null)
    {
        MemoryWait<int>? receiver = null;
        MemoryWait<int>? sender = null;
        var received = 0;
        lock (_gate)
        {
            Accept();
            if (_receiver is not null && (_ended || _accepted - _taken >= (_receiver == own ? 1 : _lowWaterMark)))
            {
                received = Take(_into.Span);
                receiver = Claim(ref _receiver);
                Accept();
            }

            if (_sender is not null && _rest.IsEmpty)
            {
                sender = Claim(ref _sender);
            }
        }

        receiver?.Complete(received, inline: receiver == own);
        sender?.Complete(0, inline: sender == own);
    }

    private void Accept()
    {
        var room = (int)Math.Min(_rest.Length, _options.Capacity - (_accepted - _taken));
        if (_sender is null || room <= 0)
        {
            return;
        }

        _queue.AddLast(_rest[..room].ToArray());
        _rest = _rest[room..];
        _accepted += room;
    }

    private int Take(Span<byte> into)
    {
        var limit = (int)Math.Min(Math.Min(into.Length, _options.MaxBytesPerReceive), _accepted - _taken);
        foreach (var split in _options.SplitAt)
        {
            if (split > _taken && split - _taken < limit)
            {
                limit = (int)(split - _taken);
            }
        }

        while (_packetEnds.TryPeek(out var end) && end <= _taken)
        {
            _packetEnds.Dequeue();
        }

        if (_packetEnds.TryPeek(out var packetEnd) && packetEnd - _taken < limit)
        {
            limit = (int)(packetEnd - _taken);
        }

        var done = 0;
        while (done < limit)
        {
            var chunk = _queue.First!;
            var part = Math.Min(chunk.Value.Length, limit - done);
            chunk.Value.Span[..part].CopyTo(into[done..]);
            chunk.Value = chunk.Value[part..];
            done += part;
            if (chunk.Value.IsEmpty)
            {
                _queue.RemoveFirst();
            }
        }

        _taken += done;
        return done;
    }

    private bool Withdraw(MemoryWait<int> wait)
    {
        lock (_gate)
        {
            return (_receiver == wait && Claim(ref _receiver) is not null) || (_sender == wait && Claim(ref _sender) is not null);
        }
    }

    private static MemoryWait<int>? Claim(ref MemoryWait<int>? slot)
    {
        var wait = slot;
        slot = null;
        return wait;
    }

    private T Read<T>(Func<T> value)
    {
        lock (_gate)
        {
            return value();
        }
    }

    private TransportException Describe(TransportFailure failure) => new(
        failure,
        failure == TransportFailure.Closed
            ? $"The transport to {_name} was closed on this side."
            : $"The connection to {_name} was lost: reset by the peer.");
}
