namespace PgActors.Sessions;

/// <summary>What became of the search for another session.</summary>
/// <param name="Request">The command that waits.</param>
/// <param name="Next">The session that was found, if one was.</param>
/// <param name="Failure">Why the command ends if none was.</param>
internal sealed record SessionHandOver(SessionRequest Request, SessionActor? Next, SessionFailure Failure);
