namespace PgActors.Runtime;

/// <summary>Whether a supervisor lets its children start.</summary>
public enum SupervisorCircuit
{
    /// <summary>Up to its budget at a time. Left by an escalation.</summary>
    Closed,

    /// <summary>
    /// None, until it is time for a probe. Set by an escalation or a failed probe; left by a probe or any child's success.
    /// </summary>
    Open,

    /// <summary>One child, the probe, is trying. Left as it reports.</summary>
    HalfOpen,
}
