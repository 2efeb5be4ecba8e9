using System.Buffers.Binary;
using PgActors.Protocol;

namespace PgActors.Framing;

/// <summary>Cuts what a server sends into messages, in place. Holds nothing; safe to call from any thread.</summary>
public static class FrameScanner
{
    /// <summary>Looks at the front of <paramref name="buffer"/>.</summary>
    /// <param name="buffer">What has arrived and was not consumed.</param>
    /// <param name="limits">The caps.</param>
    /// <param name="phase">Where the session stands.</param>
    public static FrameScan Scan(ReadOnlySpan<byte> buffer, MessageLimits limits, FramingPhase phase)
        => FrameCutter.Cut(buffer, limits.Caps(phase));

    /// <summary>Counts the complete DataRow frames at the front of <paramref name="buffer"/>, which then can be handed on as one run. What
    /// stands behind the run (another message, half a row, a violation) is for <see cref="Scan"/> to say.</summary>
    /// <param name="buffer">What has arrived and was not consumed.</param>
    /// <param name="maxFrame">The largest length word of a row: the cap of DataRow, at least 4.</param>
    /// <param name="bytes">Bytes of the run, headers included.</param>
    /// <param name="rows">How many rows the run holds.</param>
    public static void CountRowRun(ReadOnlySpan<byte> buffer, int maxFrame, out int bytes, out int rows)
    {
        var rest = buffer;
        var count = 0;
        var slack = (uint)(maxFrame - FrameHeader.LengthSize);
        while (rest.Length >= FrameHeader.Size && rest[0] == (byte)BackendMessageType.DataRow)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest[1..]);

            // One unsigned comparison refuses negative lengths, those below 4, and those over the cap. The next cannot overflow either:
            // it subtracts from what is there and never adds to what was announced.
            if ((uint)(length - FrameHeader.LengthSize) > slack || length > rest.Length - 1)
                break;
            rest = rest[(length + 1)..];
            count++;
        }

        bytes = buffer.Length - rest.Length;
        rows = count;
    }
}
