using System.Net;
using System.Net.Sockets;
using PgActors.Transports;

namespace PgActors.Testing;

/// <summary>A server that does what a test says, connection by connection: over real sockets on a free port of the loopback address, or in
/// memory. Safe to use from many threads at once.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private const string MemoryHost = "memory";
    private const int UsualPort = 5432;

    private readonly Func<CancellationToken, ValueTask<ITransport>> _accept;
    private readonly Socket? _listener;

    // Guards the list.
    private readonly Lock _gate = new();
    private readonly List<ScriptedConnection> _connections = [];

    private ScriptedServer(TransportEndpoint endpoint, Socket? listener, Func<CancellationToken, ValueTask<ITransport>> accept)
    {
        Endpoint = endpoint;
        _listener = listener;
        _accept = accept;
    }

    /// <summary>Where to connect to. In memory any endpoint will do.</summary>
    public TransportEndpoint Endpoint { get; }

    /// <summary>Every accepted connection, in order, also those that have ended.</summary>
    public IReadOnlyList<ScriptedConnection> Connections
    {
        get
        {
            lock (_gate)
                return _connections.ToArray();
        }
    }

    /// <summary>Listens on a free port of 127.0.0.1.</summary>
    /// <returns>The server, owned by the caller.</returns>
    public static ScriptedServer Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen();
        }
        catch
        {
            listener.Dispose();
            throw;
        }

        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        return new ScriptedServer(
            TransportEndpoint.Tcp(IPAddress.Loopback.ToString(), port), listener, ct => AcceptSocketAsync(listener, ct));
    }

    /// <summary>Takes what a connector makes. The connector's <see cref="MemoryConnector.Accepted"/> must not be set.</summary>
    /// <param name="connector">What the client connects with.</param>
    /// <returns>The server, owned by the caller.</returns>
    public static ScriptedServer InMemory(MemoryConnector connector)
    {
        ArgumentNullException.ThrowIfNull(connector);
        return new ScriptedServer(
            TransportEndpoint.Tcp(MemoryHost, UsualPort), null, async ct => await connector.AcceptAsync(ct).ConfigureAwait(false));
    }

    /// <summary>The next connection, whether it is for a session or for a cancel: only its first message tells.</summary>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The connection, closed at the latest with the server.</returns>
    /// <exception cref="TransportException">The server was disposed.</exception>
    public async Task<ScriptedConnection> AcceptAsync(CancellationToken ct)
    {
        var connection = new ScriptedConnection(await _accept(ct).ConfigureAwait(false));
        lock (_gate)
            _connections.Add(connection);
        return connection;
    }

    /// <summary>Stops listening and closes every connection.</summary>
    /// <returns>Completes when everything is freed.</returns>
    public async ValueTask DisposeAsync()
    {
        _listener?.Dispose();
        foreach (var connection in Connections)
            await connection.CloseAsync().ConfigureAwait(false);
    }

    internal ValueTask<ITransport> AcceptTransportAsync(CancellationToken ct) => _accept(ct);

    private static async ValueTask<ITransport> AcceptSocketAsync(Socket listener, CancellationToken ct)
    {
        try
        {
            var socket = await listener.AcceptAsync(ct).ConfigureAwait(false);

            // As PostgreSQL does: otherwise pieces would wait for each other.
            socket.NoDelay = true;
            return new SocketTransport(socket, new TransportFacts { RemoteEndpoint = socket.RemoteEndPoint?.ToString() ?? "client" });
        }
        catch (Exception failure) when (failure is ObjectDisposedException or SocketException)
        {
            throw new TransportException(TransportFailure.Closed, "The scripted server does not listen any more.", failure);
        }
    }
}
