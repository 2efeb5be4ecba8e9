namespace PgActors;

/// <summary>How far a command had come when its fate was decided.</summary>
public enum CommandPhase : byte
{
    /// <summary>It waited in its session: not one byte of it was handed to the socket.</summary>
    Waiting,

    /// <summary>It was sent, and the server had not begun to execute it: it was to be parsed, bound and described.</summary>
    Preparing,

    /// <summary>The server executed it, or waited for its rows to be fetched.</summary>
    Executing,

    /// <summary>The server had turned the connection round for a COPY.</summary>
    Copying,

    /// <summary>It had been executed, and the answer to its Sync, which commits it where it is a transaction by itself, had not come.</summary>
    Completing,
}
