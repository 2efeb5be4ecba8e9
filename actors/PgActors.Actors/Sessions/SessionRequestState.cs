namespace PgActors.Sessions;

/// <summary>How far a request is. Only the session that holds it changes this, inside a turn.</summary>
public enum SessionRequestState : byte
{
    /// <summary>Waits in a mailbox.</summary>
    Waiting,

    /// <summary>Written for a server, or bound to be: it belongs to a group that has begun.</summary>
    InFlight,

    /// <summary>Answered.</summary>
    Ended,
}
