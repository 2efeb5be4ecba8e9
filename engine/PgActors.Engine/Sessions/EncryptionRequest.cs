namespace PgActors.Sessions;

/// <summary>How encryption begins.</summary>
public enum EncryptionRequest : byte
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>SSLRequest first, then TLS.</summary>
    Negotiate,

    /// <summary>TLS at once, with ALPN (PostgreSQL 17 and later).</summary>
    Direct,
}
