namespace PgActors.Protocol;

/// <summary>A setting that the server reports has a new value. Servers since 14 send it just before <see cref="ReadyForQuery"/>, older ones
/// at the moment of change.</summary>
/// <param name="Name">The setting's name.</param>
/// <param name="Value">Its value now.</param>
public readonly record struct ParameterStatus(string Name, string Value) : IBackendMessage<ParameterStatus>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.ParameterStatus;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out ParameterStatus message)
    {
        message = default;
        var reader = new WireReader(body);
        if (!reader.TryReadCString(out string name) || !reader.TryReadCString(out string value) || !reader.AtEnd)
            return false;
        message = new ParameterStatus(name, value);
        return true;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        writer.BeginMessage(Type);
        writer.WriteCString(Name);
        writer.WriteCString(Value);
        writer.EndMessage();
    }
}
