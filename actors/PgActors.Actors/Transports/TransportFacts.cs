namespace PgActors.Transports;

/// <summary>What is known about a transport's peer and about its protection. An immutable value.</summary>
public sealed record TransportFacts
{
    /// <summary>The peer as messages name it: host, port and the address that answered, or the socket's path.</summary>
    public required string RemoteEndpoint { get; init; }

    /// <summary>Whether the bytes stay on this machine, in a Unix socket.</summary>
    public bool IsUnixSocket { get; init; }

    /// <summary>Whether TLS is up.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>The server's own (leaf) certificate in DER form, which SCRAM's channel binding hashes (RFC 5929, tls-server-end-point);
    /// <see langword="null"/> without TLS.</summary>
    public byte[]? ServerCertificate { get; init; }

    /// <summary>The negotiated version of TLS; <see langword="null"/> without TLS.</summary>
    public TlsVersion? TlsVersion { get; init; }

    /// <summary>The application protocol the server selected (ALPN, RFC 7301): "postgresql", or <see langword="null"/> when it selected
    /// none, as servers before 17 do.</summary>
    public string? ApplicationProtocol { get; init; }

    /// <summary>The checks that the server's certificate passed.</summary>
    public CertificateChecks ChecksPassed { get; init; }

    /// <summary>Whether the peer proved to be the server that was meant: the name was checked, or the chain against pinned roots. A chain
    /// up to a public authority without the name proves only that somebody bought a certificate, and does not count.</summary>
    public bool ServerVerified { get; init; }

    /// <summary>Whether the server asked for a client certificate and one was sent (libpq's <c>sslcertmode=require</c>).</summary>
    public bool ClientCertificateSent { get; init; }
}
