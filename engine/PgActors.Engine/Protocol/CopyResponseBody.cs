namespace PgActors.Protocol;

/// <summary>The one body that CopyInResponse, CopyOutResponse and CopyBothResponse have.</summary>
internal static class CopyResponseBody
{
    /// <summary>Reads the overall format and the columns' formats; a code other than text or binary is malformed, since nobody could read
    /// what follows.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out DataFormat format, out WireArray<DataFormat> columns)
    {
        var reader = new WireReader(body);
        columns = default;
        var ok = reader.TryReadByte(out var overall);
        format = (DataFormat)overall;
        if (!ok || !IsKnown(format) || !FormatCodes.TryRead(ref reader, out columns) || !reader.AtEnd)
            return false;
        foreach (var column in columns)
        {
            if (!IsKnown(column))
                return false;
        }

        return true;
    }

    /// <summary>Writes the whole message.</summary>
    public static void Write(WireWriter writer, byte type, DataFormat format, WireArray<DataFormat> columns)
    {
        var count = WireCount.Checked(columns.Length, "columns");
        writer.BeginMessage(type);
        writer.WriteByte((byte)format);
        FormatCodes.Write(writer, count, columns);
        writer.EndMessage();
    }

    private static bool IsKnown(DataFormat format) => format is DataFormat.Text or DataFormat.Binary;
}
