namespace PgActors.Protocol;

/// <summary>Asks for Kerberos 5 outside GSSAPI. No living server does; a client refuses it.</summary>
public readonly record struct AuthenticationKerberosV5 : IBackendMessage<AuthenticationKerberosV5>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.Authentication;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out AuthenticationKerberosV5 message)
    {
        message = default;
        return AuthenticationBody.TryOpen(body, AuthenticationCode.KerberosV5, out var reader) && reader.AtEnd;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        AuthenticationBody.Begin(writer, AuthenticationCode.KerberosV5);
        writer.EndMessage();
    }
}
