namespace PgActors.Protocol;

/// <summary>The client's next SASL message: the answer to <see cref="AuthenticationSaslContinue"/>.</summary>
/// <param name="Data">The mechanism's own bytes, without a terminator.</param>
public readonly record struct SaslResponse(WireArray<byte> Data) : IFrontendMessage<SaslResponse>
{
    /// <inheritdoc/>
    public static byte Type => (byte)FrontendMessageType.AuthenticationResponse;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out SaslResponse message)
    {
        message = new SaslResponse(WireArray.Create(body));
        return true;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        writer.BeginMessage(Type);
        writer.WriteBytes(Data.Span);
        writer.EndMessage();
    }
}
