namespace PgActors.Routing;

/// <summary>What the pool of exclusive sessions is told.</summary>
internal enum LeaseSignalKind : byte
{
    /// <summary>A new session is ready.</summary>
    Ready,

    /// <summary>A session's connection is over, or could not be made: the payload is the failure.</summary>
    Ended,

    /// <summary>The holder gives its session back, with what it may have left in it.</summary>
    Returned,

    /// <summary>A session has answered the pool's own errand; the payload is a boxed <see cref="bool"/>: whether in the affirmative.</summary>
    ErrandDone,

    /// <summary>A waiter gives up: the payload is the request.</summary>
    Withdrawn,

    /// <summary>A timer has fired: the signal names it.</summary>
    TimerFired,

    /// <summary>The pool ends.</summary>
    Stop,
}
