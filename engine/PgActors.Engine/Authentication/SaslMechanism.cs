namespace PgActors.Authentication;

/// <summary>A SASL mechanism that this client can run.</summary>
public enum SaslMechanism
{
    /// <summary>SCRAM-SHA-256 (RFC 7677).</summary>
    ScramSha256,

    /// <summary>SCRAM-SHA-256-PLUS: the same, bound to the TLS channel.</summary>
    ScramSha256Plus,
}
