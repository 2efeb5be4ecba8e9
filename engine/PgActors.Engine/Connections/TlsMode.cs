namespace PgActors;

/// <summary>
/// How much TLS protects a connection: libpq's <c>sslmode</c> (PostgreSQL documentation, "SSL Support"). Unix sockets never use TLS,
/// whatever the mode. Only <see cref="VerifyCa"/> and <see cref="VerifyFull"/> protect against someone in the middle.
/// </summary>
public enum TlsMode
{
    /// <summary><c>disable</c>: clear text only.</summary>
    Disable,

    /// <summary><c>allow</c>: clear text first; TLS only where the server refuses a clear login. Protects nothing that matters.</summary>
    Allow,

    /// <summary><c>prefer</c>, libpq's default: TLS where the server has it, otherwise clear text. An attacker can take TLS away.</summary>
    Prefer,

    /// <summary><c>require</c>: TLS or nothing; the certificate is checked only if a root certificate is given.</summary>
    Require,

    /// <summary><c>verify-ca</c>: TLS with a certificate of a trusted issuer; its host name is not compared.</summary>
    VerifyCa,

    /// <summary><c>verify-full</c>: TLS with a trusted certificate made out to this host. What production should use.</summary>
    VerifyFull,
}
