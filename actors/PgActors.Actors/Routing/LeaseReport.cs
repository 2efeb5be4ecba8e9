namespace PgActors.Routing;

/// <summary>An exclusive session has been held for a long time.</summary>
/// <param name="Session">What events call the session.</param>
/// <param name="ProcessId">The server process; 0 if unknown.</param>
/// <param name="Holder">Who took it.</param>
/// <param name="Held">For how long so far.</param>
public sealed record LeaseReport(string Session, int ProcessId, LeaseHolder Holder, TimeSpan Held);
