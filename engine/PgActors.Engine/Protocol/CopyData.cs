namespace PgActors.Protocol;

/// <summary>A chunk of a COPY stream, or of the replication stream, in either direction. Chunk borders mean nothing in binary
/// format.</summary>
/// <remarks>It owns a copy of the bytes. Whoever moves much data reads and writes the frames in place instead.</remarks>
/// <param name="Data">The chunk.</param>
public readonly record struct CopyData(WireArray<byte> Data) : IBackendMessage<CopyData>, IFrontendMessage<CopyData>
{
    /// <summary>The type byte in front of the length; the same in both directions.</summary>
    public static byte Type => (byte)FrontendMessageType.CopyData;

    /// <summary>Reads the body: all of it is data.</summary>
    /// <returns>Always <see langword="true"/>.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out CopyData message)
    {
        message = new CopyData(WireArray.Create(body));
        return true;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        writer.BeginMessage(Type);
        writer.WriteBytes(Data.Span);
        writer.EndMessage();
    }
}
