using System.Net;
using System.Net.Sockets;

namespace PgActors.Testing;

/// <summary>
/// A TCP proxy on the loopback that stands before a server and breaks what a test wants broken, at the byte the test names. It has no
/// clock: every delay is a <see cref="FaultConnection.Hold"/> that the test releases. Members may be called from any thread.
/// </summary>
/// <example>
/// <code>
/// await using var proxy = FaultProxy.Start(server.TcpEndPoint);
/// proxy.OnConnection(2, FaultPlan.Forward.CutAfter(FaultDirection.ToClient, 100, FaultCut.Reset));
/// </code>
/// </example>
public sealed class FaultProxy : IAsyncDisposable
{
    private const int Backlog = 512;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, FaultPlan> _plans = [];
    private readonly List<FaultConnection> _connections = [];
    private readonly List<Task> _running = [];
    private readonly Dictionary<int, TaskCompletionSource<FaultConnection>> _expected = [];
    private FaultPlan _plan = FaultPlan.Forward;
    private EndPoint _target;
    private Socket _listener;
    private bool _isListening;

    private FaultProxy(EndPoint target, Socket listener)
    {
        _target = target;
        _listener = listener;
        EndPoint = (IPEndPoint)listener.LocalEndPoint!;
    }

    /// <summary>Where clients connect.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>The address clients connect to.</summary>
    public string Host => EndPoint.Address.ToString();

    /// <summary>The port clients connect to.</summary>
    public int Port => EndPoint.Port;

    /// <summary>Where new connections go. May be changed, as by a failover.</summary>
    public EndPoint Target
    {
        get
        {
            lock (_lock)
            {
                return _target;
            }
        }

        set
        {
            lock (_lock)
            {
                _target = value;
            }
        }
    }

    /// <summary>The plan of new connections that <see cref="OnConnection"/> names none for.</summary>
    public FaultPlan Plan
    {
        get
        {
            lock (_lock)
            {
                return _plan;
            }
        }

        set
        {
            lock (_lock)
            {
                _plan = value;
            }
        }
    }

    /// <summary>All connections so far, ended ones too, in their order.</summary>
    public IReadOnlyList<FaultConnection> Connections
    {
        get
        {
            lock (_lock)
            {
                return [.. _connections];
            }
        }
    }

    /// <summary>How many connections were accepted.</summary>
    public int ConnectionCount => Connections.Count;

    /// <summary>Bytes forwarded to the server, over all connections.</summary>
    public long BytesToServer => Connections.Sum(connection => connection.BytesToServer);

    /// <summary>Bytes forwarded to clients, over all connections.</summary>
    public long BytesToClient => Connections.Sum(connection => connection.BytesToClient);

    /// <summary>Starts a proxy on a free port.</summary>
    /// <param name="target">The server: an <see cref="IPEndPoint"/> or a <see cref="UnixDomainSocketEndPoint"/>.</param>
    public static FaultProxy Start(EndPoint target)
    {
        var listener = Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var proxy = new FaultProxy(target, listener);
        proxy.Listen();
        return proxy;
    }

    /// <summary>Gives the connection of a number (the first is 1) a plan of its own.</summary>
    public FaultProxy OnConnection(int number, FaultPlan plan)
    {
        lock (_lock)
        {
            _plans[number] = plan;
        }

        return this;
    }

    /// <summary>Gives all connections from now on a plan.</summary>
    public FaultProxy OnEveryConnection(FaultPlan plan)
    {
        Plan = plan;
        return this;
    }

    /// <summary>Waits for the connection of a number; the first is 1.</summary>
    public Task<FaultConnection> ConnectionAsync(int number, CancellationToken cancellationToken = default)
    {
        TaskCompletionSource<FaultConnection>? expected;
        lock (_lock)
        {
            if (number <= _connections.Count)
            {
                return Task.FromResult(_connections[number - 1]);
            }

            if (!_expected.TryGetValue(number, out expected))
            {
                expected = new TaskCompletionSource<FaultConnection>(TaskCreationOptions.RunContinuationsAsynchronously);
                _expected.Add(number, expected);
            }
        }

        return expected.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Cuts all connections now.</summary>
    public void CutAll(FaultCut cut = FaultCut.Close)
    {
        foreach (var connection in Connections)
        {
            connection.Cut(cut);
        }
    }

    /// <summary>Refuses new connections, as a server that is down; the port stays ours. Those that exist go on.</summary>
    public void RefuseConnections()
    {
        lock (_lock)
        {
            _listener.Dispose();

            // Bound and not listening: the system refuses, and gives the port to nobody else.
            _listener = Bind(EndPoint);
            _isListening = false;
        }
    }

    /// <summary>Accepts new connections again.</summary>
    public void AcceptConnections() => Listen();

    /// <summary>Resets all connections and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] running;
        lock (_lock)
        {
            _listener.Dispose();
            running = [.. _running];
        }

        foreach (var connection in Connections)
        {
            connection.Reset();
        }

        await Task.WhenAll(running);
    }

    private static Socket Bind(IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(endPoint);
        return socket;
    }

    private void Listen()
    {
        lock (_lock)
        {
            if (!_isListening)
            {
                _isListening = true;
                _listener.Listen(Backlog);
                _running.Add(AcceptAsync(_listener));
            }
        }
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptAsync();
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                return;
            }

            Begin(client, listener);
        }
    }

    private void Begin(Socket client, Socket listener)
    {
        FaultConnection connection;
        TaskCompletionSource<FaultConnection>? expected;
        lock (_lock)
        {
            if (listener.SafeHandle.IsClosed)
            {
                client.Dispose();
                return;
            }

            var number = _connections.Count + 1;
            connection = new FaultConnection(number, client, _plans.GetValueOrDefault(number, _plan));
            _connections.Add(connection);
            _expected.Remove(number, out expected);
            _running.Add(connection.RunAsync(_target));
        }

        expected?.SetResult(connection);
    }
}
