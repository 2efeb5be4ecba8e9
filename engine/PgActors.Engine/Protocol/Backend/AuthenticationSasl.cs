namespace PgActors.Protocol;

/// <summary>Asks for SASL: answered by <see cref="SaslInitialResponse"/> with one of the mechanisms.</summary>
/// <param name="Mechanisms">The mechanisms' names, the server's favourite first.</param>
public readonly record struct AuthenticationSasl(WireArray<string> Mechanisms) : IBackendMessage<AuthenticationSasl>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.Authentication;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out AuthenticationSasl message)
    {
        message = default;
        if (!AuthenticationBody.TryOpen(body, AuthenticationCode.Sasl, out var reader))
            return false;
        var mechanisms = new List<string>();
        while (true)
        {
            if (!reader.TryReadCString(out string mechanism))
                return false;
            if (mechanism.Length == 0)
                break;
            mechanisms.Add(mechanism);
        }

        if (!reader.AtEnd)
            return false;
        message = new AuthenticationSasl(WireArray.Adopt(mechanisms.ToArray()));
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A name is empty: that is how the list ends.</exception>
    public void Write(WireWriter writer)
    {
        foreach (var mechanism in Mechanisms)
        {
            if (string.IsNullOrEmpty(mechanism))
                throw new ArgumentException("A SASL mechanism needs a name; an empty one ends the list.");
        }

        AuthenticationBody.Begin(writer, AuthenticationCode.Sasl);
        foreach (var mechanism in Mechanisms)
            writer.WriteCString(mechanism);
        writer.WriteByte(0);
        writer.EndMessage();
    }
}
