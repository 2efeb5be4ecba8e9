namespace PgActors.Protocol;

/// <summary>Both sides may send <see cref="CopyData"/> until each ends with <see cref="CopyDone"/>: streaming replication.</summary>
/// <param name="Format">Text (which is CSV too) or binary, for the stream as a whole.</param>
/// <param name="ColumnFormats">The format of each column; all text if the stream is text.</param>
public readonly record struct CopyBothResponse(DataFormat Format, WireArray<DataFormat> ColumnFormats) : IBackendMessage<CopyBothResponse>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.CopyBothResponse;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out CopyBothResponse message)
    {
        message = default;
        if (!CopyResponseBody.TryRead(body, out var format, out var columns))
            return false;
        message = new CopyBothResponse(format, columns);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">More than 65,535 columns.</exception>
    public void Write(WireWriter writer) => CopyResponseBody.Write(writer, Type, Format, ColumnFormats);
}
