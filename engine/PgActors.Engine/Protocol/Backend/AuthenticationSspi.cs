namespace PgActors.Protocol;

/// <summary>Asks to begin SSPI (a Windows server): answered by <see cref="GssResponse"/> with the first Negotiate token.</summary>
public readonly record struct AuthenticationSspi : IBackendMessage<AuthenticationSspi>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.Authentication;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out AuthenticationSspi message)
    {
        message = default;
        return AuthenticationBody.TryOpen(body, AuthenticationCode.Sspi, out var reader) && reader.AtEnd;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        AuthenticationBody.Begin(writer, AuthenticationCode.Sspi);
        writer.EndMessage();
    }
}
