namespace PgActors.Protocol;

/// <summary>Asks for GSSAPI encryption before anything else is said. Answered by one bare byte: <c>G</c> or <c>N</c> (or an
/// error).</summary>
public readonly record struct GssEncRequest : IFrontendMessage
{
    /// <summary>Reads the packet after its length word.</summary>
    /// <returns><see langword="false"/> if it is another packet or malformed.</returns>
    public static bool TryRead(ReadOnlySpan<byte> packet, out GssEncRequest message)
    {
        message = default;
        var reader = new WireReader(packet);
        return reader.TryReadInt32(out var code) && code == StartupCode.GssEnc && reader.AtEnd;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        writer.BeginStartupPacket();
        writer.WriteInt32(StartupCode.GssEnc);
        writer.EndMessage();
    }
}
