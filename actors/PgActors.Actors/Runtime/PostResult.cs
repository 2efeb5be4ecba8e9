namespace PgActors.Runtime;

/// <summary>What became of a work message that was posted.</summary>
public enum PostResult
{
    /// <summary>It is in the lane and will reach the owner exactly once.</summary>
    Accepted,

    /// <summary>The lane is at its bound, or others wait for room before this one. Nothing was kept.</summary>
    Full,

    /// <summary>The mailbox takes no more work. Nothing was kept.</summary>
    Closed,
}
