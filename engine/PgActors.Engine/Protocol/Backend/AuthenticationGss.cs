namespace PgActors.Protocol;

/// <summary>Asks to begin GSSAPI: answered by <see cref="GssResponse"/> with the first token.</summary>
public readonly record struct AuthenticationGss : IBackendMessage<AuthenticationGss>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.Authentication;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out AuthenticationGss message)
    {
        message = default;
        return AuthenticationBody.TryOpen(body, AuthenticationCode.Gss, out var reader) && reader.AtEnd;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        AuthenticationBody.Begin(writer, AuthenticationCode.Gss);
        writer.EndMessage();
    }
}
