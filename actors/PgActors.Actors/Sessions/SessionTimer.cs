namespace PgActors.Sessions;

/// <summary>The deadlines of a session.</summary>
public enum SessionTimer
{
    /// <summary>Start-up must be done: host name, connect, TLS, authentication, first ReadyForQuery.</summary>
    Connect,

    /// <summary>A cancelled command must have ended, or the connection is closed.</summary>
    Cancel,

    /// <summary>The connection must have closed after Terminate.</summary>
    Terminate,
}
