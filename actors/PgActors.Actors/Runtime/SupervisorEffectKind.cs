namespace PgActors.Runtime;

/// <summary>An order of <see cref="SupervisorMachine{TKey}"/> to its shell.</summary>
public enum SupervisorEffectKind
{
    /// <summary>Tell the child to start.</summary>
    StartChild,

    /// <summary>Tell the child to stop; it answers that it stopped, or that it failed.</summary>
    StopChild,

    /// <summary>The child is no longer known: drop what belongs to it.</summary>
    ForgetChild,

    /// <summary>Arm the one timer, or move it.</summary>
    ArmTimer,

    /// <summary>Disarm the timer.</summary>
    CancelTimer,

    /// <summary>Publish the event.</summary>
    Publish,
}
