namespace PgActors;

/// <summary>A TLS version that PgActors speaks. TLS 1.0 and 1.1 are not among them: RFC 8996 withdrew both.</summary>
public enum TlsVersion
{
    /// <summary><c>TLSv1.2</c> (RFC 5246).</summary>
    Tls12,

    /// <summary><c>TLSv1.3</c> (RFC 8446).</summary>
    Tls13,
}
