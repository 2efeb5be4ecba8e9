using PgActors.Rows;

namespace PgActors.Protocol;

/// <summary>The columns of the rows to come: the answer to <see cref="Describe"/>, and in front of each result of a <see cref="Query"/>.
/// A statement's description always says text; only a portal's has the real formats.</summary>
/// <param name="Columns">The columns in order. May be empty.</param>
public readonly record struct RowDescription(WireArray<ColumnDescription> Columns) : IBackendMessage<RowDescription>
{
    // A name's terminator, u32 table, i16 attribute, u32 type, i16 length, i32 modifier, i16 format.
    private const int MinColumnSize = 1 + 4 + 2 + 4 + 2 + 4 + 2;

    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.RowDescription;

    /// <inheritdoc/>
    /// <remarks>A format code other than text and binary is malformed: nobody could read the rows.</remarks>
    public static bool TryRead(ReadOnlySpan<byte> body, out RowDescription message)
    {
        message = default;
        var reader = new WireReader(body);
        if (!reader.TryReadUInt16(out var count) || reader.Remaining / MinColumnSize < count)
            return false;
        var columns = new ColumnDescription[count];
        foreach (ref var column in columns.AsSpan())
        {
            if (!TryReadColumn(ref reader, out column))
                return false;
        }

        if (!reader.AtEnd)
            return false;
        message = new RowDescription(WireArray.Adopt(columns));
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">More than 65,535 columns.</exception>
    public void Write(WireWriter writer)
    {
        var count = WireCount.Checked(Columns.Length, "columns");
        writer.BeginMessage(Type);
        writer.WriteUInt16(count);
        foreach (ref readonly var column in Columns)
        {
            writer.WriteCString(column.Name);
            writer.WriteUInt32(column.TableOid);
            writer.WriteInt16(column.AttributeNumber);
            writer.WriteUInt32(column.TypeOid);
            writer.WriteInt16(column.TypeLength);
            writer.WriteInt32(column.TypeModifier);
            writer.WriteInt16((short)column.Format);
        }

        writer.EndMessage();
    }

    /// <summary>The layout that readers of the rows share.</summary>
    public RowLayout ToLayout() => Columns.IsEmpty ? RowLayout.Empty : new RowLayout(Columns.ToArray());

    private static bool TryReadColumn(ref WireReader reader, out ColumnDescription column)
    {
        column = default;
        if (!reader.TryReadCString(out string name)
            || !reader.TryReadUInt32(out var table)
            || !reader.TryReadInt16(out var attribute)
            || !reader.TryReadUInt32(out var type)
            || !reader.TryReadInt16(out var length)
            || !reader.TryReadInt32(out var modifier)
            || !reader.TryReadInt16(out var format)
            || (DataFormat)format is not (DataFormat.Text or DataFormat.Binary))
        {
            return false;
        }

        column = new ColumnDescription(name, table, attribute, type, length, modifier, (DataFormat)format);
        return true;
    }
}
