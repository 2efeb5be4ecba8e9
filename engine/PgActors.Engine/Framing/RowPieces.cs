using System.Buffers.Binary;
using PgActors.Protocol;

namespace PgActors.Framing;

/// <summary>
/// Takes rows as they arrive, whole or not: a row larger than any buffer passes through in pieces. What it takes belongs to DataRow
/// frames, one behind the other, and may begin and end inside one. Not thread-safe.
/// </summary>
public struct RowPieces
{
    private int _left;

    /// <summary>Whether the next byte belongs to a row that has begun.</summary>
    public readonly bool IsInside => _left > 0;

    /// <summary>Takes what belongs to rows from the front of <paramref name="buffer"/>. What stands behind it (another message, the
    /// beginning of a header, a violation) is for <see cref="FrameScanner.Scan"/> to say.</summary>
    /// <param name="buffer">What has arrived and was not consumed.</param>
    /// <param name="maxFrame">The largest length word of a row, at least 4. It bounds no memory: none is taken.</param>
    /// <returns>How many bytes belong to rows.</returns>
    public int Take(ReadOnlySpan<byte> buffer, int maxFrame)
    {
        var rest = buffer;
        var slack = (uint)(maxFrame - FrameHeader.LengthSize);
        while (true)
        {
            var taken = Math.Min(_left, rest.Length);
            _left -= taken;
            rest = rest[taken..];
            if (_left > 0 || rest.Length < FrameHeader.Size || rest[0] != (byte)BackendMessageType.DataRow)
                return buffer.Length - rest.Length;
            var length = BinaryPrimitives.ReadInt32BigEndian(rest[1..]);
            if ((uint)(length - FrameHeader.LengthSize) > slack)
                return buffer.Length - rest.Length;
            _left = length + 1;
        }
    }
}
