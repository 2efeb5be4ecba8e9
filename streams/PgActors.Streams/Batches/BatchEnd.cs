namespace PgActors;

/// <summary>How a command of a batch ended. Each ends in exactly one of these, and none claims more than is known.</summary>
public enum BatchEnd : byte
{
    /// <summary>The batch has not run, or runs still.</summary>
    Pending,

    /// <summary>The server completed it and committed it; in a transaction that was open already, it lasts if that transaction does.</summary>
    Succeeded,

    /// <summary>The server reported an error for it, also because it was cancelled; it was undone, unless its exception's outcome is
    /// <see cref="Outcome.Unknown"/>.</summary>
    Failed,

    /// <summary>It was sent and never run: a command before it in the same transaction failed, or the server ended the session before.</summary>
    Skipped,

    /// <summary>It was run and then undone, since a command behind it in the same transaction failed.</summary>
    RolledBack,

    /// <summary>Not one byte of it was sent.</summary>
    NotSent,

    /// <summary>It was sent, and nothing proves whether it took effect: the connection was lost, or a command of its transaction could commit
    /// on its way (CALL, DO).</summary>
    Unknown,
}
