namespace PgActors.Sessions;

/// <summary>What a statement can leave behind in its session beyond its transaction, as far as its text tells; several make a set. A session
/// that others are to use after it must be freed of it.</summary>
/// <remarks>Source: PostgreSQL documentation, DISCARD, which lists what a session holds.</remarks>
[Flags]
public enum SessionTraces : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Settings, the role among them (SET, <c>set_config</c>).</summary>
    Settings = 1 << 0,

    /// <summary>Channels listened to (LISTEN).</summary>
    Channels = 1 << 1,

    /// <summary>Temporary tables and the like.</summary>
    TemporaryObjects = 1 << 2,

    /// <summary>Advisory locks of the session.</summary>
    AdvisoryLocks = 1 << 3,

    /// <summary>Cursors that outlive their transaction (DECLARE … WITH HOLD).</summary>
    Cursors = 1 << 4,

    /// <summary>Statements prepared by SQL (PREPARE).</summary>
    Statements = 1 << 5,

    /// <summary>A library loaded into the server process (LOAD): only its end undoes that.</summary>
    Libraries = 1 << 6,

    /// <summary>All that can be undone: of code that may do anything (DO, CALL).</summary>
    Anything = Settings | Channels | TemporaryObjects | AdvisoryLocks | Cursors | Statements,
}
