namespace PgActors.Routing;

/// <summary>What the pool of exclusive sessions is told.</summary>
internal enum LeaseSignalKind : byte
{
    /// <summary>A new session is ready.</summary>
    Ready,

    /// <summary>A session's connection is over, or could not be made.</summary>
    Ended,

    /// <summary>The holder gives its session back.</summary>
    Returned,

    /// <summary>A waiter gives up.</summary>
    Withdrawn,

    /// <summary>The pool ends.</summary>
    Stop,
}
