namespace PgActors.Protocol;

/// <summary>A GSSAPI or SSPI token of the client: the answer to <see cref="AuthenticationGss"/>, <see cref="AuthenticationSspi"/> and
/// <see cref="AuthenticationGssContinue"/>.</summary>
/// <param name="Token">The token as the mechanism made it.</param>
public readonly record struct GssResponse(WireArray<byte> Token) : IFrontendMessage<GssResponse>
{
    /// <inheritdoc/>
    public static byte Type => (byte)FrontendMessageType.AuthenticationResponse;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out GssResponse message)
    {
        message = new GssResponse(WireArray.Create(body));
        return true;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        writer.BeginMessage(Type);
        writer.WriteBytes(Token.Span);
        writer.EndMessage();
    }
}
