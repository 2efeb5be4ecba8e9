namespace PgActors.Sessions;

/// <summary>How a request ended, for whoever turns it into a result or an exception.</summary>
/// <param name="Command">The command's end.</param>
/// <param name="Failure">Why the session ended, where that ended the command.</param>
/// <param name="CancelWanted">Whether the user, or the command's deadline, had asked for the cancel.</param>
/// <param name="Server">Host and port that the session was connected to.</param>
/// <param name="ProcessId">The server process; 0 if unknown.</param>
public readonly record struct RequestEnd(
    FinishedCommand Command, SessionFailure? Failure, bool CancelWanted, string Server, int ProcessId)
{
    /// <summary>The time that the command had, where that is over and the reason of its end.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Whether that was its own, and not what its session gives to all.</summary>
    public bool HasOwnDeadline { get; init; }

    /// <summary>From the moment it was given to a session to its end; <see langword="null"/> if it never reached a server, or
    /// succeeded.</summary>
    public TimeSpan? Elapsed { get; init; }

    /// <summary>What the session's last ReadyForQuery said; <see langword="null"/> if the session is over, or never had the command.</summary>
    public Protocol.TransactionStatus? Transaction { get; init; }

    /// <summary>Whether it was one of several of a transaction that may share a Sync, so that it is skipped where the server would otherwise refuse
    /// it.</summary>
    public bool MayShareSync { get; init; }

    /// <summary>Whether the command succeeded.</summary>
    public bool Succeeded => Command.End == CommandEnd.Succeeded;
}
