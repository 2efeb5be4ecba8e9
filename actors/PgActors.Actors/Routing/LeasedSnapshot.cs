namespace PgActors.Routing;

/// <summary>The exclusive sessions at a moment.</summary>
/// <param name="Maximum">The most there may be.</param>
/// <param name="Waiting">Callers that wait for one.</param>
/// <param name="Sessions">The sessions, the oldest first.</param>
public sealed record LeasedSnapshot(int Maximum, int Waiting, IReadOnlyList<LeaseSnapshot> Sessions)
{
    /// <summary>Sessions that somebody has.</summary>
    public int Held => Sessions.Count(session => session.Phase == LeasePhase.Held);
}
