namespace PgActors.Protocol;

/// <summary>A counted list of type OIDs, as Parse and ParameterDescription carry it.</summary>
internal static class TypeOidList
{
    /// <summary>Reads a count and its OIDs.</summary>
    public static bool TryRead(ref WireReader reader, out WireArray<uint> oids)
    {
        oids = default;
        if (!reader.TryReadUInt16(out var count) || reader.Remaining / sizeof(uint) < count)
            return false;
        var items = new uint[count];
        foreach (ref var item in items.AsSpan())
        {
            if (!reader.TryReadUInt32(out item))
                return false;
        }

        oids = WireArray.Adopt(items);
        return true;
    }

    /// <summary>Writes a count, checked before, and its OIDs.</summary>
    public static void Write(WireWriter writer, ushort count, WireArray<uint> oids)
    {
        writer.WriteUInt16(count);
        foreach (var oid in oids)
            writer.WriteUInt32(oid);
    }
}
