namespace PgActors.Protocol;

/// <summary>Chooses a SASL mechanism: the answer to <see cref="AuthenticationSasl"/>.</summary>
/// <param name="Mechanism">The mechanism's name, one of those offered.</param>
/// <param name="Data">The mechanism's first message; <see langword="null"/> if it begins with the server's.</param>
public readonly record struct SaslInitialResponse(string Mechanism, WireArray<byte>? Data) : IFrontendMessage<SaslInitialResponse>
{
    /// <inheritdoc/>
    public static byte Type => (byte)FrontendMessageType.AuthenticationResponse;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out SaslInitialResponse message)
    {
        message = default;
        var reader = new WireReader(body);
        if (!reader.TryReadCString(out string mechanism) || !NullableValues.TryReadOne(ref reader, out var data) || !reader.AtEnd)
            return false;
        message = new SaslInitialResponse(mechanism, data);
        return true;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        writer.BeginMessage(Type);
        writer.WriteCString(Mechanism);
        NullableValues.WriteOne(writer, Data);
        writer.EndMessage();
    }
}
