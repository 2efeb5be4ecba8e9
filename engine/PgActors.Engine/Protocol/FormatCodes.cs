namespace PgActors.Protocol;

/// <summary>A counted list of format codes, as Bind, FunctionCall and the Copy…Response messages carry it.</summary>
internal static class FormatCodes
{
    /// <summary>Reads a count and its codes, whatever their values: a server answers a code that it does not know with an error of its own
    /// (22023), and the message is a message none the less.</summary>
    public static bool TryRead(ref WireReader reader, out WireArray<DataFormat> formats)
    {
        formats = default;
        if (!reader.TryReadUInt16(out var count) || reader.Remaining / sizeof(short) < count)
            return false;
        var items = new DataFormat[count];
        foreach (ref var item in items.AsSpan())
        {
            if (!reader.TryReadInt16(out var code))
                return false;
            item = (DataFormat)code;
        }

        formats = WireArray.Adopt(items);
        return true;
    }

    /// <summary>Writes a count, checked before, and its codes.</summary>
    public static void Write(WireWriter writer, ushort count, WireArray<DataFormat> formats)
    {
        writer.WriteUInt16(count);
        foreach (var format in formats)
            writer.WriteInt16((short)format);
    }
}
