using PgActors.Protocol;
using PgActors.Transports;

namespace PgActors.Testing;

/// <summary>
/// A small PostgreSQL backend that answers by itself, for simulation and load without a real server. It starts sessions without a password,
/// speaks the simple and the extended protocol with PostgreSQL's rules for errors, portals, pipelines and transactions, takes cancel
/// requests on their own connections, and remembers what really ran.
/// <para>Its language: <c>select $1, 2, 'three' as name, null</c> (one row; types as Parse declares them, text by default) ·
/// <c>rows N</c> (rows of int4, 1 to N) · <c>wait NAME</c> (runs until <see cref="Release"/> or a cancel) ·
/// <c>fail SQLSTATE ['text']</c> · <c>fatal SQLSTATE ['text']</c> (also ends the session) · <c>notice ['text']</c> · <c>begin</c>,
/// <c>commit</c>, <c>rollback</c> · <c>discard all</c>. Anything else is 42601 with a position. There are no tables and no
/// savepoints.</para>
/// <para>It has no clock and no thread: each connection is one async method over its transport. Safe to use from many threads at
/// once.</para>
/// </summary>
public sealed class ModelServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _lifetime = new();
    private readonly ScriptedServer? _listener;
    private Task _accepting = Task.CompletedTask;

    // Guards what follows.
    private readonly Lock _gate = new();
    private readonly List<ModelConnection> _live = [];
    private readonly List<ModelConnection> _history = [];
    private int _lastNumber;
    private bool _isDisposed;

    /// <summary>Makes a server that is given its connections by <see cref="Serve"/>.</summary>
    /// <param name="options">How it behaves; the defaults when <see langword="null"/>.</param>
    public ModelServer(ModelServerOptions? options = null)
        : this(options, null)
    {
    }

    private ModelServer(ModelServerOptions? options, ScriptedServer? listener)
    {
        Options = options ?? new ModelServerOptions();
        Gates = new ModelGates(Options.Schedule);
        _listener = listener;
    }

    /// <summary>How it behaves.</summary>
    public ModelServerOptions Options { get; }

    /// <summary>What it has done.</summary>
    public ModelCounters Counters { get; } = new();

    /// <summary>Where it listens; <see langword="null"/> if it was not made by <see cref="Listen"/>.</summary>
    public TransportEndpoint? Endpoint => _listener?.Endpoint;

    /// <summary>The connections that have not ended, oldest first.</summary>
    public IReadOnlyList<ModelConnection> Connections => Snapshot(_live);

    /// <summary>Every connection so far, also for a cancel; empty if no log is kept.</summary>
    public IReadOnlyList<ModelConnection> History => Snapshot(_history);

    /// <summary>Everything that ran so far, in the order in which it began; empty if no log is kept.</summary>
    public IReadOnlyList<ModelStatement> Log
        => [.. History.SelectMany(connection => connection.Log).OrderBy(statement => statement.Number)];

    internal ModelGates Gates { get; }

    /// <summary>Serves whatever a connector makes.</summary>
    /// <param name="connector">What the client connects with; its <see cref="MemoryConnector.Accepted"/> is taken.</param>
    /// <param name="options">How it behaves; the defaults when <see langword="null"/>.</param>
    /// <returns>The server, owned by the caller.</returns>
    public static ModelServer InMemory(MemoryConnector connector, ModelServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connector);
        var server = new ModelServer(options);
        connector.Accepted = (transport, _) => server.Serve(transport);
        return server;
    }

    /// <summary>Listens on a free port of 127.0.0.1 and serves whoever connects to <see cref="Endpoint"/>.</summary>
    /// <param name="options">How it behaves; the defaults when <see langword="null"/>.</param>
    /// <returns>The server, owned by the caller.</returns>
    public static ModelServer Listen(ModelServerOptions? options = null)
    {
        var server = new ModelServer(options, ScriptedServer.Listen());
        server._accepting = server.AcceptAsync(server._listener!);
        return server;
    }

    /// <summary>Serves one connection until it ends or the server is disposed.</summary>
    /// <param name="transport">The server's end; the server owns it.</param>
    /// <returns>The connection, already at work.</returns>
    /// <exception cref="TransportException">The server was disposed: <see cref="TransportFailure.Refused"/>. The transport was
    /// aborted.</exception>
    public ModelConnection Serve(ITransport transport)
    {
        ArgumentNullException.ThrowIfNull(transport);
        if (Register(transport) is not { } connection)
        {
            transport.Abort();
            throw new TransportException(TransportFailure.Refused, "The model server does not listen any more.");
        }

        Counters.RecordConnection();
        _ = connection.RunAsync();
        return connection;
    }

    /// <summary>Lets everybody go on who waits for a name, be it by <c>wait</c> or by <see cref="ModelFaults.HoldBefore"/>, now or
    /// later.</summary>
    /// <param name="name">The name.</param>
    public void Release(string name) => Gates.Open(name);

    /// <summary>Waits until somebody waits, or has waited, for a name: the moment to act on a statement that runs.</summary>
    /// <param name="name">The name.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Completes when it is so.</returns>
    public Task ReachedAsync(string name, CancellationToken ct) => ReachedAsync(name, 1, ct);

    /// <summary>Waits until a name has been waited for a number of times.</summary>
    /// <param name="name">The name.</param>
    /// <param name="arrivals">How many times, at least 1, counted from the server's beginning.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Completes when it is so.</returns>
    public Task ReachedAsync(string name, int arrivals, CancellationToken ct) => Gates.ReachedAsync(name, arrivals, ct);

    /// <summary>Stops listening, aborts every connection and waits for their loops.</summary>
    /// <returns>Completes when everything has ended.</returns>
    public async ValueTask DisposeAsync()
    {
        ModelConnection[] live;
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            live = [.. _live];
        }

        // Not CancelAsync, which would go to the thread pool.
        _lifetime.Cancel();
        if (_listener is not null)
            await _listener.DisposeAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        foreach (var connection in live)
        {
            // A loop that sends does not listen to the token.
            connection.Abort();
            await connection.Completion.ConfigureAwait(false);
        }

        _lifetime.Dispose();
    }

    internal void Cancel(CancelRequest request)
    {
        Counters.RecordCancelRequest();
        var named = Connections.FirstOrDefault(
            connection => connection.Key is { } key && key.ProcessId == request.ProcessId && key.SecretKey == request.SecretKey);
        if (named is not null && named.RequestCancel())
            Counters.RecordCancelledStatement();
    }

    internal void OnEnded(ModelConnection connection)
    {
        lock (_gate)
            _live.Remove(connection);
    }

    private ModelConnection? Register(ITransport transport)
    {
        lock (_gate)
        {
            if (_isDisposed)
                return null;
            var number = ++_lastNumber;
            var connection = new ModelConnection(
                this, number, transport, new ModelLog(Counters, Options.KeepsLog), Options.Faults?.Invoke(number) ?? ModelFaults.None,
                _lifetime.Token);
            _live.Add(connection);
            if (Options.KeepsLog)
                _history.Add(connection);
            return connection;
        }
    }

    private async Task AcceptAsync(ScriptedServer listener)
    {
        try
        {
            while (true)
                Serve(await listener.AcceptTransportAsync(_lifetime.Token).ConfigureAwait(false));
        }
        catch (Exception end) when (end is OperationCanceledException or TransportException)
        {
            // The server was disposed.
        }
    }

    private ModelConnection[] Snapshot(List<ModelConnection> connections)
    {
        lock (_gate)
            return connections.ToArray();
    }
}
