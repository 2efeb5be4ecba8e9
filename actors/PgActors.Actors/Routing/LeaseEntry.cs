using PgActors.Sessions;

namespace PgActors.Routing;

/// <summary>What the pool knows of one of its sessions. Only the pool's turns touch it, except for <see cref="Snapshot"/>.</summary>
internal sealed class LeaseEntry(SessionActor session, long since)
{
    public SessionActor Session => session;

    // Invariant: only the pool's turns write it, once before and once after phase, time and holder, so that it is odd meanwhile. Whoever reads
    // those from outside the turns reads them again if it was odd, or is another afterwards: so each lease takes no memory for them.
    private int _version;

    public LeasePhase Phase { get; private set; } = LeasePhase.Starting;

    /// <summary>When the phase began, by the runtime's clock.</summary>
    public long Since { get; private set; } = since;

    /// <summary>Who has it, or had it last.</summary>
    public LeaseHolder? Holder { get; private set; }

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
        var wait = default(SpinWait);
        while (true)
        {
            var version = Volatile.Read(in _version);
            var (phase, began, holder) = (Phase, Since, Holder);
            Volatile.ReadBarrier();
            if (version % 2 == 0 && version == Volatile.Read(in _version))
                return new LeaseSnapshot(session.Snapshot(), phase, time.GetElapsedTime(began), holder, session.Transaction);
            wait.SpinOnce();
        }
    }

    public void Enter(LeasePhase phase, long now) => Stand(phase, now, phase == LeasePhase.Idle ? null : Holder);

    public void Grant(LeaseHolder holder, long now)
    {
        Stand(LeasePhase.Held, now, holder);
        IsReported = false;
        IsDoubted = false;
        Granted = session.Parameters;
    }

    private void Stand(LeasePhase phase, long now, LeaseHolder? holder)
    {
        Volatile.Write(ref _version, _version + 1);
        Volatile.WriteBarrier();
        (Phase, Since, Holder) = (phase, now, holder);
        Volatile.Write(ref _version, _version + 1);
    }
}
