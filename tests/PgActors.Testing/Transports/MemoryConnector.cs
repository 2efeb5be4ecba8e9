using System.Diagnostics.CodeAnalysis;
using PgActors.Transports;

namespace PgActors.Testing;

/// <summary>
/// Connects in memory: each connect makes a pair, keeps the client end for the caller and gives the server end to <see cref="Accepted"/>
/// or, without one, to a queue that <see cref="AcceptAsync"/> empties. Deterministic: it has no thread and no clock. Safe to use from many
/// threads at once.
/// </summary>
public sealed class MemoryConnector : ITransportConnector
{
    private readonly Lock _gate = new();
    private readonly Action<Action>? _schedule;
    private readonly List<TransportEndpoint> _attempts = [];
    private readonly Queue<MemoryTransport> _arrived = new();
    private readonly LinkedList<MemoryWait<MemoryTransport>> _acceptors = new();
    private readonly LinkedList<MemoryWait<bool>> _stalled = new();

    /// <summary>Makes a connector.</summary>
    /// <param name="schedule">Runs the continuation of an operation that had to wait; inline when <see langword="null"/>.</param>
    public MemoryConnector(Action<Action>? schedule = null) => _schedule = schedule;

    /// <summary>How each connect is answered, called once for each, on the connecting thread; <see langword="null"/> accepts
    /// all.</summary>
    public Func<TransportEndpoint, MemoryConnectAnswer>? Answer { get; set; }

    /// <summary>Takes each server end, before the connect completes. While it is set, <see cref="AcceptAsync"/> gets none.</summary>
    public Action<MemoryTransport, TransportEndpoint>? Accepted { get; set; }

    /// <summary>The client ends opened and closed; <see cref="TransportCounters.Live"/> is how many are open.</summary>
    public TransportCounters Counters { get; } = new();

    /// <summary>Every endpoint that a connect was asked for, in order, also those that failed.</summary>
    public IReadOnlyList<TransportEndpoint> Attempts
    {
        get
        {
            lock (_gate)
            {
                return _attempts.ToArray();
            }
        }
    }

    /// <summary>How many connects wait now.</summary>
    public int Stalled
    {
        get
        {
            lock (_gate)
            {
                return _stalled.Count;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ITransport> ConnectAsync(TransportEndpoint endpoint, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ct.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _attempts.Add(endpoint);
        }

        var answer = Answer?.Invoke(endpoint) ?? MemoryConnectAnswer.Accepted;
        if (answer.Stalls)
        {
            await Suspend(_stalled, ct);
        }

        if (answer.Failure is { } failure)
        {
            throw failure;
        }

        var (client, server) = MemoryTransport.CreatePair(answer.Client, answer.Server, _schedule, endpoint, Counters);
        if (Accepted is { } accepted)
        {
            accepted(server, endpoint);
        }
        else
        {
            Arrive(server);
        }

        return client;
    }

    /// <summary>Takes the oldest server end, or waits for the next.</summary>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The server end, owned by the caller.</returns>
    public ValueTask<MemoryTransport> AcceptAsync(CancellationToken ct = default)
    {
        lock (_gate)
        {
            if (_arrived.TryDequeue(out var server))
            {
                return ValueTask.FromResult(server);
            }

            // Within the same gate (it may be entered again): a server end that arrives finds this acceptor.
            return new ValueTask<MemoryTransport>(Suspend(_acceptors, ct));
        }
    }

    /// <summary>Takes the oldest server end if there is one.</summary>
    /// <param name="server">The server end, owned by the caller.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryAccept([NotNullWhen(true)] out MemoryTransport? server)
    {
        lock (_gate)
        {
            return _arrived.TryDequeue(out server);
        }
    }

    /// <summary>Lets the connects that wait go on, in the order they came.</summary>
    /// <returns>How many there were.</returns>
    public int ReleaseStalled()
    {
        MemoryWait<bool>[] waits;
        lock (_gate)
        {
            waits = [.. _stalled];
            _stalled.Clear();
        }

        foreach (var wait in waits)
        {
            wait.Complete(true);
        }

        return waits.Length;
    }

    private void Arrive(MemoryTransport server)
    {
        MemoryWait<MemoryTransport>? acceptor;
        lock (_gate)
        {
            acceptor = _acceptors.First?.Value;
            if (acceptor is null)
            {
                _arrived.Enqueue(server);
                return;
            }

            _acceptors.RemoveFirst();
        }

        acceptor.Complete(server);
    }

    private Task<T> Suspend<T>(LinkedList<MemoryWait<T>> waits, CancellationToken ct)
    {
        var wait = new MemoryWait<T>(_schedule);
        lock (_gate)
        {
            waits.AddLast(wait);
        }

        wait.CancelWith(
            withdrawn =>
            {
                lock (_gate)
                {
                    return waits.Remove(withdrawn);
                }
            },
            ct);
        return wait.Task;
    }
}
