using PgActors.Sessions;

namespace PgActors.Routing;

/// <summary>What the pool knows of one of its sessions. Only the pool's turns touch it.</summary>
internal sealed class LeaseEntry(SessionActor session)
{
    public SessionActor Session => session;

    public LeasePhase Phase { get; private set; } = LeasePhase.Starting;

    /// <summary>When the phase began, by the runtime's clock.</summary>
    public long Since { get; private set; }

    /// <summary>When the session became ready.</summary>
    public long Born { get; set; }

    /// <summary>Its own share of the jitter: how long it may live.</summary>
    public TimeSpan Lifetime { get; init; }

    public LeaseHolder Holder { get; private set; }

    /// <summary>The holder was reported.</summary>
    public bool IsReported { get; set; }

    /// <summary>Another session of the server was lost since this one was used: it may be dead too.</summary>
    public bool IsDoubted { get; set; }

    /// <summary>The server's settings as they were when the session was granted.</summary>
    public SessionParameters Granted { get; private set; } = SessionParameters.Empty;

    public void Enter(LeasePhase phase, long now)
    {
        Phase = phase;
        Since = now;
    }

    public void Grant(LeaseHolder holder, long now)
    {
        Enter(LeasePhase.Held, now);
        Holder = holder;
        IsReported = false;
        IsDoubted = false;
        Granted = session.Parameters;
    }
}
