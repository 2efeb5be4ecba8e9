namespace PgActors.Protocol;

/// <summary>The types of a statement's parameters: the first answer to <see cref="Describe"/> of a statement.</summary>
/// <param name="TypeOids">The types' OIDs; a domain stays a domain here.</param>
public readonly record struct ParameterDescription(WireArray<uint> TypeOids) : IBackendMessage<ParameterDescription>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.ParameterDescription;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out ParameterDescription message)
    {
        message = default;
        var reader = new WireReader(body);
        if (!TypeOidList.TryRead(ref reader, out var oids) || !reader.AtEnd)
            return false;
        message = new ParameterDescription(oids);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">More than 65,535 parameters.</exception>
    public void Write(WireWriter writer)
    {
        var count = WireCount.Checked(TypeOids.Length, "parameters");
        writer.BeginMessage(Type);
        TypeOidList.Write(writer, count, TypeOids);
        writer.EndMessage();
    }
}
