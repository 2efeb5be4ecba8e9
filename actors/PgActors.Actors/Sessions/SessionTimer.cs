namespace PgActors.Sessions;

/// <summary>The deadlines of a session.</summary>
public enum SessionTimer : byte
{
    /// <summary>Start-up must be done: host name, connect, TLS, authentication, first ReadyForQuery.</summary>
    Connect,

    /// <summary>A cancel, its socket and its command, must have ended, or the connection is closed.</summary>
    Cancel,

    /// <summary>A cancel that missed is sent again.</summary>
    CancelAgain,

    /// <summary>A caller who cancelled is answered, whatever became of the command.</summary>
    Detach,

    /// <summary>Rows that nobody wants any more have come for long enough: their command is cancelled.</summary>
    Drain,

    /// <summary>The connection must have closed after Terminate.</summary>
    Terminate,

    /// <summary>The session has had time for another command: if none has come, it listens to the server, and holds no buffers.</summary>
    Quiet,

    /// <summary>Rows that came fast, or the answers of a crowd, have paused: what has come is to be taken, be it little.</summary>
    Pause,

    /// <summary>A command's deadline is due, or may be. The host's own: it outlives connections.</summary>
    Deadline,
}
