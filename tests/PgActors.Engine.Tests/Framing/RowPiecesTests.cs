using PgActors.Framing;

namespace PgActors.Engine.Tests.Framing;

public sealed class RowPiecesTests
{
    private const int MaxFrame = MessageLimits.MaxLength;

    // Two rows, one of no columns, and a CommandComplete behind them.
    private static readonly byte[] Stream = [.. Row(9), .. Row(0), .. Row(300), .. "C\0\0\0\u0004"u8];

    [Fact]
    public void Rows_are_taken_up_to_the_next_message()
    {
        var pieces = new RowPieces();
        Assert.Equal(Stream.Length - 5, pieces.Take(Stream, MaxFrame));
        Assert.False(pieces.IsInside);
        Assert.Equal(0, pieces.Take(Stream.AsSpan(Stream.Length - 5), MaxFrame));
    }

    [Fact]
    public void Cut_anywhere_the_same_bytes_are_taken()
    {
        for (var cut = 0; cut <= Stream.Length - 5; cut++)
        {
            var pieces = new RowPieces();
            var first = pieces.Take(Stream.AsSpan(0, cut), MaxFrame);
            Assert.InRange(first, Math.Max(0, cut - 4), cut);
            Assert.Equal(Stream.Length - 5, first + pieces.Take(Stream.AsSpan(first), MaxFrame));
            Assert.False(pieces.IsInside);
        }
    }

    [Fact]
    public void Byte_by_byte_only_headers_wait()
    {
        var pieces = new RowPieces();
        var (taken, received) = (0, 0);
        while (received < Stream.Length - 5)
        {
            taken += pieces.Take(Stream.AsSpan(taken, ++received - taken), MaxFrame);
            Assert.InRange(received - taken, 0, 4);
        }

        Assert.Equal(received, taken);
    }

    [Fact]
    public void Largest_row_is_inside_until_its_last_byte()
    {
        var pieces = new RowPieces();
        var piece = new byte[1 << 20];
        var left = MaxFrame + 1L;
        byte[] header = [(byte)'D', 0x40, 0, 0, 2];
        Assert.Equal(5, pieces.Take(header, MaxFrame));
        for (left -= 5; left > piece.Length; left -= piece.Length)
            Assert.Equal(piece.Length, pieces.Take(piece, MaxFrame));
        Assert.True(pieces.IsInside);
        Assert.Equal(left, pieces.Take(piece, MaxFrame));
        Assert.False(pieces.IsInside);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(MaxFrame + 1)]
    [InlineData(int.MaxValue)]
    public void Impossible_length_is_not_taken(int length)
    {
        var pieces = new RowPieces();
        byte[] bytes = [.. Row(3), (byte)'D', (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length, 1, 2, 3];
        Assert.Equal(Row(3).Length, pieces.Take(bytes, MaxFrame));
        Assert.False(pieces.IsInside);
    }

    private static byte[] Row(int bytes)
        => [(byte)'D', 0, 0, (byte)((bytes + 6) >> 8), (byte)(bytes + 6), 0, 0, .. Enumerable.Repeat((byte)'D', bytes)];
}
