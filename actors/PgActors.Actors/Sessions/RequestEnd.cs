namespace PgActors.Sessions;

/// <summary>How a request ended, for whoever turns it into a result or an exception.</summary>
/// <param name="Command">The command's end.</param>
/// <param name="Failure">Why the session ended, where that ended the command.</param>
/// <param name="CancelWanted">Whether the user had asked for the cancel.</param>
/// <param name="Server">Host and port that the session was connected to.</param>
/// <param name="ProcessId">The server process; 0 if unknown.</param>
public readonly record struct RequestEnd(
    FinishedCommand Command, SessionFailure? Failure, bool CancelWanted, string Server, int ProcessId)
{
    /// <summary>Whether the command succeeded.</summary>
    public bool Succeeded => Command.End == CommandEnd.Succeeded;
}
