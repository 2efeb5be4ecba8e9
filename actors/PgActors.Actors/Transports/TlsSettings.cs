using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PgActors.Transports;

/// <summary>
/// What a TLS handshake offers and what it checks. The defaults are the strict ones: chain and host name are checked. An immutable value;
/// files are read at each handshake, so that a renewed certificate is used by the next connection.
/// <para>"postgresql" is always offered as the application protocol (ALPN); sessions are never resumed, so that every connection is
/// verified on its own; missing intermediate certificates are never fetched from the network.</para>
/// </summary>
public sealed record TlsSettings
{
    /// <summary>The word that stands for the operating system's trusted roots in <see cref="RootCertificatePaths"/> (libpq's
    /// <c>sslrootcert=system</c>).</summary>
    public const string SystemRoots = "system";

    /// <summary>What is checked of the server's certificate.</summary>
    public CertificateChecks Checks { get; init; } = CertificateChecks.Full;

    /// <summary>The host as the user gave it: the name that the certificate must be for, and that is sent as SNI.</summary>
    public required string TargetHost { get; init; }

    /// <summary>Whether the host name is sent in clear to help the server choose its certificate (SNI, libpq's <c>sslsni</c>). An address
    /// is never sent (RFC 6066 §3).</summary>
    public bool SendServerName { get; init; } = true;

    /// <summary>PEM files of the roots to trust. When there is any, here or in <see cref="RootCertificates"/>, these roots <em>replace</em>
    /// the system's; with none, or only <see cref="SystemRoots"/>, the system's are used.</summary>
    public IReadOnlyList<string> RootCertificatePaths { get; init; } = [];

    /// <summary>Roots to trust, beside those of <see cref="RootCertificatePaths"/>. Not disposed by the transport.</summary>
    public X509Certificate2Collection? RootCertificates { get; init; }

    /// <summary>PEM file of the client's certificate, followed by its intermediates if there are any; <see langword="null"/> for
    /// none.</summary>
    public string? ClientCertificatePath { get; init; }

    /// <summary>PEM file of the client's key; <see langword="null"/> when it is in <see cref="ClientCertificatePath"/>. Refused when
    /// others can read it: at most 0640 on Unix.</summary>
    public string? ClientKeyPath { get; init; }

    /// <summary>The password of an encrypted key file. Never printed.</summary>
    public string? ClientKeyPassword { get; init; }

    /// <summary>The client's certificate with its key, instead of files. Not disposed by the transport.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>The oldest version to accept.</summary>
    public TlsVersion MinVersion { get; init; } = TlsVersion.Tls12;

    /// <summary>The newest version to accept; <see langword="null"/> for no limit.</summary>
    public TlsVersion? MaxVersion { get; init; }

    /// <summary>Whether the server must select "postgresql". Needed for direct TLS (PostgreSQL 17 and later, <c>sslnegotiation=direct</c>):
    /// without it a certificate of another service on the same host would do (the ALPACA attack).</summary>
    public bool RequireAlpn { get; init; }

    /// <summary>Whether the authorities are asked if the certificate was revoked. Off by default: it asks third parties over the network
    /// while the user waits.</summary>
    public bool CheckRevocation { get; init; }

    /// <summary>Whether the given roots replace the system's.</summary>
    public bool PinsRoots => RootCertificates is { Count: > 0 } || RootCertificatePaths.Any(path => path != SystemRoots);

    // The compiler's own would print the key's password.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(nameof(Checks)).Append(" = ").Append(Checks)
            .Append(", ").Append(nameof(TargetHost)).Append(" = ").Append(TargetHost)
            .Append(", ").Append(nameof(PinsRoots)).Append(" = ").Append(PinsRoots)
            .Append(", ").Append(nameof(ClientCertificatePath)).Append(" = ").Append(ClientCertificatePath)
            .Append(", ").Append(nameof(RequireAlpn)).Append(" = ").Append(RequireAlpn);
        return true;
    }
}
