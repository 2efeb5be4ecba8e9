namespace PgActors.Protocol;

/// <summary>
/// What a server expects from its client next. The bytes alone do not tell: a start-up packet has no type byte, and <c>p</c> has four
/// meanings.
/// </summary>
public enum FrontendPhase
{
    /// <summary>A start-up packet: <see cref="StartupMessage"/>, <see cref="SslRequest"/>, <see cref="GssEncRequest"/> or
    /// <see cref="CancelRequest"/>.</summary>
    Startup,

    /// <summary><see cref="PasswordMessage"/>.</summary>
    Password,

    /// <summary><see cref="GssResponse"/>.</summary>
    Gss,

    /// <summary><see cref="SaslInitialResponse"/>.</summary>
    SaslInitial,

    /// <summary><see cref="SaslResponse"/>.</summary>
    Sasl,

    /// <summary>Anything that an authenticated client may send.</summary>
    Session,
}
