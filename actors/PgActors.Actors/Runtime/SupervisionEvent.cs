namespace PgActors.Runtime;

/// <summary>One decision of a supervisor, as it happened.</summary>
/// <param name="Child">The child's name.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Attempt">The child's failures in a row so far; 0 for its first start.</param>
/// <param name="At">When, by the supervisor's clock: it begins with the system's time and from there never runs backwards.</param>
/// <param name="Reason">Why the child failed; with <see cref="SupervisionEventKind.Failed"/>, <see cref="SupervisionEventKind.Escalated"/>
/// and a <see cref="SupervisionEventKind.Stopped"/> that a failure caused. Why there are to be more or fewer children; with
/// <see cref="SupervisionEventKind.Added"/> and <see cref="SupervisionEventKind.Retiring"/>.</param>
/// <param name="Delay">How long the next try waits at least; with <see cref="SupervisionEventKind.RestartScheduled"/> and
/// <see cref="SupervisionEventKind.Escalated"/>.</param>
/// <param name="Waiters">What those who wait are told; with <see cref="SupervisionEventKind.Escalated"/>.</param>
public sealed record SupervisionEvent(
    string Child,
    SupervisionEventKind Kind,
    int Attempt,
    DateTimeOffset At,
    string? Reason = null,
    TimeSpan? Delay = null,
    WaiterPolicy? Waiters = null);
