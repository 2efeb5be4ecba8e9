using System.Net;
using System.Net.Sockets;

namespace PgActors.Testing;

/// <summary>
/// One connection through a <see cref="FaultProxy"/>: what has passed, and faults by command. Members may be called from any thread.
/// </summary>
public sealed class FaultConnection
{
    private readonly Socket _client;
    private readonly bool _isSilent;
    private readonly FaultLane _toServer;
    private readonly FaultLane _toClient;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private Socket? _server;
    private bool _isReset;

    // Set before the sockets are shut down, and read by the pumps when one of them fails.
    private volatile bool _isClosing;

    internal FaultConnection(int number, Socket client, FaultPlan plan)
    {
        Number = number;
        _client = client;
        _isSilent = plan.IsSilent;
        _toServer = new FaultLane(plan.ToServer);
        _toClient = new FaultLane(plan.ToClient);
    }

    /// <summary>Which connection of the proxy this is; the first is 1.</summary>
    public int Number { get; }

    /// <summary>Bytes forwarded to the server.</summary>
    public long BytesToServer => _toServer.Forwarded;

    /// <summary>Bytes forwarded to the client.</summary>
    public long BytesToClient => _toClient.Forwarded;

    /// <summary>Completes when both sides have ended and the proxy holds nothing of it any more. Never fails.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Cuts the connection now.</summary>
    public void Cut(FaultCut cut = FaultCut.Close)
    {
        if (cut == FaultCut.Reset)
        {
            Reset();
        }
        else
        {
            Close();
        }
    }

    /// <summary>Cuts the connection once so many more bytes, at least one, have been forwarded in a direction.</summary>
    public void CutAfter(FaultDirection direction, long moreBytes, FaultCut cut = FaultCut.Close)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(moreBytes, 1);
        Lane(direction).Change((plan, forwarded) => plan with { CutAfter = forwarded + moreBytes, Cut = cut });
    }

    /// <summary>From now on swallows what comes in a direction; the sender notices nothing.</summary>
    public void Stall(FaultDirection direction) => Lane(direction).Change((plan, forwarded) => plan with { StallAfter = forwarded });

    /// <summary>Keeps back what comes in a direction, in order, up to one buffer; then the sender meets a full one.</summary>
    public void Hold(FaultDirection direction) => Lane(direction).Change((plan, forwarded) => plan with { HoldAfter = forwarded });

    /// <summary>Lets go what is held, and what comes after it.</summary>
    public void Release(FaultDirection direction) => Lane(direction).Change((plan, _) => plan with { HoldAfter = null });

    /// <summary>Lets go so many bytes of what is held or will come, and holds what follows.</summary>
    public void Release(FaultDirection direction, long bytes) =>
        Lane(direction).Change((plan, forwarded) => plan with { HoldAfter = forwarded + bytes });

    /// <summary>Forwards at most so many bytes in one write; null: as they come.</summary>
    public void InChunksOf(FaultDirection direction, int? bytes) => Lane(direction).Change((plan, _) => plan with { ChunkSize = bytes });

    /// <summary>Waits until so many bytes, from the connection's begin, have been forwarded.</summary>
    /// <exception cref="IOException">The connection ended before.</exception>
    public Task ForwardedAsync(FaultDirection direction, long bytes, CancellationToken cancellationToken = default) =>
        Lane(direction).ForwardedAsync(bytes, cancellationToken);

    /// <summary>
    /// Waits until so many bytes, from the connection's begin, have arrived from the sender, be they forwarded, held or swallowed.
    /// </summary>
    /// <exception cref="IOException">The connection ended before.</exception>
    public Task ArrivedAsync(FaultDirection direction, long bytes, CancellationToken cancellationToken = default) =>
        Lane(direction).ArrivedAsync(bytes, cancellationToken);

    /// <summary>Lives through the connection. Never fails.</summary>
    internal async Task RunAsync(EndPoint target)
    {
        try
        {
            _client.NoDelay = true;
            var server = _isSilent ? null : await ConnectAsync(target);
            var toServer = PumpAsync(_toServer, _client, server);
            var toClient = server is null ? Task.CompletedTask : PumpAsync(_toClient, server, _client);
            await Task.WhenAll(toServer, toClient);
        }
        catch (SocketException)
        {
            // The server cannot be reached: the client's connection must not look alive.
            Reset();
        }
        finally
        {
            _toServer.Finish();
            _toClient.Finish();
            lock (_lock)
            {
                _client.Dispose();
                _server?.Dispose();
            }

            _ended.SetResult();
        }
    }

    /// <summary>Closes both sockets with a reset.</summary>
    internal void Reset()
    {
        lock (_lock)
        {
            _isReset = true;
            CloseHard(_client);
            CloseHard(_server);
        }

        // Whoever holds must wake up to see it.
        Release(FaultDirection.ToServer);
        Release(FaultDirection.ToClient);
    }

    private static void CloseHard(Socket? socket)
    {
        if (socket is { SafeHandle.IsClosed: false })
        {
            if (socket.AddressFamily != AddressFamily.Unix)
            {
                // SO_LINGER with zero: close() sends RST.
                socket.LingerState = new LingerOption(true, 0);
            }

            // With a timeout of zero the framework does not shut down first, which would send FIN.
            socket.Close(0);
        }
    }

    private async Task<Socket> ConnectAsync(EndPoint target)
    {
        var isUnix = target.AddressFamily == AddressFamily.Unix;
        var server = new Socket(target.AddressFamily, SocketType.Stream, isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        lock (_lock)
        {
            _server = server;
            if (_isReset)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }
        }

        try
        {
            await server.ConnectAsync(target);
            if (!isUnix)
            {
                server.NoDelay = true;
            }

            return server;
        }
        catch (ObjectDisposedException)
        {
            throw new SocketException((int)SocketError.ConnectionReset);
        }
    }

    private async Task PumpAsync(FaultLane lane, Socket source, Socket? sink)
    {
        while (true)
        {
            var wasClosing = _isClosing;
            try
            {
                if (!await lane.PumpAsync(source, sink))
                {
                    return;
                }

                Cut(lane.Cut);
                if (!_isClosing)
                {
                    return;
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                if (wasClosing)
                {
                    return;
                }

                // A write that met our own close is followed by swallowing; any other failure is a peer's reset, which the other one gets
                // too.
                if (!_isClosing)
                {
                    Reset();
                    return;
                }
            }
        }
    }

    // Both peers get the end of the stream. Their own bytes are read on, because bytes left unread would turn the close into a reset.
    private void Close()
    {
        _isClosing = true;
        foreach (var lane in new[] { _toServer, _toClient })
        {
            lane.Change((plan, forwarded) => plan with { CutAfter = null, HoldAfter = null, StallAfter = forwarded });
        }

        lock (_lock)
        {
            foreach (var socket in new[] { _client, _server })
            {
                if (socket is { SafeHandle.IsClosed: false, Connected: true })
                {
                    try
                    {
                        socket.Shutdown(SocketShutdown.Send);
                    }
                    catch (SocketException)
                    {
                        // The peer was first.
                    }
                }
            }
        }
    }

    private FaultLane Lane(FaultDirection direction) => direction switch
    {
        FaultDirection.ToServer => _toServer,
        FaultDirection.ToClient => _toClient,
    };
}
