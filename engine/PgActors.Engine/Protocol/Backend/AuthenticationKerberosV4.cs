namespace PgActors.Protocol;

/// <summary>Asks for Kerberos 4. No living server does; a client refuses it.</summary>
public readonly record struct AuthenticationKerberosV4 : IBackendMessage<AuthenticationKerberosV4>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.Authentication;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out AuthenticationKerberosV4 message)
    {
        message = default;
        return AuthenticationBody.TryOpen(body, AuthenticationCode.KerberosV4, out var reader) && reader.AtEnd;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        AuthenticationBody.Begin(writer, AuthenticationCode.KerberosV4);
        writer.EndMessage();
    }
}
