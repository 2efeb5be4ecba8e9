using System.Security.Cryptography;

namespace PgActors.Testing;

/// <summary>TLS of a <see cref="PostgresServer"/>. All certificates are made when the server starts and vanish with it.</summary>
public sealed record TlsOptions
{
    /// <summary>Kind of all keys. Default: ECDSA.</summary>
    public TlsKeyKind KeyKind { get; init; }

    /// <summary>
    /// Hash of the certificates' signatures; it decides the hash of the channel binding <c>tls-server-end-point</c> (RFC 5929,
    /// section 4.1).
    /// Default: SHA-256.
    /// </summary>
    public HashAlgorithmName SignatureHash { get; init; } = HashAlgorithmName.SHA256;

    /// <summary>The certificate the server shows. Default: a right one.</summary>
    public TlsServerIdentity ServerIdentity { get; init; }

    /// <summary>
    /// Roles that get a client certificate (common name = role), signed by the authority. When there is any, the server verifies client
    /// certificates that it is shown; whether it asks for one is a matter of <see cref="PostgresServerOptions.HbaLines"/>.
    /// </summary>
    public IReadOnlyList<string> ClientRoles { get; init; } = [];

    /// <summary>True: the default pg_hba.conf accepts TCP connections only with TLS. Without effect when HbaLines are given.</summary>
    public bool Required { get; init; }
}
