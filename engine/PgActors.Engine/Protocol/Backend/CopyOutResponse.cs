namespace PgActors.Protocol;

/// <summary>The server will send <see cref="CopyData"/>, ended by <see cref="CopyDone"/>.</summary>
/// <param name="Format">Text (which is CSV too) or binary, for the stream as a whole.</param>
/// <param name="ColumnFormats">The format of each column; all text if the stream is text.</param>
public readonly record struct CopyOutResponse(DataFormat Format, WireArray<DataFormat> ColumnFormats) : IBackendMessage<CopyOutResponse>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.CopyOutResponse;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out CopyOutResponse message)
    {
        message = default;
        if (!CopyResponseBody.TryRead(body, out var format, out var columns))
            return false;
        message = new CopyOutResponse(format, columns);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">More than 65,535 columns.</exception>
    public void Write(WireWriter writer) => CopyResponseBody.Write(writer, Type, Format, ColumnFormats);
}
