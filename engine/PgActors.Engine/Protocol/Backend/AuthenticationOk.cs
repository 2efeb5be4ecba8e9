namespace PgActors.Protocol;

/// <summary>The server is content with who we are. Only now do its settings, key and errors of the database itself follow.</summary>
public readonly record struct AuthenticationOk : IBackendMessage<AuthenticationOk>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.Authentication;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out AuthenticationOk message)
    {
        message = default;
        return AuthenticationBody.TryOpen(body, AuthenticationCode.Ok, out var reader) && reader.AtEnd;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        AuthenticationBody.Begin(writer, AuthenticationCode.Ok);
        writer.EndMessage();
    }
}
