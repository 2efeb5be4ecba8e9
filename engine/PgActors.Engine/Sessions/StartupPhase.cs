namespace PgActors.Sessions;

/// <summary>How far the start-up of a session is (PostgreSQL documentation, "Start-up").</summary>
public enum StartupPhase : byte
{
    /// <summary>The transport is not connected yet. Leaves to <see cref="AwaitingEncryptionReply"/>, <see cref="Securing"/> or
    /// <see cref="Authenticating"/>.</summary>
    Created,

    /// <summary>SSLRequest was sent. Leaves to <see cref="Securing"/> or, in clear text, to <see cref="Authenticating"/>.</summary>
    AwaitingEncryptionReply,

    /// <summary>The TLS handshake runs. Leaves to <see cref="Authenticating"/>.</summary>
    Securing,

    /// <summary>The StartupMessage was sent; the server has not said Ok. Leaves to <see cref="AwaitingReady"/>.</summary>
    Authenticating,

    /// <summary>Authenticated; settings, the cancel key and ReadyForQuery come. Leaves to <see cref="Completed"/>.</summary>
    AwaitingReady,

    /// <summary>The session is ready.</summary>
    Completed,

    /// <summary>Start-up failed.</summary>
    Failed,
}
