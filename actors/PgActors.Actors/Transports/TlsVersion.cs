namespace PgActors.Transports;

/// <summary>A version of TLS. Those before 1.2 are forbidden by RFC 8996 and are never offered.</summary>
public enum TlsVersion
{
    /// <summary>TLS 1.2 (RFC 5246).</summary>
    Tls12,

    /// <summary>TLS 1.3 (RFC 8446).</summary>
    Tls13,
}
