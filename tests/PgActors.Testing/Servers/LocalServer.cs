using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PgActors.Testing;

/// <summary>A server that runs as processes of this machine, in a folder of its own: <c>data/</c>, <c>server.log</c>, the socket.</summary>
internal sealed class LocalServer : IServerHost
{
    private const int PortAttempts = 10;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly PostgresBinaries _binaries;
    private readonly ServerUser _user;
    private readonly RunFolder _run;
    private readonly string _folder;
    private readonly List<(string Name, string Value)> _standbySettings = [];

    private bool _portIsFixed;
    private bool _wasKilled;
    private bool _runs;

    private LocalServer(PostgresBinaries binaries, ServerUser user, RunFolder run, PostgresServerOptions options)
    {
        _binaries = binaries;
        _user = user;
        _run = run;
        _folder = run.NewServer();
        user.Own(_folder);
        Options = options;
        Port = options.Port ?? 0;
        _portIsFixed = options.Port is not null;
    }

    /// <inheritdoc/>
    public PostgresServerOptions Options { get; private set; }

    /// <inheritdoc/>
    public Version Version => _binaries.Version;

    /// <inheritdoc/>
    public int Port { get; private set; }

    /// <inheritdoc/>
    public string SocketDirectory => _folder;

    /// <inheritdoc/>
    public string DataDirectory => Path.Combine(_folder, "data");

    /// <inheritdoc/>
    public TlsFiles? Tls { get; private set; }

    /// <inheritdoc/>
    public EndPoint ConsoleEndPoint => new UnixDomainSocketEndPoint(Path.Combine(_folder, $".s.PGSQL.{Port}"));

    private string LogFile => Path.Combine(_folder, "server.log");

    private string PostmasterFile => Path.Combine(DataDirectory, "postmaster.pid");

    /// <summary>Makes a server; it is not started.</summary>
    public static async Task<LocalServer> CreateAsync(
        PostgresBinaries binaries, ServerUser user, RunFolder run, PostgresServerOptions options, CancellationToken cancellationToken)
    {
        var server = new LocalServer(binaries, user, run, options);
        try
        {
            if (options.OwnCluster || options.InitDbArguments.Count > 0)
            {
                await ClusterTemplate.CreateAsync(binaries, user, server.DataDirectory, options.InitDbArguments, cancellationToken);
            }
            else
            {
                await ClusterTemplate.CopyToAsync(
                    binaries, PostgresCache.At(options.CacheDirectory), user, server.DataDirectory, cancellationToken);
            }

            server.ForgeCertificates();
            await server.ConfigureAsync(options, cancellationToken);
            if (options.InitSql.Count > 0)
            {
                await SingleUserSession.RunAsync(binaries, user, server.DataDirectory, options.InitSql, cancellationToken);
            }

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
            ("listen_addresses", LoopbackPort.HasIPv6 ? "127.0.0.1,::1" : "127.0.0.1"),
            ("unix_socket_directories", _folder),
            .. _standbySettings,
        ];
        if (Port > 0)
        {
            own.Add(("port", Port.ToString(CultureInfo.InvariantCulture)));
        }

        if (Tls is not null)
        {
            own.AddRange(ServerConfiguration.TlsSettings(options.Tls, Tls.ServerCertificateFile, Tls.ServerKeyFile, Tls.AuthorityFile));
        }

        await WriteAsync(ClusterTemplate.SettingsFile, ServerConfiguration.Settings(options, own), cancellationToken);
        await WriteAsync("pg_hba.conf", ServerConfiguration.Hba(options, "local"), cancellationToken);
        await WriteAsync("pg_ident.conf", string.Join('\n', options.IdentLines ?? []) + "\n", cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (!_portIsFixed)
            {
                Port = LoopbackPort.ChooseFree();
                await ConfigureAsync(Options, cancellationToken);
            }

            var logBefore = File.Exists(LogFile) ? new FileInfo(LogFile).Length : 0;

            // Set before, for a start that is cancelled half-way leaves a server to be stopped.
            _runs = true;
            var outcome = await ControlAsync(["-l", LogFile, "start"], cancellationToken);
            _runs = outcome.Succeeded;
            var said = ServerLog.ReadFrom(LogFile, logBefore);

            // A server that got only one of its two addresses starts all the same, beside a stranger on the other one.
            var conflict = said.Contains("could not bind", StringComparison.Ordinal);
            if (outcome.Succeeded && !conflict)
            {
                _portIsFixed = true;
                _wasKilled = false;
                return;
            }

            if (outcome.Succeeded)
            {
                await StopAsync(StopMode.Immediate, cancellationToken);
            }

            if (!conflict || _portIsFixed || attempt == PortAttempts)
            {
                throw new PostgresServerException($"PostgreSQL {Version} did not start on port {Port}: {outcome.Describe()}\n{said}");
            }
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(StopMode mode, CancellationToken cancellationToken)
    {
        if (mode == StopMode.Kill)
        {
            await CrashAsync(cancellationToken);
        }
        else
        {
            var word = mode switch
            {
                StopMode.Smart => "smart",
                StopMode.Fast => "fast",
                StopMode.Immediate or StopMode.Kill => "immediate",
            };
            var outcome = await ControlAsync(["-m", word, "stop"], cancellationToken);
            if (!outcome.Succeeded)
            {
                throw new PostgresServerException($"PostgreSQL {Version} on port {Port} did not stop: {outcome.Describe()}");
            }
        }

        _runs = false;
    }

    /// <inheritdoc/>
    public async Task KillProcessAsync(int processId, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            using var process = Process.GetProcessById(processId);
            process.Kill();
        }
        else if (!PosixCalls.Signal(processId, PosixCalls.SigKill))
        {
            throw new PostgresServerException($"The process {processId} could not be killed.");
        }
        else
        {
            await Waiting.UntilAsync(
                () => !PosixCalls.Signal(processId, 0),
                Options.Limit,
                $"the postmaster had noticed the death of {processId}",
                cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<IServerHost> CreateStandbyAsync(PostgresServerOptions options, string name, CancellationToken cancellationToken)
    {
        var standby = new LocalServer(_binaries, _user, _run, options);
        try
        {
            var label = await StandbyCopy.CopyAsync(this, standby.DataDirectory, _user, cancellationToken);
            await standby.WriteAsync("backup_label", label, cancellationToken);
            await standby.WriteAsync("standby.signal", "", cancellationToken);
            standby.ForgeCertificates();
            var primary = $"host={ServerConfiguration.QuoteConnectionValue(SocketDirectory)} port={Port} "
                + $"user={ClusterTemplate.ConsoleUser} application_name={ServerConfiguration.QuoteConnectionValue(name)}";
            standby._standbySettings.Add(("primary_conninfo", primary));
            await standby.ConfigureAsync(options, cancellationToken);
            return standby;
        }
        catch
        {
            await standby.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<string> ReadLogAsync(CancellationToken cancellationToken) => Task.FromResult(ServerLog.ReadTail(LogFile));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_runs)
        {
            try
            {
                await StopAsync(StopMode.Immediate, CancellationToken.None);
            }
            catch (PostgresServerException)
            {
                await StopAsync(StopMode.Kill, CancellationToken.None);
            }
        }

        if (_wasKilled)
        {
            await ReleaseSharedMemoryAsync();
        }

        // A statistics collector of PostgreSQL 14 may outlive its postmaster by a moment and write a last file.
        await Waiting.UntilAsync(TryDelete, Options.Limit, $"{_folder} can be deleted", CancellationToken.None);
    }

    private bool TryDelete()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return !Directory.Exists(_folder);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void ForgeCertificates()
    {
        if (Options.Tls is { } options)
        {
            Tls = CertificateForge.Forge(options, Path.Combine(_folder, "tls"), _user.Own);
        }
    }

    private Task<ProcessOutcome> ControlAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var seconds = ((int)Math.Ceiling(Options.Limit.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return _user.RunAsync(
            [_binaries.Program("pg_ctl"), "-D", DataDirectory, "-s", "-w", "-t", seconds, .. arguments],
            Options.Limit + TimeSpan.FromSeconds(10),
            cancellationToken: cancellationToken);
    }

    private async Task CrashAsync(CancellationToken cancellationToken)
    {
        var line = File.Exists(PostmasterFile) ? File.ReadLines(PostmasterFile).FirstOrDefault() : null;
        if (!int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var postmaster))
        {
            return;
        }

        _wasKilled = true;
        if (OperatingSystem.IsWindows())
        {
            using var process = Process.GetProcessById(postmaster);
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(cancellationToken);
        }
        else
        {
            // Stopped first, it can neither fork another child nor tell its children to leave in good order.
            PosixCalls.Signal(postmaster, PosixCalls.SigStop);
            int[] victims = [postmaster, .. await ProcessTable.ChildrenAsync(postmaster, cancellationToken)];
            foreach (var victim in victims)
            {
                PosixCalls.Signal(victim, PosixCalls.SigKill);
            }

            await Waiting.UntilAsync(
                () => !victims.Any(ProcessTable.IsAlive), Options.Limit, "the killed server's processes are gone", cancellationToken);
        }

        // The number in its lock files may soon belong to somebody else, whom the next start would take for a running server.
        string[] locks = [PostmasterFile, .. Directory.GetFiles(_folder, ".s.PGSQL.*")];
        foreach (var file in locks)
        {
            File.Delete(file);
        }
    }

    // A killed server leaves System V and POSIX shared memory behind. Any start on the same data folder frees it, so one is made that at
    // once ends.
    private Task<ProcessOutcome> ReleaseSharedMemoryAsync() =>
        _user.RunAsync([_binaries.Program("postgres"), "--single", "-D", DataDirectory, "postgres"], Options.Limit, input: "");

    private async Task WriteAsync(string name, string text, CancellationToken cancellationToken)
    {
        var path = Path.Combine(DataDirectory, name);
        await File.WriteAllTextAsync(path, text, cancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }

        _user.Own(path);
    }
}
