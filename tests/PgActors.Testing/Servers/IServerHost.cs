using System.Net;

namespace PgActors.Testing;

/// <summary>Where a server runs: as processes of this machine, or in a container. Calls are made one at a time.</summary>
internal interface IServerHost : IAsyncDisposable
{
    /// <summary>What the server shall be; changes with <see cref="ConfigureAsync"/>.</summary>
    PostgresServerOptions Options { get; }

    /// <summary>The server's version.</summary>
    Version Version { get; }

    /// <summary>The TCP port on 127.0.0.1.</summary>
    int Port { get; }

    /// <summary>The folder of the Unix-domain socket.</summary>
    string SocketDirectory { get; }

    /// <summary>The data folder, as the server names it.</summary>
    string DataDirectory { get; }

    /// <summary>The certificates, when the server has TLS.</summary>
    TlsFiles? Tls { get; }

    /// <summary>Where the launcher's own role is trusted.</summary>
    EndPoint ConsoleEndPoint { get; }

    /// <summary>Writes the configuration files anew; a running server notices at its next reload.</summary>
    Task ConfigureAsync(PostgresServerOptions options, CancellationToken cancellationToken);

    /// <summary>Starts the server and waits until it accepts connections; the first start fixes the port.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Stops the server and waits until nothing of it is left.</summary>
    Task StopAsync(StopMode mode, CancellationToken cancellationToken);

    /// <summary>Kills one of the server's processes with SIGKILL and waits until the postmaster has noticed.</summary>
    Task KillProcessAsync(int processId, CancellationToken cancellationToken);

    /// <summary>Makes a standby of this server, which must be running; it is not started.</summary>
    Task<IServerHost> CreateStandbyAsync(PostgresServerOptions options, string name, CancellationToken cancellationToken);

    /// <summary>The end of the server's log.</summary>
    Task<string> ReadLogAsync(CancellationToken cancellationToken);
}
