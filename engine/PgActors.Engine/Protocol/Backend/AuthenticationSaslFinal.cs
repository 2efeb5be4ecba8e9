namespace PgActors.Protocol;

/// <summary>What the SASL mechanism says at its end. SCRAM proves here that the server knows the password too, so a client must check
/// it.</summary>
/// <param name="Outcome">The mechanism's data (SCRAM: <c>v=</c> and the server's signature).</param>
public readonly record struct AuthenticationSaslFinal(WireArray<byte> Outcome) : IBackendMessage<AuthenticationSaslFinal>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.Authentication;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out AuthenticationSaslFinal message)
    {
        message = default;
        if (!AuthenticationBody.TryOpen(body, AuthenticationCode.SaslFinal, out var reader))
            return false;
        message = new AuthenticationSaslFinal(WireArray.Create(reader.ReadRest()));
        return true;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        AuthenticationBody.Begin(writer, AuthenticationCode.SaslFinal);
        writer.WriteBytes(Outcome.Span);
        writer.EndMessage();
    }
}
