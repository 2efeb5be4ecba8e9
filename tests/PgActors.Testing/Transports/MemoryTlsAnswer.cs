using PgActors.Transports;

namespace PgActors.Testing;

/// <summary>How a pretended TLS handshake ends. No byte is encrypted; only the facts change.</summary>
public sealed record MemoryTlsAnswer
{
    /// <summary>Succeeds with TLS 1.3 and "postgresql" selected.</summary>
    public static MemoryTlsAnswer Accepted { get; } = new();

    /// <summary>The failure to throw; <see langword="null"/> to succeed.</summary>
    public TransportException? Failure { get; init; }

    /// <summary>Whether the handshake never ends by itself: only a cancellation or an abort ends it.</summary>
    public bool Stalls { get; init; }

    /// <summary>The server certificate to report, DER. Not parsed.</summary>
    public byte[]? ServerCertificate { get; init; }

    /// <summary>The version to report.</summary>
    public TlsVersion Version { get; init; } = TlsVersion.Tls13;

    /// <summary>The application protocol to report as selected; <see langword="null"/> for none.</summary>
    public string? ApplicationProtocol { get; init; } = "postgresql";

    /// <summary>Whether a client certificate was sent.</summary>
    public bool ClientCertificateSent { get; init; }

    /// <summary>Answers with a failure.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="message">Its text.</param>
    /// <returns>The answer.</returns>
    public static MemoryTlsAnswer Fails(TransportFailure kind, string message)
        => new() { Failure = new TransportException(kind, message) };
}
