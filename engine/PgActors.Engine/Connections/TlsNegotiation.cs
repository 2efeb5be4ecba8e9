namespace PgActors;

/// <summary>How TLS begins: libpq's <c>sslnegotiation</c>.</summary>
public enum TlsNegotiation
{
    /// <summary><c>postgres</c>, the default: an SSLRequest packet first. Every server understands it.</summary>
    Postgres,

    /// <summary><c>direct</c>: the TLS handshake at once, one round trip less. Needs PostgreSQL 17 or newer and
    /// <see cref="TlsMode.Require"/> or stricter.</summary>
    Direct,
}
