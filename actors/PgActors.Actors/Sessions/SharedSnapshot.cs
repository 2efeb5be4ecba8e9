namespace PgActors.Sessions;

/// <summary>The shared sessions and their supervisor at a moment.</summary>
/// <param name="Minimum">The fewest sessions that are kept.</param>
/// <param name="Maximum">The most.</param>
/// <param name="HasEscalated">Whether the supervisor has given up for a while: what waits is answered, and one session at a time tries.</param>
/// <param name="LastFailure">Why a connection ended last, or could not be made; <see langword="null"/> if none ever did.</param>
/// <param name="Sessions">The sessions, in the order in which callers are spread over them.</param>
public sealed record SharedSnapshot(
    int Minimum, int Maximum, bool HasEscalated, SessionFailure? LastFailure, IReadOnlyList<SessionSnapshot> Sessions)
{
    /// <summary>Commands that wait or are in flight.</summary>
    public int Load => Sessions.Sum(session => session.Waiting + session.InFlight);

    /// <summary>Sessions that are ready.</summary>
    public int Ready => Sessions.Count(session => session.State == SessionState.Ready);
}
