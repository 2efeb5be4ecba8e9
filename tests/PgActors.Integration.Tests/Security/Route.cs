namespace PgActors.Integration.Tests.Security;

/// <summary>What the matrix's sessions travel over.</summary>
public enum Route
{
    Tcp,
    UnixSocket,

    /// <summary>TLS after an SSLRequest.</summary>
    Tls,

    /// <summary>TLS from the first byte; PostgreSQL 17 and later.</summary>
    DirectTls,
}
