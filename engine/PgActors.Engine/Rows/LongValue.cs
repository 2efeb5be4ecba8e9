using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using PgActors.Framing;

namespace PgActors.Rows;

/// <summary>
/// Finds the bytes of a value in the pieces of its row, which has this one column. First the header is taken, from as many pieces as it
/// lies in; then so many bytes are the value's. Not thread-safe.
/// </summary>
public struct LongValue
{
    // A frame's header, the count of columns and the value's length word.
    private const int HeaderSize = FrameHeader.Size + sizeof(short) + sizeof(int);

    private Header _header;
    private int _have;

    /// <summary>Where it stands.</summary>
    public LongValuePhase Phase { get; private set; }

    /// <summary>The value's length in bytes, once the header was taken; -1 if it is NULL.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes of the value that were not taken yet.</summary>
    public int Left { get; private set; }

    /// <summary>Takes the header, or the part of it that is there.</summary>
    /// <param name="piece">The next bytes of the row.</param>
    /// <returns>How many bytes were the header's.</returns>
    public int TakeHeader(ReadOnlySpan<byte> piece)
    {
        if (Phase != LongValuePhase.Header)
            return 0;
        var taken = Math.Min(HeaderSize - _have, piece.Length);
        Span<byte> header = _header;
        piece[..taken].CopyTo(header[_have..]);
        _have += taken;
        if (_have == HeaderSize)
            Phase = Judge(header);
        return taken;
    }

    /// <summary>Takes bytes of the value.</summary>
    /// <param name="available">How many are at hand or wanted.</param>
    /// <returns>How many of them are the value's.</returns>
    public int Take(int available)
    {
        if (Phase != LongValuePhase.Value)
            return 0;
        var taken = Math.Min(Left, available);
        Left -= taken;
        if (Left == 0)
            Phase = LongValuePhase.Ended;
        return taken;
    }

    private LongValuePhase Judge(ReadOnlySpan<byte> header)
    {
        var frame = BinaryPrimitives.ReadInt32BigEndian(header[1..]);
        var columns = BinaryPrimitives.ReadInt16BigEndian(header[FrameHeader.Size..]);
        Length = BinaryPrimitives.ReadInt32BigEndian(header[(FrameHeader.Size + sizeof(short))..]);

        // The frame holds the one value and nothing else. Subtracted from the frame's length, which was checked when the row was cut.
        var room = frame - (HeaderSize - 1);
        if (columns != 1 || Length < -1 || room != Math.Max(Length, 0))
            return LongValuePhase.Malformed;
        Left = room;
        return room > 0 ? LongValuePhase.Value : LongValuePhase.Ended;
    }

    [InlineArray(HeaderSize)]
    private struct Header
    {
        private byte _first;
    }
}
