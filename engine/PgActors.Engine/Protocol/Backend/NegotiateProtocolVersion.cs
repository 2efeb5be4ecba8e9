namespace PgActors.Protocol;

/// <summary>
/// The server does not speak the minor version that was asked for, or does not know some protocol options. It goes on with what it names
/// here at once; there is no answer.
/// </summary>
/// <param name="Version">The version it will speak. On the wire it is the full version word, whatever the documentation says of a minor
/// number.</param>
/// <param name="UnsupportedOptions">The <c>_pq_.</c> names that it does not know.</param>
public readonly record struct NegotiateProtocolVersion(ProtocolVersion Version, WireArray<string> UnsupportedOptions)
    : IBackendMessage<NegotiateProtocolVersion>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.NegotiateProtocolVersion;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out NegotiateProtocolVersion message)
    {
        message = default;
        var reader = new WireReader(body);

        // Every name has at least its terminator, so the rest bounds the count before memory is taken for it.
        if (!reader.TryReadInt32(out var version) || !reader.TryReadInt32(out var count) || (uint)count > (uint)reader.Remaining)
            return false;
        var options = new string[count];
        foreach (ref var option in options.AsSpan())
        {
            if (!reader.TryReadCString(out option))
                return false;
        }

        if (!reader.AtEnd)
            return false;
        message = new NegotiateProtocolVersion(new ProtocolVersion(version), WireArray.Adopt(options));
        return true;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        writer.BeginMessage(Type);
        writer.WriteInt32(Version.Word);
        writer.WriteInt32(UnsupportedOptions.Length);
        foreach (var option in UnsupportedOptions)
            writer.WriteCString(option);
        writer.EndMessage();
    }
}
