namespace PgActors.Protocol;

/// <summary>Asks for the password itself: answered by <see cref="PasswordMessage"/>, and only over a channel worth it.</summary>
public readonly record struct AuthenticationCleartextPassword : IBackendMessage<AuthenticationCleartextPassword>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.Authentication;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out AuthenticationCleartextPassword message)
    {
        message = default;
        return AuthenticationBody.TryOpen(body, AuthenticationCode.CleartextPassword, out var reader) && reader.AtEnd;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        AuthenticationBody.Begin(writer, AuthenticationCode.CleartextPassword);
        writer.EndMessage();
    }
}
