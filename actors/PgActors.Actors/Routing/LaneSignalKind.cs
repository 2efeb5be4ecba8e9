namespace PgActors.Routing;

/// <summary>What the governor of the lanes is told.</summary>
internal enum LaneSignalKind : byte
{
    /// <summary>A caller found the lane that it chose under load.</summary>
    Pressure,

    /// <summary>The timer fired.</summary>
    Timer,

    /// <summary>The number of lanes changes no more.</summary>
    Stop,
}
