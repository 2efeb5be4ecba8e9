using PgActors.Sessions;

namespace PgActors.Routing;

/// <summary>What the pool knows of one of its sessions. Only the pool's turns touch it, except for <see cref="Snapshot"/>.</summary>
internal sealed class LeaseEntry(SessionActor session, long since)
{
    public SessionActor Session => session;

    // Replaced as a whole, so that whoever reads it from outside the turns sees one moment of it.
    private volatile LeaseStand _stand = new(LeasePhase.Starting, since, null);

    public LeasePhase Phase => _stand.Phase;

    /// <summary>When the phase began, by the runtime's clock.</summary>
    public long Since => _stand.Since;

    /// <summary>Who has it, or had it last.</summary>
    public LeaseHolder? Holder => _stand.Holder;

    /// <summary>Counts the sessions of the pool in the order in which they were made.</summary>
    public long Number { get; init; }

    /// <summary>When the session became ready.</summary>
    public long Born { get; set; }

    /// <summary>Its own share of the jitter: how long it may live.</summary>
    public TimeSpan Lifetime { get; init; }

    /// <summary>The holder was reported.</summary>
    public bool IsReported { get; set; }

    /// <summary>Another session of the server was lost since this one was used: it may be dead too.</summary>
    public bool IsDoubted { get; set; }

    /// <summary>The server's settings as they were when the session was granted.</summary>
    public SessionParameters Granted { get; private set; } = SessionParameters.Empty;

    /// <summary>The session at this moment. From any thread.</summary>
    public LeaseSnapshot Snapshot(TimeProvider time)
    {
        var stand = _stand;
        return new LeaseSnapshot(session.Snapshot(), stand.Phase, time.GetElapsedTime(stand.Since), stand.Holder, session.Transaction);
    }

    public void Enter(LeasePhase phase, long now) =>
        _stand = new LeaseStand(phase, now, phase == LeasePhase.Idle ? null : Holder);

    public void Grant(LeaseHolder holder, long now)
    {
        _stand = new LeaseStand(LeasePhase.Held, now, holder);
        IsReported = false;
        IsDoubted = false;
        Granted = session.Parameters;
    }

    private sealed record LeaseStand(LeasePhase Phase, long Since, LeaseHolder? Holder);
}
