namespace PgActors.Testing;

/// <summary>How a <see cref="PostgresServer"/> is stopped: the server's own shutdown modes, and a crash.</summary>
/// <remarks>The first three are those of <c>pg_ctl stop -m</c> (PostgreSQL documentation, "Shutting Down the Server").</remarks>
public enum StopMode
{
    /// <summary>New connections are refused, and the server waits until the last client has left. SIGTERM.</summary>
    Smart,

    /// <summary>Clients are told <c>57P01</c> and disconnected; the data is checkpointed. SIGINT.</summary>
    Fast,

    /// <summary>Clients are told <c>57P02</c> at best; no checkpoint, the next start recovers. SIGQUIT.</summary>
    Immediate,

    /// <summary>
    /// A crash: the postmaster and every process of it are killed with SIGKILL, so clients see their socket reset or end without a word.
    /// </summary>
    Kill,
}
