using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PgActors.Testing;

/// <summary>
/// A real PostgreSQL server for tests, on a loopback TCP port and a Unix-domain socket, gone when it is disposed, and also when the process
/// that started it ends or is killed. Programs are taken from an explicit setting, the cache, the npm registry, an installation or a
/// container, whichever comes first. Started from a cached template it takes a fraction of a second.
/// </summary>
/// <remarks>
/// Works for root, whose servers run as <c>postgres</c> or <c>nobody</c>, and for any other user; many processes may start servers at
/// once. Members may be called from any thread; those that start and stop wait for each other.
/// </remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    // As ServerConsole writes the SQLSTATE: 57P03 is a server that starts up, recovers or shuts down; 57P01 and 57P02 end a session then.
    private const string CannotConnectNow = " 57P03: ";
    private const string OperatorIntervention = " 57P0";

    private static readonly ConcurrentDictionary<int, Lazy<Task<PostgresServer>>> SharedServers = new();

    private readonly IServerHost _host;
    private readonly PostgresServer? _primary;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly bool _isShared;
    private bool _isDisposed;

    private PostgresServer(IServerHost host, PostgresServer? primary = null, bool isShared = false)
    {
        _host = host;
        _primary = primary;
        _isShared = isShared;
    }

    /// <summary>The address to connect to. It is the number, not <c>localhost</c>, so that no name resolution is part of a test.</summary>
    public string Host { get; } = IPAddress.Loopback.ToString();

    /// <summary>The TCP port. It stays the same over stops and starts.</summary>
    public int Port => _host.Port;

    /// <summary>
    /// The folder of the Unix-domain socket: what <c>host=</c> takes in a connection string. (In a container, only where the engine runs on
    /// this machine itself.)
    /// </summary>
    public string SocketDirectory => _host.SocketDirectory;

    /// <summary>The data folder. In a container: the path there.</summary>
    public string DataDirectory => _host.DataDirectory;

    /// <summary>The major version.</summary>
    public int Major => _host.Version.Major;

    /// <summary>The version: 18.4.</summary>
    public Version Version => _host.Version;

    /// <summary>The superuser's name.</summary>
    public string SuperUser { get; } = ClusterTemplate.SuperUser;

    /// <summary>The certificates' paths; null without TLS.</summary>
    public TlsFiles? Certificates => _host.Tls;

    /// <summary>The options it was started with, as changed by <see cref="ReloadAsync"/>.</summary>
    public PostgresServerOptions Options => _host.Options;

    /// <summary>Where it listens for TCP.</summary>
    public IPEndPoint TcpEndPoint => new(IPAddress.Loopback, Port);

    /// <summary>The path of its Unix-domain socket.</summary>
    public string SocketPath => Path.Combine(SocketDirectory, $".s.PGSQL.{Port}");

    /// <summary>Starts a server with the default options.</summary>
    /// <param name="major">Major version, 14 to 18.</param>
    /// <param name="cancellationToken">Ends the attempt; nothing stays behind.</param>
    /// <exception cref="PostgresUnavailableException">No way leads to such a server here.</exception>
    /// <exception cref="PostgresServerException">It was found and did not start.</exception>
    public static Task<PostgresServer> StartAsync(
        int major = PostgresServerOptions.NewestMajor, CancellationToken cancellationToken = default) =>
        StartAsync(new PostgresServerOptions { Major = major }, cancellationToken);

    /// <summary>Starts a server.</summary>
    /// <param name="options">What it shall be.</param>
    /// <param name="cancellationToken">Ends the attempt; nothing stays behind.</param>
    /// <exception cref="ArgumentException">An option that cannot be.</exception>
    /// <exception cref="PostgresUnavailableException">No way leads to such a server here.</exception>
    /// <exception cref="PostgresServerException">It was found and did not start: a setting it rejects, failed SQL.</exception>
    public static async Task<PostgresServer> StartAsync(PostgresServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new PostgresServer(await StartHostAsync(options, cancellationToken));
    }

    /// <summary>
    /// The one server of a major version that all tests of this process share, started at the first call with the default options. It stops
    /// when the process ends; disposing it does nothing. Whoever stops, kills or reconfigures a server needs one of their own.
    /// </summary>
    /// <param name="major">Major version, 14 to 18.</param>
    /// <exception cref="PostgresUnavailableException">No way leads to such a server here. Every later call says the same.</exception>
    public static Task<PostgresServer> Shared(int major = PostgresServerOptions.NewestMajor) => SharedServers.GetOrAdd(
        major,
        version => new Lazy<Task<PostgresServer>>(async () => new PostgresServer(
            await StartHostAsync(new PostgresServerOptions { Major = version }, CancellationToken.None), isShared: true))).Value;

    /// <summary>
    /// A connection URI over TCP: <c>postgresql://user:password@127.0.0.1:port/database?parameters</c>, with everything escaped.
    /// </summary>
    /// <param name="user">The role; null: the superuser.</param>
    /// <param name="database">The database.</param>
    /// <param name="password">The password; null: none is written.</param>
    /// <param name="host">Another name for the same machine (<c>localhost</c>, <c>[::1]</c>); null: <see cref="Host"/>.</param>
    /// <param name="parameters">What follows the question mark, escaped by the caller (<c>sslmode=require</c>); null: nothing.</param>
    public string ConnectionUri(
        string? user = null, string database = "postgres", string? password = null, string? host = null, string? parameters = null)
    {
        var login = Uri.EscapeDataString(user ?? SuperUser) + (password is null ? "" : ":" + Uri.EscapeDataString(password));
        var port = Port.ToString(CultureInfo.InvariantCulture);
        return $"postgresql://{login}@{host ?? Host}:{port}/{Uri.EscapeDataString(database)}{(parameters is null ? "" : "?" + parameters)}";
    }

    /// <summary>A keyword/value connection string over the Unix-domain socket.</summary>
    /// <param name="user">The role; null: the superuser.</param>
    /// <param name="database">The database.</param>
    public string UnixConnectionString(string? user = null, string database = "postgres") =>
        $"host={ServerConfiguration.QuoteConnectionValue(SocketDirectory)} port={Port.ToString(CultureInfo.InvariantCulture)} "
        + $"user={ServerConfiguration.QuoteConnectionValue(user ?? SuperUser)} dbname={ServerConfiguration.QuoteConnectionValue(database)}";

    /// <summary>The end of the server's log (at most 64 KiB).</summary>
    public Task<string> ReadLogAsync(CancellationToken cancellationToken = default) => _host.ReadLogAsync(cancellationToken);

    /// <summary>
    /// Runs SQL as a superuser on the launcher's own connection, which works whatever <see cref="PostgresServerOptions.HbaLines"/> say and
    /// uses nothing of the engine under test. Meant for setting up and looking behind the scene.
    /// </summary>
    /// <param name="sql">One or more statements, simple query protocol.</param>
    /// <param name="database">The database.</param>
    /// <param name="cancellationToken">Ends the wait and closes the connection.</param>
    /// <returns>All rows, each value in text form, NULL as null.</returns>
    /// <exception cref="PostgresServerException">A statement failed, or the server refused.</exception>
    public async Task<IReadOnlyList<IReadOnlyList<string?>>> QueryAsync(
        string sql, string database = "postgres", CancellationToken cancellationToken = default)
    {
        await using var console = await ServerConsole.ConnectAsync(
            _host.ConsoleEndPoint, ClusterTemplate.ConsoleUser, database, cancellationToken);
        return await console.QueryAsync(sql, cancellationToken);
    }

    /// <summary>Stops the server and waits until it is gone; the data stays for <see cref="StartAgainAsync"/>.</summary>
    /// <param name="mode">How. <see cref="StopMode.Smart"/> waits for the clients to leave, up to the options' limit.</param>
    /// <param name="cancellationToken">Ends the wait, not the stop.</param>
    /// <exception cref="PostgresServerException">It did not stop in time.</exception>
    public Task StopAsync(StopMode mode = StopMode.Fast, CancellationToken cancellationToken = default) =>
        AloneAsync(() => StopHostAsync(mode, cancellationToken), cancellationToken);

    /// <summary>Starts a stopped or killed server again: same port, same data.</summary>
    /// <exception cref="PostgresServerException">It did not start.</exception>
    public Task StartAgainAsync(CancellationToken cancellationToken = default) =>
        AloneAsync(() => _host.StartAsync(cancellationToken), cancellationToken);

    /// <summary>Stops and starts.</summary>
    /// <param name="mode">How to stop.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PostgresServerException">It did not stop or not start.</exception>
    public Task RestartAsync(StopMode mode = StopMode.Fast, CancellationToken cancellationToken = default) => AloneAsync(
        async () =>
        {
            await StopHostAsync(mode, cancellationToken);
            await _host.StartAsync(cancellationToken);
        },
        cancellationToken);

    /// <summary>
    /// Changes settings or pg_hba.conf and makes the server read them, and waits until new connections meet the new ones.
    /// </summary>
    /// <param name="settings">Settings to add or replace; null: none.</param>
    /// <param name="hbaLines">New lines of pg_hba.conf; null: they stay.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PostgresServerException">The server refused them; the message has its log.</exception>
    public Task ReloadAsync(
        IReadOnlyDictionary<string, string>? settings = null,
        IReadOnlyList<string>? hbaLines = null,
        CancellationToken cancellationToken = default) => AloneAsync(
        async () =>
        {
            var merged = new Dictionary<string, string>(Options.Settings);
            foreach (var (name, value) in settings ?? merged)
            {
                merged[name] = value;
            }

            await _host.ConfigureAsync(Options with { Settings = merged, HbaLines = hbaLines ?? Options.HbaLines }, cancellationToken);
            var before = await QueryAsync("SELECT pg_conf_load_time(), pg_reload_conf()", cancellationToken: cancellationToken);
            try
            {
                // A new session inherits the postmaster's time of the last successful load.
                await Waiting.UntilAsync(
                    async token => (await QueryAsync("SELECT pg_conf_load_time()", cancellationToken: token))[0][0] != before[0][0],
                    Options.Limit,
                    "the server had loaded its configuration",
                    cancellationToken);
            }
            catch (PostgresServerException e)
            {
                throw new PostgresServerException($"{e.Message}\n{await ReadLogAsync(cancellationToken)}", e);
            }
        },
        cancellationToken);

    /// <summary>
    /// Starts a streaming standby of this server, which keeps running meanwhile, and waits until it streams and answers queries. It takes
    /// over this server's options and is disposed by the caller, before or after this one.
    /// </summary>
    /// <param name="name">Its application_name here, as in <c>pg_stat_replication</c> and <c>synchronous_standby_names</c>.</param>
    /// <param name="settings">Settings that differ from this server's; null: none.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="PostgresServerException">This server does not run, or the standby did not start.</exception>
    public async Task<PostgresServer> StartReplicaAsync(
        string name = "replica", IReadOnlyDictionary<string, string>? settings = null, CancellationToken cancellationToken = default)
    {
        var merged = new Dictionary<string, string>(Options.Settings);

        // Once promoted, it would wait for standbys that it does not have.
        merged.Remove("synchronous_standby_names");
        foreach (var (key, value) in settings ?? merged)
        {
            merged[key] = value;
        }

        var host = await _host.CreateStandbyAsync(Options with { Settings = merged, Port = null, InitSql = [] }, name, cancellationToken);
        var replica = new PostgresServer(host, this);
        try
        {
            await host.StartAsync(cancellationToken);
            await Waiting.UntilAsync(replica.IsStreamingAsync, Options.Limit, "the standby streamed", cancellationToken);
            return replica;
        }
        catch
        {
            await replica.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until this standby has replayed all that its primary has written by now.</summary>
    /// <exception cref="InvalidOperationException">It was not made by <see cref="StartReplicaAsync"/>.</exception>
    /// <exception cref="PostgresServerException">It did not catch up in time.</exception>
    public async Task CatchUpAsync(CancellationToken cancellationToken = default)
    {
        var primary = _primary ?? throw new InvalidOperationException("This server is no replica.");
        var end = (await primary.QueryAsync("SELECT pg_current_wal_insert_lsn()", cancellationToken: cancellationToken))[0][0];
        await Waiting.UntilAsync(
            async token => (await QueryAsync($"SELECT pg_last_wal_replay_lsn() >= '{end}'", cancellationToken: token))[0][0] == "t",
            Options.Limit,
            $"the standby had replayed {end}",
            cancellationToken);
    }

    /// <summary>Makes this standby a primary and waits until it accepts writes.</summary>
    /// <exception cref="PostgresServerException">It is no standby, or did not finish in time.</exception>
    public Task PromoteAsync(CancellationToken cancellationToken = default) => AloneAsync(
        async () =>
        {
            var seconds = ((int)Math.Ceiling(Options.Limit.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            var rows = await QueryAsync($"SELECT pg_promote(true, {seconds})", cancellationToken: cancellationToken);
            if (rows[0][0] != "t")
            {
                throw new PostgresServerException($"The standby was not promoted.\n{await ReadLogAsync(cancellationToken)}");
            }
        },
        cancellationToken);

    /// <summary>The process numbers of the sessions that clients have now, the launcher's own left out.</summary>
    public async Task<IReadOnlyList<int>> BackendPidsAsync(CancellationToken cancellationToken = default)
    {
        var rows = await QueryAsync(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY backend_start",
            cancellationToken: cancellationToken);
        return [.. rows.Select(row => int.Parse(row[0]!, CultureInfo.InvariantCulture))];
    }

    /// <summary>
    /// Kills one process of the server with SIGKILL. After the death of a backend the server ends all sessions and recovers, as after a
    /// crash; it stays up. The call returns when the postmaster has noticed the death, not when it has recovered.
    /// </summary>
    /// <param name="processId">A number as in <see cref="BackendPidsAsync"/> or the protocol's BackendKeyData.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="PostgresServerException">There is no such process.</exception>
    public Task KillAsync(int processId, CancellationToken cancellationToken = default) =>
        _host.KillProcessAsync(processId, cancellationToken);

    /// <summary>Stops the server at once and removes its data. Does nothing for a shared one, and at the second call.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isShared)
        {
            return;
        }

        await AloneAsync(
            async () =>
            {
                if (!_isDisposed)
                {
                    _isDisposed = true;
                    await _host.DisposeAsync();
                }
            },
            CancellationToken.None);
    }

    private static async Task<IServerHost> StartHostAsync(PostgresServerOptions options, CancellationToken cancellationToken)
    {
        var host = await HostSearch.CreateAsync(options, cancellationToken);
        try
        {
            await host.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    private async Task StopHostAsync(StopMode mode, CancellationToken cancellationToken)
    {
        if (mode is StopMode.Smart or StopMode.Fast)
        {
            // PostgreSQL 18.4 that is told to shut down during the recovery from a backend's crash never ends.
            await Waiting.UntilAsync(IsNotRecoveringAsync, Options.Limit, "the server had recovered from a crash", cancellationToken);
        }

        await _host.StopAsync(mode, cancellationToken);
    }

    private async Task<bool> IsNotRecoveringAsync(CancellationToken cancellationToken)
    {
        try
        {
            await QueryAsync("SELECT", cancellationToken: cancellationToken);
            return true;
        }
        catch (PostgresServerException e)
        {
            return !e.Message.Contains(OperatorIntervention, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // Accepted, and then ended without a word along with all other sessions.
            return false;
        }
        catch (SocketException)
        {
            // Nobody listens: what is left of the server will not recover.
            return true;
        }
    }

    private async Task<bool> IsStreamingAsync(CancellationToken cancellationToken)
    {
        try
        {
            var rows = await QueryAsync("SELECT status FROM pg_stat_wal_receiver", cancellationToken: cancellationToken);
            return rows.Count == 1 && rows[0][0] == "streaming";
        }
        catch (PostgresServerException e) when (e.Message.Contains(CannotConnectNow, StringComparison.Ordinal))
        {
            // Not yet consistent.
            return false;
        }
    }

    private async Task AloneAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            await action();
        }
        finally
        {
            _oneAtATime.Release();
        }
    }
}
