namespace PgActors.Transports;

/// <summary>Why a transport could not be opened, protected or used.</summary>
public enum TransportFailure
{
    /// <summary>The host name has no address, or the name service did not answer. It may have one at the next attempt.</summary>
    HostNotFound,

    /// <summary>The host answered that nobody listens on the port, or a Unix socket file has no server behind it.</summary>
    Refused,

    /// <summary>The peer did not answer or acknowledge within the system's own limit (such as TCP_USER_TIMEOUT or keepalive).</summary>
    TimedOut,

    /// <summary>No route leads to the host or network.</summary>
    Unreachable,

    /// <summary>The Unix socket file is not there.</summary>
    NoSuchSocketFile,

    /// <summary>The system forbids it: a socket file's permissions, a firewall, a sandbox.</summary>
    PermissionDenied,

    /// <summary>The endpoint cannot be expressed, such as a socket path longer than the system's limit.</summary>
    InvalidEndpoint,

    /// <summary>The peer, or something between, broke the connection off.</summary>
    Reset,

    /// <summary>The TLS handshake failed, or TLS broke later on (such as an alert that refuses the client's certificate).</summary>
    TlsFailed,

    /// <summary>A certificate or key file of ours cannot be read or used. Nothing was sent.</summary>
    TlsSettingsInvalid,

    /// <summary>The server's certificate failed a check that was asked for.</summary>
    CertificateRejected,

    /// <summary>Unencrypted bytes were waiting in front of the handshake: an attack, or a peer that is no PostgreSQL server.</summary>
    PlaintextBeforeTls,

    /// <summary>The server did not select the application protocol "postgresql" though it was required.</summary>
    AlpnMissing,

    /// <summary>This side aborted or disposed the transport.</summary>
    Closed,

    /// <summary>Any other error of the system; the text and the inner exception say which.</summary>
    Other,
}
