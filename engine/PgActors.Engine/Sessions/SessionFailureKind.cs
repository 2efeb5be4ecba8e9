namespace PgActors.Sessions;

/// <summary>The sorts of failure that end a session, or keep it from beginning.</summary>
public enum SessionFailureKind
{
    /// <summary>The user closed it.</summary>
    Closed,

    /// <summary>The link broke or ended.</summary>
    ConnectionLost,

    /// <summary>The peer broke the protocol, or is no PostgreSQL server.</summary>
    ProtocolViolation,

    /// <summary>The server ended the session with a fatal error.</summary>
    ServerEnded,

    /// <summary>The server refused the connection or the credentials.</summary>
    ServerRefused,

    /// <summary>This client refused what the server asked for: a weaker authentication, an older protocol, no encryption.</summary>
    PolicyRefused,

    /// <summary>The server does not encrypt and encryption is required, or the handshake failed.</summary>
    EncryptionFailed,

    /// <summary>A deadline passed: of connecting, or of a cancelled command's end.</summary>
    TimedOut,

    /// <summary>No connection could be made: the host is unknown, nothing listens, the network is unreachable.</summary>
    Unreachable,

    /// <summary>The stream that a parameter was being read from failed, or ended too early, and the server waited for its rest.</summary>
    SourceFailed,

    /// <summary>A statement left a transaction open on a session that others share, which was therefore closed.</summary>
    Retired,
}
