namespace PgActors.Protocol;

/// <summary>Asks for credentials over a Unix socket's ancillary data. No living server does; a client refuses it.</summary>
public readonly record struct AuthenticationScmCredential : IBackendMessage<AuthenticationScmCredential>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.Authentication;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out AuthenticationScmCredential message)
    {
        message = default;
        return AuthenticationBody.TryOpen(body, AuthenticationCode.ScmCredential, out var reader) && reader.AtEnd;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        AuthenticationBody.Begin(writer, AuthenticationCode.ScmCredential);
        writer.EndMessage();
    }
}
