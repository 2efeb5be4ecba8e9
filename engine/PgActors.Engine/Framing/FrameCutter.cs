using System.Buffers.Binary;

namespace PgActors.Framing;

/// <summary>The step that both directions share: judge a header by its cap, then by what has arrived.</summary>
internal static class FrameCutter
{
    /// <summary>Judges a regular message at the front of <paramref name="buffer"/>.</summary>
    /// <param name="buffer">What has arrived.</param>
    /// <param name="caps">The largest length for each of the 256 type bytes.</param>
    public static FrameScan Cut(ReadOnlySpan<byte> buffer, ReadOnlySpan<int> caps)
    {
        if (buffer.Length < FrameHeader.Size)
            return new FrameScan(FrameStatus.Incomplete, default, FrameHeader.Size, 0);
        var header = new FrameHeader(buffer[0], BinaryPrimitives.ReadInt32BigEndian(buffer[1..]));
        return Judge(buffer.Length, header, FrameHeader.Size, FrameHeader.LengthSize, caps[header.Type]);
    }

    /// <summary>Judges a start-up packet at the front of <paramref name="buffer"/>.</summary>
    public static FrameScan CutStartupPacket(ReadOnlySpan<byte> buffer, int least, int cap)
    {
        if (buffer.Length < FrameHeader.LengthSize)
            return new FrameScan(FrameStatus.Incomplete, default, FrameHeader.LengthSize, 0);
        var header = new FrameHeader(0, BinaryPrimitives.ReadInt32BigEndian(buffer));
        return Judge(buffer.Length, header, FrameHeader.LengthSize, least, cap);
    }

    private static FrameScan Judge(int available, FrameHeader header, int headerSize, int least, int cap)
    {
        var status = header.Length < least || header.Length > cap
            ? FrameStatus.Violation
            : header.Length > available - (headerSize - FrameHeader.LengthSize) ? FrameStatus.Incomplete : FrameStatus.Complete;
        return new FrameScan(status, header, headerSize, cap);
    }
}
