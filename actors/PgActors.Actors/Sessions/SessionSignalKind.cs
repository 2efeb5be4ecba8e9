namespace PgActors.Sessions;

/// <summary>What a session tells itself, or is told, through its control lane.</summary>
public enum SessionSignalKind : byte
{
    /// <summary>Connect. Sent by the supervisor.</summary>
    Start,

    /// <summary>End the session in good order. Sent by the owner.</summary>
    Stop,

    /// <summary>End the session in good order and send what waits to its siblings: fewer are needed. Sent by the owner.</summary>
    Retire,

    /// <summary>Look at the deadlines of what waits and is in flight. Sent by whoever posts a command to a session that does not look by
    /// itself.</summary>
    WatchDeadlines,

    /// <summary>Answer what waits with the last failure. Sent by the supervisor when it gives up for a while: the payload is the
    /// <see cref="SessionFailure"/> for a session that has none of its own.</summary>
    FailWaiting,

    /// <summary>Send nothing more until the server has shown that this connection lives: another one was lost. Sent by the supervisor.</summary>
    Doubt,

    /// <summary>Take over a command that another session could not send: the payload is the request.</summary>
    Adopt,

    /// <summary>The search for a session for a command that waits here has ended: the payload is the <see cref="SessionHandOver"/>.</summary>
    HandOver,

    /// <summary>The transport is connected: the payload is the <see cref="Transports.ITransport"/>.</summary>
    Connected,

    /// <summary>The byte that answers SSLRequest: the number.</summary>
    EncryptionReply,

    /// <summary>The TLS handshake is done.</summary>
    Secured,

    /// <summary>The SCRAM keys are derived: the payload.</summary>
    KeysDerived,

    /// <summary>Connecting, the handshake or the first read failed: the payload is the exception.</summary>
    StartupFailed,

    /// <summary>The receive that was under way has completed: the payload is the link.</summary>
    Received,

    /// <summary>Receive on: the completions of the turn before have had their chance to post.</summary>
    ReceiveDue,

    /// <summary>The send that was under way has completed: the payload is the link.</summary>
    Sent,

    /// <summary>A consumer is done with some bytes of its rows: the payload is the request, the number the bytes.</summary>
    Consumed,

    /// <summary>A consumer wants no more of its rows: the payload is the request.</summary>
    Abandoned,

    /// <summary>A piece of a parameter was read, or could not be: the payload is the request.</summary>
    Fed,

    /// <summary>A user wants a command cancelled: the payload is the request.</summary>
    CancelWanted,

    /// <summary>The user of an exclusive session wants all that is in flight cancelled.</summary>
    CancelAllWanted,

    /// <summary>The cancel's own socket has ended.</summary>
    CancelEnded,

    /// <summary>A timer has fired: the signal names it. The number is the host's own.</summary>
    TimerFired,
}
