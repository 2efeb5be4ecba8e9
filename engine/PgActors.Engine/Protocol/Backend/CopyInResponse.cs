namespace PgActors.Protocol;

/// <summary>The server waits for the client's <see cref="CopyData"/>, ended by <see cref="CopyDone"/> or <see cref="CopyFail"/>.</summary>
/// <param name="Format">Text (which is CSV too) or binary, for the stream as a whole.</param>
/// <param name="ColumnFormats">The format of each column; all text if the stream is text.</param>
public readonly record struct CopyInResponse(DataFormat Format, WireArray<DataFormat> ColumnFormats) : IBackendMessage<CopyInResponse>
{
    /// <inheritdoc/>
    public static byte Type => (byte)BackendMessageType.CopyInResponse;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> body, out CopyInResponse message)
    {
        message = default;
        if (!CopyResponseBody.TryRead(body, out var format, out var columns))
            return false;
        message = new CopyInResponse(format, columns);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">More than 65,535 columns.</exception>
    public void Write(WireWriter writer) => CopyResponseBody.Write(writer, Type, Format, ColumnFormats);
}
