using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PgActors.Testing;

/// <summary>
/// A server in a container of the image <c>postgres:&lt;major&gt;</c>. The image's own entry script is not used: ours makes the data
/// folder as on this machine, so the options mean the same. Inside and outside the port has the same number.
/// </summary>
internal sealed class ContainerServer : IServerHost
{
    /// <summary>The image's user that PostgreSQL runs as.</summary>
    private const string ImageUser = "postgres";

    private const string Data = "/tmp/pgactors-data";
    private const string Inbox = "/pgactors";
    private const string Sockets = "/pgactors-sockets";
    private const int PortAttempts = 10;

    /// <summary>Puts the files of the inbox into the data folder. The key must be its reader's alone.</summary>
    private const string TakeFiles =
        """
        for file in pgactors.conf pg_hba.conf pg_ident.conf server.crt server.key authority.crt; do
          if [ -e "/pgactors/$file" ]; then
            cp "/pgactors/$file" "/tmp/pgactors-data/$file"
            chmod 600 "/tmp/pgactors-data/$file"
          fi
        done
        """;

    // At the first start it makes the data folder, by initdb or as a copy of the primary; at each start it takes the configuration.
    private const string EntryScript =
        $$"""
        set -e
        export PGDATA=/tmp/pgactors-data
        take() { {{TakeFiles}}
        }
        if [ -s "$PGDATA/PG_VERSION" ]; then
          take
        elif [ -n "$PGACTORS_PRIMARY" ]; then
          pg_basebackup -d "$PGACTORS_PRIMARY" -D "$PGDATA" -X stream -c fast --no-sync
          touch "$PGDATA/standby.signal"
          take
        else
          initdb -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync "$@" >/dev/null
          echo "include_if_exists = 'pgactors.conf'" >>"$PGDATA/postgresql.conf"
          take
          postgres --single -j -c exit_on_error=on postgres </pgactors/init.sql >/dev/null
        fi
        rm -f "$PGDATA/postmaster.pid"
        exec postgres
        """;

    private readonly DockerClient _docker;
    private readonly RunFolder _run;
    private readonly string _folder;
    private readonly string _name;
    private readonly string _network;
    private readonly bool _ownsNetwork;
    private readonly List<(string Name, string Value)> _standbySettings = [];
    private string? _primary;
    private bool _isCreated;

    private ContainerServer(DockerClient docker, RunFolder run, PostgresServerOptions options, ContainerServer? primary)
    {
        _docker = docker;
        _run = run;
        _folder = run.NewServer();
        _name = "pgactors-" + Path.GetRandomFileName()[..8];
        _network = primary?._network ?? _name;
        _ownsNetwork = primary is null;
        Options = options;
        Port = options.Port ?? 0;
        Version = new Version(options.Major, 0);
    }

    /// <inheritdoc/>
    public PostgresServerOptions Options { get; private set; }

    /// <inheritdoc/>
    public Version Version { get; private set; }

    /// <inheritdoc/>
    public int Port { get; private set; }

    /// <inheritdoc/>
    public string SocketDirectory => Path.Combine(_folder, "sockets");

    /// <inheritdoc/>
    public string DataDirectory => Data;

    /// <inheritdoc/>
    public TlsFiles? Tls { get; private set; }

    /// <inheritdoc/>
    public EndPoint ConsoleEndPoint => new IPEndPoint(IPAddress.Loopback, Port);

    // An engine in a virtual machine (macOS, Windows) cannot put a socket into a folder of this one.
    private static bool SharesSockets => OperatingSystem.IsLinux();

    private string InboxFolder => Path.Combine(_folder, "inbox");

    /// <summary>The name of the image of a major version.</summary>
    public static string Image(int major) => string.Create(CultureInfo.InvariantCulture, $"postgres:{major}");

    /// <summary>Makes a server; it is not started.</summary>
    public static async Task<ContainerServer> CreateAsync(
        DockerClient docker, RunFolder run, PostgresServerOptions options, CancellationToken cancellationToken)
    {
        var server = new ContainerServer(docker, run, options, primary: null);
        try
        {
            await server.PrepareAsync(cancellationToken);
            await server.RecordAsync("network", server._network, cancellationToken);
            await docker.RunAsync(["network", "create", server._network], cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task ConfigureAsync(PostgresServerOptions options, CancellationToken cancellationToken)
    {
        Options = options;
        List<(string, string)> own =
        [
            ("port", Port.ToString(CultureInfo.InvariantCulture)),
            ("listen_addresses", "*"),
            ("unix_socket_directories", SharesSockets ? Sockets : "/tmp"),
            .. _standbySettings,
            .. ServerConfiguration.TlsSettings(options.Tls, "server.crt", "server.key", "authority.crt"),
        ];
        await WriteAsync("pgactors.conf", ServerConfiguration.Settings(options, own), cancellationToken);
        await WriteAsync("pg_hba.conf", ServerConfiguration.Hba(options, "host"), cancellationToken);
        await WriteAsync("pg_ident.conf", string.Join('\n', options.IdentLines ?? []) + "\n", cancellationToken);
        if (_isCreated)
        {
            await SendFilesAsync(cancellationToken);
            await _docker.TryAsync(["exec", "-u", ImageUser, _name, "/bin/sh", "-c", TakeFiles], cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; !_isCreated; attempt++)
        {
            Port = Options.Port ?? LoopbackPort.ChooseFree();
            await ConfigureAsync(Options, cancellationToken);
            await CreateContainerAsync(cancellationToken);
            var started = await _docker.TryAsync(["start", _name], cancellationToken);
            _isCreated = started.Succeeded;
            if (!started.Succeeded)
            {
                // The engine binds the published port at the start, not at the making.
                await _docker.TryAsync(["rm", "-f", "-v", _name], cancellationToken);
                if (Options.Port is not null || attempt == PortAttempts)
                {
                    throw new PostgresServerException($"The container of PostgreSQL {Options.Major} did not start: {started.Describe()}");
                }
            }
        }

        await _docker.RunAsync(["start", _name], cancellationToken);
        await Waiting.UntilAsync(AnswersAsync, Options.Limit, "the server in the container answered", cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StopAsync(StopMode mode, CancellationToken cancellationToken)
    {
        // The postmaster is the container's first process; with it the engine ends all others.
        var signal = mode switch
        {
            StopMode.Smart => "TERM",
            StopMode.Fast => "INT",
            StopMode.Immediate => "QUIT",
            StopMode.Kill => "KILL",
        };
        await _docker.RunAsync(["kill", "-s", signal, _name], cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Options.Limit);
        try
        {
            await _docker.RunAsync(["wait", _name], limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PostgresServerException($"The server in the container did not stop within {Options.Limit.TotalSeconds:0} s.", e);
        }
    }

    /// <inheritdoc/>
    public Task KillProcessAsync(int processId, CancellationToken cancellationToken)
    {
        var id = processId.ToString(CultureInfo.InvariantCulture);
        var script = $"kill -KILL {id} && while kill -0 {id} 2>/dev/null; do sleep 0.01; done";
        return _docker.RunAsync(["exec", "-u", ImageUser, _name, "/bin/sh", "-c", script], cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IServerHost> CreateStandbyAsync(PostgresServerOptions options, string name, CancellationToken cancellationToken)
    {
        var standby = new ContainerServer(_docker, _run, options, this)
        {
            _primary = $"host={_name} port={Port.ToString(CultureInfo.InvariantCulture)} user={ClusterTemplate.ConsoleUser}",
        };
        try
        {
            standby._standbySettings.Add(
                ("primary_conninfo", $"{standby._primary} application_name={ServerConfiguration.QuoteConnectionValue(name)}"));
            await standby.PrepareAsync(cancellationToken);
            return standby;
        }
        catch
        {
            await standby.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<string> ReadLogAsync(CancellationToken cancellationToken)
    {
        var outcome = await _docker.TryAsync(["logs", "--tail", "500", _name], cancellationToken);
        return outcome.Output + outcome.Errors;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _docker.TryAsync(["rm", "-f", "-v", _name], CancellationToken.None);
        if (_ownsNetwork)
        {
            // Fails while a standby still uses it; then the watchdog removes it in the end, for the folder with its name stays.
            var removed = await _docker.TryAsync(["network", "rm", _network], CancellationToken.None);
            if (!removed.Succeeded)
            {
                return;
            }
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        RunFolder.CreatePassable(InboxFolder);
        RunFolder.CreatePassable(SocketDirectory);
        if (OperatingSystem.IsLinux())
        {
            // The image's user has a number that this machine need not know.
            File.SetUnixFileMode(SocketDirectory, (UnixFileMode)0b111_111_111);
        }

        IEnumerable<string> statements = [$"CREATE ROLE {ClusterTemplate.ConsoleUser} SUPERUSER REPLICATION LOGIN", .. Options.InitSql];
        await WriteAsync("init.sql", SingleUserSession.Input(statements), cancellationToken);
        if (Options.Tls is { } tls)
        {
            Tls = CertificateForge.Forge(tls, Path.Combine(_folder, "tls"), _ => { });
            await WriteAsync("server.crt", await File.ReadAllTextAsync(Tls.ServerCertificateFile, cancellationToken), cancellationToken);
            await WriteAsync("server.key", await File.ReadAllTextAsync(Tls.ServerKeyFile, cancellationToken), cancellationToken);
            await WriteAsync("authority.crt", await File.ReadAllTextAsync(Tls.AuthorityFile, cancellationToken), cancellationToken);
        }

        await RecordAsync("container", _name, cancellationToken);
    }

    private async Task CreateContainerAsync(CancellationToken cancellationToken)
    {
        var port = Port.ToString(CultureInfo.InvariantCulture);
        string[] sockets = SharesSockets ? ["-v", $"{SocketDirectory}:{Sockets}"] : [];
        await _docker.RunAsync(
            [
                "create", "--name", _name, "--network", _network, "-p", $"127.0.0.1:{port}:{port}", "--user", ImageUser,
                "--shm-size", "256m", "-e", $"PGACTORS_PRIMARY={_primary}", .. sockets,
                "--entrypoint", "/bin/sh", Image(Options.Major),
                "-c", EntryScript, "pgactors-entry", .. Options.InitDbArguments,
            ],
            cancellationToken);
        await SendFilesAsync(cancellationToken);
    }

    private Task<string> SendFilesAsync(CancellationToken cancellationToken) =>
        _docker.RunAsync(["cp", InboxFolder + "/.", $"{_name}:{Inbox}"], cancellationToken);

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var console = await ServerConsole.ConnectAsync(
                ConsoleEndPoint, ClusterTemplate.ConsoleUser, ClusterTemplate.SuperUser, cancellationToken);
            var rows = await console.QueryAsync("SHOW server_version_num", cancellationToken);
            var number = int.Parse(rows[0][0]!, CultureInfo.InvariantCulture);
            Version = new Version(number / 10000, number % 10000);
            return true;
        }
        catch (Exception e) when (e is SocketException or IOException or PostgresServerException)
        {
            var running = await _docker.RunAsync(["inspect", "-f", "{{.State.Running}}", _name], cancellationToken);
            return running == "true"
                ? false
                : throw new PostgresServerException($"The server in the container ended: {await ReadLogAsync(cancellationToken)}", e);
        }
    }

    // Read by the watchdog, which removes what is named here.
    private Task RecordAsync(string kind, string name, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(Path.Combine(_folder, kind), name, cancellationToken);

    private async Task WriteAsync(string name, string text, CancellationToken cancellationToken)
    {
        var path = Path.Combine(InboxFolder, name);
        await File.WriteAllTextAsync(path, text, cancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            // Copied into the container as root's; the image's user must read it there.
            File.SetUnixFileMode(path, (UnixFileMode)0b110_100_100);
        }
    }
}
