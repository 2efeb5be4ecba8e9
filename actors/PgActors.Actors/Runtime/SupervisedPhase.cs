namespace PgActors.Runtime;

/// <summary>Where a supervised child is in its life.</summary>
public enum SupervisedPhase
{
    /// <summary>In line for a permit to start. Set when it is added or its back-off ends; leaves to Starting.</summary>
    Waiting,

    /// <summary>Told to start. Leaves to Running or BackingOff or Waiting, as it reports.</summary>
    Starting,

    /// <summary>Reported that it started. Leaves to BackingOff or Waiting when it fails.</summary>
    Running,

    /// <summary>Failed, and not yet to be started again. Leaves to Waiting when its time has come.</summary>
    BackingOff,

    /// <summary>Told to stop. Leaves to Gone when it reports its end.</summary>
    Stopping,

    /// <summary>Not, or no longer, supervised.</summary>
    Gone,
}
