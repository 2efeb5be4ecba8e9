namespace PgActors;

/// <summary>
/// A statement left something behind in a session that others share, in a way that its text did not show, such as a SET inside a function. The
/// session is taken back to its first state (DISCARD ALL) before anything new is sent on it. A reload of the server's configuration looks the
/// same.
/// </summary>
/// <param name="Session">Which session.</param>
/// <param name="Reason">What was noticed.</param>
public sealed record PgSessionResetEvent(string Session, string Reason) : PgEvent;
