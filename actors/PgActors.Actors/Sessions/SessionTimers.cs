namespace PgActors.Sessions;

/// <summary>The deadlines of one session, over the runtime's clock. A firing only posts.</summary>
internal sealed class SessionTimers(TimeProvider time, Action<SessionTimer> fired)
{
    private readonly ITimer?[] _timers = new ITimer?[3];

    public void Arm(SessionTimer timer, TimeSpan due)
    {
        Cancel(timer);
        _timers[(int)timer] = time.CreateTimer(_ => fired(timer), null, due, Timeout.InfiniteTimeSpan);
    }

    public void Cancel(SessionTimer timer)
    {
        _timers[(int)timer]?.Dispose();
        _timers[(int)timer] = null;
    }
}
