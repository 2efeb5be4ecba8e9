using System.Net;
using System.Net.Sockets;

namespace PgActors.Transports;

/// <summary>
/// Connects to whichever address of one host answers first: "Happy Eyeballs" (RFC 8305 §4 and §5). Families alternate, the next address
/// starts when the one before has failed or has had its time alone, and the losers are closed before the winner is handed out.
/// </summary>
internal sealed class AddressRace
{
    private readonly TransportEndpoint _endpoint;
    private readonly TransportSettings _settings;
    private readonly TimeProvider _time;
    private readonly List<(IPAddress Address, SocketException Exception)> _failures = [];
    private readonly List<Task<Attempt>> _running = [];
    private readonly List<IPAddress> _started = [];

    public AddressRace(TransportEndpoint endpoint, TransportSettings settings, TimeProvider time)
    {
        _endpoint = endpoint;
        _settings = settings;
        _time = time;
    }

    /// <summary>Runs the race, once.</summary>
    /// <param name="addresses">The resolver's answer; not empty.</param>
    /// <param name="ct">Ends the race.</param>
    /// <returns>A connected socket and its address.</returns>
    public async Task<(Socket Socket, IPAddress Address)> RunAsync(IReadOnlyList<IPAddress> addresses, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Attempt? winner = null;
        try
        {
            winner = await FirstAsync(Interleave(addresses), stop.Token).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            foreach (var loser in _running)
            {
                (await loser.ConfigureAwait(false)).Socket?.Dispose();
            }
        }

        if (winner is { Socket: { } socket })
        {
            return (socket, winner.Address);
        }

        ct.ThrowIfCancellationRequested();
        throw Failed();
    }

    /// <summary>What was going on when the caller's time ran out.</summary>
    public string Describe()
        => _started.Count == 0
            ? $"Connecting to {_endpoint} was cancelled before an address was tried."
            : $"Connecting to {_endpoint} was cancelled; tried without an answer: {string.Join(", ", _started)}.";

    /// <summary>Alternates the families, keeping the resolver's order within each, so that one dead family costs one stagger.</summary>
    internal static List<IPAddress> Interleave(IReadOnlyList<IPAddress> addresses)
    {
        var first = new Queue<IPAddress>(addresses.Where(address => address.AddressFamily == addresses[0].AddressFamily));
        var second = new Queue<IPAddress>(addresses.Where(address => address.AddressFamily != addresses[0].AddressFamily));
        var order = new List<IPAddress>(addresses.Count);
        while (order.Count < addresses.Count)
        {
            if (first.TryDequeue(out var one))
            {
                order.Add(one);
            }

            if (second.TryDequeue(out var other))
            {
                order.Add(other);
            }
        }

        return order;
    }

    private async Task<Attempt?> FirstAsync(List<IPAddress> order, CancellationToken stop)
    {
        var next = 0;
        while (next < order.Count || _running.Count > 0)
        {
            if (stop.IsCancellationRequested)
            {
                return null;
            }

            Task? stagger = null;
            if (next < order.Count)
            {
                _started.Add(order[next]);
                _running.Add(TryAsync(order[next++], stop));
                stagger = next < order.Count ? Task.Delay(_settings.AttemptStagger, _time, stop) : null;
            }

            var ended = await EndedAsync(stagger).ConfigureAwait(false);
            if (ended is { Socket: not null })
            {
                return ended;
            }
        }

        return null;
    }

    /// <summary>Waits until an attempt ends, or the newest has had its time alone (<see langword="null"/>).</summary>
    private async Task<Attempt?> EndedAsync(Task? stagger)
    {
        Task ended = stagger is null
            ? await Task.WhenAny(_running).ConfigureAwait(false)
            : await Task.WhenAny([.. _running, stagger]).ConfigureAwait(false);
        if (ended is not Task<Attempt> task)
        {
            return null;
        }

        _running.Remove(task);
        var attempt = await task.ConfigureAwait(false);
        if (attempt.Exception is { } exception)
        {
            _failures.Add((attempt.Address, exception));
        }

        return attempt;
    }

    private async Task<Attempt> TryAsync(IPAddress address, CancellationToken stop)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            SocketOptions.Apply(_settings, socket);
            await socket.ConnectAsync(new IPEndPoint(address, _endpoint.Port), stop).ConfigureAwait(false);
            return new Attempt(address, socket, null);
        }
        catch (SocketException exception)
        {
            socket?.Dispose();
            return new Attempt(address, null, exception);
        }
        catch (OperationCanceledException)
        {
            socket?.Dispose();
            return new Attempt(address, null, null);
        }
    }

    private TransportException Failed()
    {
        var (address, exception) = _failures[0];
        var kind = SocketFailures.Classify(exception.SocketErrorCode);
        if (_failures.Count == 1)
        {
            return new TransportException(
                kind, $"Cannot connect to {_endpoint} (tried {address}): {SocketFailures.Explain(kind, exception)}", exception);
        }

        var each = _failures.Select(failure =>
            $"{failure.Address}: {SocketFailures.Explain(SocketFailures.Classify(failure.Exception.SocketErrorCode), failure.Exception)}");
        return new TransportException(
            kind, $"Cannot connect to {_endpoint}: none of its {_failures.Count} addresses answered. {string.Join(" ", each)}", exception);
    }

    /// <summary>How one address ended: connected, failed, or neither when it was called off.</summary>
    private sealed record Attempt(IPAddress Address, Socket? Socket, SocketException? Exception);
}
