namespace PgActors.Protocol;

/// <summary>The server's next SASL challenge: answered by <see cref="SaslResponse"/>.</summary>
/// <param name="Challenge">The challenge in the mechanism's own form; may be empty.</param>
public readonly record struct AuthenticationSaslContinue(WireArray<byte> Challenge) : IBackendMessage<AuthenticationSaslContinue>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.Authentication;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out AuthenticationSaslContinue message)
    {
        message = default;
        if (!AuthenticationBody.TryOpen(body, AuthenticationCode.SaslContinue, out var reader))
            return false;
        message = new AuthenticationSaslContinue(WireArray.Create(reader.ReadRest()));
        return true;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        AuthenticationBody.Begin(writer, AuthenticationCode.SaslContinue);
        writer.WriteBytes(Challenge.Span);
        writer.EndMessage();
    }
}
