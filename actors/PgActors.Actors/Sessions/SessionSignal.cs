namespace PgActors.Sessions;

/// <summary>One message of a session's control lane.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Incarnation">Which connection it belongs to; a signal of an earlier one is stale and is dropped. 0 belongs to any.</param>
/// <param name="Payload">What the kind says.</param>
/// <param name="Number">What the kind says.</param>
/// <param name="Timer">Which timer, for <see cref="SessionSignalKind.TimerFired"/>.</param>
public readonly record struct SessionSignal(
    SessionSignalKind Kind, int Incarnation = 0, object? Payload = null, long Number = 0, SessionTimer Timer = default);
