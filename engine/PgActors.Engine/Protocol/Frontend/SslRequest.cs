namespace PgActors.Protocol;

/// <summary>Asks for TLS before anything else is said. Answered by one bare byte: <c>S</c> or <c>N</c> (or an error of a server too old or
/// too full). Nothing may be sent until it came, and any byte right behind it is an attack (CVE-2021-23222).</summary>
public readonly record struct SslRequest : IFrontendMessage
{
    /// <summary>Reads the packet after its length word.</summary>
    /// <returns><see langword="false"/> if it is another packet or malformed.</returns>
    public static bool TryRead(ReadOnlySpan<byte> packet, out SslRequest message)
    {
        message = default;
        var reader = new WireReader(packet);
        return reader.TryReadInt32(out var code) && code == StartupCode.Ssl && reader.AtEnd;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        writer.BeginStartupPacket();
        writer.WriteInt32(StartupCode.Ssl);
        writer.EndMessage();
    }
}
