namespace PgActors.Protocol;

/// <summary>One row. Sessions read rows in place (<see cref="Rows.RowReader"/>); this owned form is for servers, tracers and
/// tests.</summary>
/// <param name="Values">The columns' values; <see langword="null"/> is NULL. May be empty.</param>
public readonly record struct DataRow(WireArray<WireArray<byte>?> Values) : IBackendMessage<DataRow>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.DataRow;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out DataRow message)
    {
        message = default;
        var reader = new WireReader(body);
        if (!NullableValues.TryRead(ref reader, out var values) || !reader.AtEnd)
            return false;
        message = new DataRow(values);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">More than 65,535 columns.</exception>
    public void Write(WireWriter writer)
    {
        var count = WireCount.Checked(Values.Length, "columns");
        writer.BeginMessage(Type);
        NullableValues.Write(writer, count, Values);
        writer.EndMessage();
    }
}
