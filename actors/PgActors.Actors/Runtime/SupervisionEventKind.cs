namespace PgActors.Runtime;

/// <summary>What a supervisor decided or learnt about a child.</summary>
public enum SupervisionEventKind
{
    /// <summary>The child was added to those that are supervised, for the event's reason.</summary>
    Added,

    /// <summary>The child was told to start.</summary>
    Starting,

    /// <summary>The child runs; it had not failed since it was added or last stable.</summary>
    Started,

    /// <summary>The child ended by itself, while it started or ran.</summary>
    Failed,

    /// <summary>The child will be started again, after the event's delay at the earliest.</summary>
    RestartScheduled,

    /// <summary>The child runs again after failures.</summary>
    Restarted,

    /// <summary>
    /// The child failed too often. No child is started until one of them, after the event's delay at the earliest, has tried and succeeded.
    /// </summary>
    Escalated,

    /// <summary>The child's success ends an escalation; the others may start.</summary>
    Recovered,

    /// <summary>The child is to end and be supervised no longer, for the event's reason: fewer are needed.</summary>
    Retiring,

    /// <summary>The child is no longer supervised: it was removed, it ended on purpose, or its policy lets it fail for good.</summary>
    Stopped,
}
