namespace PgActors.Sessions;

/// <summary>A session at a moment, as far as that can be seen from outside without disturbing it: its numbers need not be of one instant.</summary>
/// <param name="Name">What events call it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Waiting">Commands that wait in its mailbox.</param>
/// <param name="InFlight">Commands that were written and have not ended.</param>
/// <param name="Restarts">How often it has been connected again.</param>
/// <param name="ProcessId">The server process; 0 if there is none, or it is not known.</param>
/// <param name="LastFailure">Why its connection ended last, or could not be made; <see langword="null"/> if it never did, or it is ready
/// again.</param>
public sealed record SessionSnapshot(
    string Name, SessionState State, int Waiting, int InFlight, int Restarts, int ProcessId, SessionFailure? LastFailure);
