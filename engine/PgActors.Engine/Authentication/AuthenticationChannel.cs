namespace PgActors.Authentication;

/// <summary>What authentication must know of the channel it runs over.</summary>
/// <param name="IsEncrypted">Whether the bytes are encrypted, by TLS or by GSSAPI.</param>
/// <param name="IsUnixSocket">Whether it is a Unix-domain socket, which nobody on a network can read.</param>
/// <param name="ServerEndPointBinding">The <c>tls-server-end-point</c> data (see <see cref="ChannelBinding"/>), or <see langword="null"/>
/// without TLS or where the certificate allows none. Not copied; not to be changed afterwards.</param>
/// <param name="ServerVerified">Whether the server's identity was verified by the channel (certificate chain and host name).</param>
public sealed record AuthenticationChannel(bool IsEncrypted, bool IsUnixSocket, byte[]? ServerEndPointBinding, bool ServerVerified)
{
    /// <summary>Whether the encryption is GSSAPI's, which satisfies <c>require_auth=gss</c> and has nothing to bind SCRAM to.</summary>
    public bool IsGssEncrypted { get; init; }

    /// <summary>Whether the channel is TLS.</summary>
    public bool IsTls => IsEncrypted && !IsGssEncrypted;
}
