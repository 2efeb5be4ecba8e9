namespace PgActors.Sessions;

/// <summary>The orders that the session machine gives its shell.</summary>
public enum SessionEffectKind : byte
{
    /// <summary>Nothing to do.</summary>
    None,

    /// <summary>Send SSLRequest and read exactly one byte of answer: anything read beyond it would be plaintext that a man in the middle
    /// put in front of the encrypted stream (CVE-2021-23222).</summary>
    SendSslRequest,

    /// <summary>Begin the TLS handshake.</summary>
    StartTls,

    /// <summary>Send the StartupMessage: the detail is a boxed <see cref="Protocol.StartupMessage"/>.</summary>
    SendStartup,

    /// <summary>Carry out what authentication asks for: the detail is a boxed <see cref="Authentication.AuthenticationEffect"/>.</summary>
    Authenticate,

    /// <summary>The session is ready for its first command.</summary>
    Ready,

    /// <summary>The request's result is described: the detail is its <see cref="Rows.RowLayout"/>.</summary>
    Describe,

    /// <summary>The rows just read belong to the request.</summary>
    ForwardRows,

    /// <summary>The rows just read belong to nobody any more.</summary>
    DiscardRows,

    /// <summary>One result of the request is complete: the detail is a boxed <see cref="Protocol.CommandTag"/>, or <see langword="null"/>
    /// for an empty statement.</summary>
    CompleteResult,

    /// <summary>The request's portal is suspended; it waits for demand.</summary>
    AwaitDemand,

    /// <summary>The request's columns are known: send its Bind and what stands behind that, then say so
    /// (<see cref="PipelineMachine.OnBound"/>).</summary>
    SendBind,

    /// <summary>Execute the request's portal again, and Flush.</summary>
    SendExecute,

    /// <summary>Send a Sync.</summary>
    SendSync,

    /// <summary>Refuse the data that the server asks for: CopyFail, and a Sync if the detail, a boxed <see cref="bool"/>, says that the
    /// first one was swallowed.</summary>
    SendCopyFail,

    /// <summary>The request's statement is prepared on the server now.</summary>
    StatementPrepared,

    /// <summary>What was to be closed in front of the request, an evicted statement or a portal, is closed on the server now.</summary>
    Closed,

    /// <summary>Commands have ended: take them.</summary>
    TakeFinished,

    /// <summary>Open a cancel connection for the request, and write no command until <see cref="OpenGate"/>. While the gate is shut this
    /// can come again, for the next one to be cancelled.</summary>
    StartCancel,

    /// <summary>The gate is open again: commands may be sent.</summary>
    OpenGate,

    /// <summary>The detail is a notice, a <see cref="PgError"/>.</summary>
    ReportNotice,

    /// <summary>The detail is a boxed <see cref="Protocol.NotificationResponse"/>.</summary>
    ReportNotification,

    /// <summary>The detail is a boxed <see cref="Protocol.ParameterStatus"/>.</summary>
    ReportParameter,

    /// <summary>The session is over: close the transport. The detail is a <see cref="SessionFailure"/>. Take what is unfinished.</summary>
    CloseTransport,
}
