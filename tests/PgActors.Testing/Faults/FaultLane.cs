using System.Net.Sockets;

namespace PgActors.Testing;

/// <summary>
/// One direction of a connection: moves bytes from one socket to the other and does what its plan and later commands say. Commands
/// come from any thread; they meet the pump under the lock, and wake it where it waits.
/// </summary>
internal sealed class FaultLane
{
    private const int BufferBytes = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly List<Waiter> _waiters = [];
    private FaultLanePlan _plan;
    private TaskCompletionSource _changed = NewSource();
    private long _arrived;

    // Counted when the pump decides to forward, so that no peer sees a byte before it is counted, and no command comes between.
    private long _forwarded;

    // Counted when the system has taken the bytes.
    private long _sent;
    private bool _isOver;

    public FaultLane(FaultLanePlan plan) => _plan = plan;

    private enum Step
    {
        Forward,
        Swallow,
        Wait,
        Cut,
    }

    private enum Counter
    {
        Arrived,
        Sent,
    }

    /// <summary>Bytes passed on.</summary>
    public long Forwarded
    {
        get
        {
            lock (_lock)
            {
                return _forwarded;
            }
        }
    }

    /// <summary>The plan's way to cut.</summary>
    public FaultCut Cut
    {
        get
        {
            lock (_lock)
            {
                return _plan.Cut;
            }
        }
    }

    /// <summary>Changes the plan, told how many bytes have been forwarded.</summary>
    public void Change(Func<FaultLanePlan, long, FaultLanePlan> change)
    {
        TaskCompletionSource waiting;
        lock (_lock)
        {
            _plan = change(_plan, _forwarded);
            waiting = _changed;
            _changed = NewSource();
        }

        waiting.SetResult();
    }

    /// <summary>Completes when so many bytes have arrived from the sender, forwarded or not.</summary>
    public Task ArrivedAsync(long bytes, CancellationToken cancellationToken) => WaitAsync(Counter.Arrived, bytes, cancellationToken);

    /// <summary>Completes when so many bytes have been forwarded.</summary>
    public Task ForwardedAsync(long bytes, CancellationToken cancellationToken) => WaitAsync(Counter.Sent, bytes, cancellationToken);

    /// <summary>Pumps until the sender's stream ends; true when the plan's cut was met first.</summary>
    /// <param name="source">The sender's socket.</param>
    /// <param name="sink">The receiver's; null: everything is swallowed.</param>
    /// <exception cref="SocketException">One of the sockets failed.</exception>
    /// <exception cref="ObjectDisposedException">One of the sockets was closed here.</exception>
    public async Task<bool> PumpAsync(Socket source, Socket? sink)
    {
        var buffer = new byte[BufferBytes];
        var rest = Memory<byte>.Empty;
        var ended = false;
        while (true)
        {
            var (step, count, changed) = Next(rest.Length, ended, sink is not null);
            switch (step)
            {
                case Step.Cut:
                    return true;
                case Step.Wait:
                    await changed;
                    break;
                case Step.Forward when count > 0:
                    await SendAsync(sink!, rest[..count]);
                    Count(Counter.Sent, count);
                    rest = rest[count..];
                    break;
                case Step.Forward when ended:
                    sink?.Shutdown(SocketShutdown.Send);
                    return false;
                case Step.Swallow when ended:
                    return false;
                default:
                    // Swallowed, or nothing left: the next bytes.
                    var received = await source.ReceiveAsync(buffer);
                    Count(Counter.Arrived, received);
                    rest = buffer.AsMemory(0, received);
                    ended = received == 0;
                    break;
            }
        }
    }

    /// <summary>Nothing will come any more: whoever still waits for bytes is told so.</summary>
    public void Finish()
    {
        Waiter[] left;
        lock (_lock)
        {
            _isOver = true;
            left = [.. _waiters];
            _waiters.Clear();
        }

        foreach (var waiter in left)
        {
            waiter.Source.TrySetException(Over(waiter.Bytes));
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static IOException Over(long bytes) => new($"The connection ended before {bytes} bytes had passed.");

    private static async Task SendAsync(Socket sink, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await sink.SendAsync(bytes)..];
        }
    }

    // A limit that is reached counts at once, not with the next byte: a cut after n bytes needs no byte n + 1.
    private (Step Step, int Count, Task Changed) Next(int available, bool ended, bool hasSink)
    {
        lock (_lock)
        {
            if (_plan.CutAfter <= _forwarded)
            {
                return (Step.Cut, 0, Task.CompletedTask);
            }

            if (_plan.StallAfter <= _forwarded)
            {
                return (Step.Swallow, 0, Task.CompletedTask);
            }

            if (_plan.HoldAfter <= _forwarded && (available > 0 || ended))
            {
                return (Step.Wait, 0, _changed.Task);
            }

            long count = available;
            foreach (var limit in new[] { _plan.CutAfter, _plan.StallAfter, _plan.HoldAfter })
            {
                count = Math.Min(count, limit - _forwarded ?? count);
            }

            count = hasSink ? Math.Min(count, _plan.ChunkSize ?? count) : 0;
            _forwarded += count;
            return (Step.Forward, (int)count, Task.CompletedTask);
        }
    }

    private void Count(Counter counter, int bytes)
    {
        Waiter[] reached;
        lock (_lock)
        {
            _arrived += counter == Counter.Arrived ? bytes : 0;
            _sent += counter == Counter.Sent ? bytes : 0;
            reached = [.. _waiters.Where(IsReached)];
            _waiters.RemoveAll(IsReached);
        }

        foreach (var waiter in reached)
        {
            waiter.Source.TrySetResult();
        }
    }

    private bool IsReached(Waiter waiter) => waiter.Bytes <= waiter.Counter switch
    {
        Counter.Arrived => _arrived,
        Counter.Sent => _sent,
    };

    private Task WaitAsync(Counter counter, long bytes, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(counter, bytes, NewSource());
        lock (_lock)
        {
            if (IsReached(waiter))
            {
                return Task.CompletedTask;
            }

            if (_isOver)
            {
                return Task.FromException(Over(bytes));
            }

            _waiters.Add(waiter);
        }

        return waiter.Source.Task.WaitAsync(cancellationToken);
    }

    private sealed record Waiter(Counter Counter, long Bytes, TaskCompletionSource Source);
}
