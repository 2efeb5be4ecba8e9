namespace PgActors.Protocol;

/// <summary>Opens a session: the first packet, or the first after an encryption request was answered. It has no type byte.</summary>
/// <param name="Version">The protocol version asked for.</param>
/// <param name="Parameters">The pairs in the order of the wire. Of two with the same name the server heeds the last.</param>
public readonly record struct StartupMessage(ProtocolVersion Version, WireArray<StartupParameter> Parameters) : IFrontendMessage
{
    /// <summary>Reads the packet after its length word.</summary>
    /// <returns><see langword="false"/> if it is another packet or malformed.</returns>
    public static bool TryRead(ReadOnlySpan<byte> packet, out StartupMessage message)
    {
        message = default;
        var reader = new WireReader(packet);
        if (!reader.TryReadInt32(out var word) || new ProtocolVersion(word).Major == StartupCode.Major)
            return false;
        var parameters = new List<StartupParameter>();
        while (true)
        {
            if (!reader.TryReadCString(out string name))
                return false;
            if (name.Length == 0)
                break;
            if (!reader.TryReadCString(out string value))
                return false;
            parameters.Add(new StartupParameter(name, value));
        }

        if (!reader.AtEnd)
            return false;
        message = new StartupMessage(new ProtocolVersion(word), WireArray.Adopt(parameters.ToArray()));
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A name is empty: that is how the list ends.</exception>
    public void Write(WireWriter writer)
    {
        foreach (var parameter in Parameters)
        {
            if (string.IsNullOrEmpty(parameter.Name))
                throw new ArgumentException("A start-up parameter needs a name; an empty one ends the list.");
        }

        writer.BeginStartupPacket();
        writer.WriteInt32(Version.Word);
        foreach (var parameter in Parameters)
        {
            writer.WriteCString(parameter.Name);
            writer.WriteCString(parameter.Value);
        }

        writer.WriteByte(0);
        writer.EndMessage();
    }
}
