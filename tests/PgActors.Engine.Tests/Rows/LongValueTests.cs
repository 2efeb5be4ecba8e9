using System.Buffers.Binary;
using PgActors.Rows;

namespace PgActors.Engine.Tests.Rows;

public sealed class LongValueTests
{
    [Fact]
    public void Value_is_what_follows_the_header_however_it_is_cut()
    {
        var row = Row([1, 2, 3, 4, 5]);
        for (var cut = 0; cut <= row.Length; cut++)
        {
            var value = new LongValue();
            byte[] read = [.. Feed(ref value, row.AsSpan(0, cut)), .. Feed(ref value, row.AsSpan(cut))];
            Assert.Equal([1, 2, 3, 4, 5], read);
            Assert.Equal((LongValuePhase.Ended, 5, 0), (value.Phase, value.Length, value.Left));
        }
    }

    [Fact]
    public void Row_cut_short_is_still_in_its_header_or_value()
    {
        var row = Row([1, 2, 3]);
        for (var length = 0; length < row.Length; length++)
        {
            var value = new LongValue();
            Feed(ref value, row.AsSpan(0, length));
            Assert.Equal(length < 11 ? LongValuePhase.Header : LongValuePhase.Value, value.Phase);
        }
    }

    [Fact]
    public void Empty_value_and_null_have_no_bytes()
    {
        var empty = new LongValue();
        Assert.Empty(Feed(ref empty, Row([])));
        Assert.Equal((LongValuePhase.Ended, 0), (empty.Phase, empty.Length));
        var absent = new LongValue();
        Assert.Empty(Feed(ref absent, Header(10, 1, -1)));
        Assert.Equal((LongValuePhase.Ended, -1), (absent.Phase, absent.Length));
    }

    [Fact]
    public void What_follows_is_left_alone()
    {
        var value = new LongValue();
        Assert.Equal([7], Feed(ref value, [.. Row([7]), .. Row([8])]));
        Assert.Equal((0, 0), (value.Take(1), value.TakeHeader([1])));
    }

    [Theory]
    [InlineData(13, 0, 3)]
    [InlineData(13, 2, 3)]
    [InlineData(13, -1, 3)]
    [InlineData(13, 1, 4)]
    [InlineData(13, 1, 2)]
    [InlineData(13, 1, -1)]
    [InlineData(13, 1, -2)]
    [InlineData(13, 1, int.MinValue)]
    [InlineData(13, 1, int.MaxValue)]
    [InlineData(4, 1, 0)]
    [InlineData(4, 1, -6)]
    [InlineData(9, 1, -1)]
    public void Header_that_contradicts_itself_is_malformed(int frame, short columns, int length)
    {
        var value = new LongValue();
        value.TakeHeader(Header(frame, columns, length));
        Assert.Equal((LongValuePhase.Malformed, 0), (value.Phase, value.Take(10)));
    }

    private static byte[] Feed(ref LongValue value, ReadOnlySpan<byte> piece)
    {
        var header = value.TakeHeader(piece);
        return piece.Slice(header, value.Take(piece.Length - header)).ToArray();
    }

    private static byte[] Row(byte[] value) => [.. Header(10 + value.Length, 1, value.Length), .. value];

    private static byte[] Header(int frame, short columns, int length)
    {
        var header = new byte[11];
        header[0] = (byte)'D';
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(1), frame);
        BinaryPrimitives.WriteInt16BigEndian(header.AsSpan(5), columns);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(7), length);
        return header;
    }
}
