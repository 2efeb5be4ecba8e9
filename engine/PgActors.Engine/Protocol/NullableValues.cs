namespace PgActors.Protocol;

/// <summary>A counted list of values that may be NULL, each behind its length, as Bind, FunctionCall and DataRow carry it.</summary>
internal static class NullableValues
{
    /// <summary>Reads a count and its values, copying their bytes.</summary>
    public static bool TryRead(ref WireReader reader, out WireArray<WireArray<byte>?> values)
    {
        values = default;

        // Every value has a length word, so a count that the rest cannot hold is refused before memory is taken for it.
        if (!reader.TryReadUInt16(out var count) || reader.Remaining / sizeof(int) < count)
            return false;
        var items = new WireArray<byte>?[count];
        foreach (ref var item in items.AsSpan())
        {
            if (!TryReadOne(ref reader, out item))
                return false;
        }

        values = WireArray.Adopt(items);
        return true;
    }

    /// <summary>Reads one value, copying its bytes.</summary>
    public static bool TryReadOne(ref WireReader reader, out WireArray<byte>? value)
    {
        value = null;
        if (!reader.TryReadValue(out var bytes, out var isNull))
            return false;
        if (!isNull)
            value = WireArray.Create(bytes);
        return true;
    }

    /// <summary>Writes a count, checked before, and its values.</summary>
    public static void Write(WireWriter writer, ushort count, WireArray<WireArray<byte>?> values)
    {
        writer.WriteUInt16(count);
        foreach (var value in values)
            WriteOne(writer, value);
    }

    /// <summary>Writes one value behind its length.</summary>
    public static void WriteOne(WireWriter writer, WireArray<byte>? value)
    {
        if (value is not { } bytes)
        {
            writer.WriteNull();
            return;
        }

        writer.WriteInt32(bytes.Length);
        writer.WriteBytes(bytes.Span);
    }
}
