namespace PgActors.Sessions;

/// <summary>Why a session ended.</summary>
/// <param name="Kind">The sort of failure.</param>
/// <param name="Message">What happened and what to do about it. Never holds a secret or a row's value.</param>
/// <param name="Error">What the server said, if it said something.</param>
/// <param name="Retry">What could be tried on a new connection, where start-up failed.</param>
public sealed record SessionFailure(
    SessionFailureKind Kind, string Message, PgError? Error = null, StartupRetry Retry = StartupRetry.None);
