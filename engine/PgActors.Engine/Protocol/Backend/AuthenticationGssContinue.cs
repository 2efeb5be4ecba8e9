namespace PgActors.Protocol;

/// <summary>The server's next GSSAPI or SSPI token: answered by <see cref="GssResponse"/> if the security context has one to
/// give.</summary>
/// <param name="Token">The token as the mechanism made it.</param>
public readonly record struct AuthenticationGssContinue(WireArray<byte> Token) : IBackendMessage<AuthenticationGssContinue>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.Authentication;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out AuthenticationGssContinue message)
    {
        message = default;
        if (!AuthenticationBody.TryOpen(body, AuthenticationCode.GssContinue, out var reader))
            return false;
        message = new AuthenticationGssContinue(WireArray.Create(reader.ReadRest()));
        return true;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        AuthenticationBody.Begin(writer, AuthenticationCode.GssContinue);
        writer.WriteBytes(Token.Span);
        writer.EndMessage();
    }
}
