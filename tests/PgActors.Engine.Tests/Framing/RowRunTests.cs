using System.Buffers.Binary;
using PgActors.Engine.Tests.Protocol;
using PgActors.Framing;

namespace PgActors.Engine.Tests.Framing;

public sealed class RowRunTests
{
    private const string Row = "44 00000006 0000";
    private const string WideRow = "44 0000000b 0001 00000001 78";

    [Fact]
    public void Run_split_at_every_byte_counts_whole_rows_only()
    {
        var buffer = WireText.Bytes($"{Row} {WideRow} {Row}");
        int[] ends = [7, 19, 26];
        for (var length = 0; length <= buffer.Length; length++)
        {
            var whole = ends.Count(end => end <= length);
            FrameScanner.CountRowRun(buffer.AsSpan(0, length), MessageLimits.MaxLength, out var bytes, out var rows);
            Assert.Equal((whole, whole == 0 ? 0 : ends[whole - 1]), (rows, bytes));
        }
    }

    [Theory]
    [InlineData("43 0000000d 'SELECT 2' 00")]
    [InlineData("64 00000004")]
    [InlineData("45 00000005 00")]
    public void Run_ends_before_another_message(string other)
        => AssertRun($"{Row} {WideRow} {other} {Row}", rows: 2, bytes: 19);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(-5)]
    [InlineData(int.MinValue)]
    [InlineData(int.MinValue + 3)]
    [InlineData(int.MinValue + 4)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MaxValue - 1)]
    [InlineData(MessageLimits.MaxLength + 1)]
    [InlineData(MessageLimits.MaxLength)]
    [InlineData(12)]
    public void Run_ends_before_a_hostile_or_unfinished_length(int length)
    {
        var buffer = WireText.Bytes($"{Row} {WideRow}");
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(8), length);
        FrameScanner.CountRowRun(buffer, MessageLimits.MaxLength, out var bytes, out var rows);
        Assert.Equal((1, 7), (rows, bytes));
    }

    [Fact]
    public void Run_ends_before_a_row_over_the_cap()
    {
        var buffer = WireText.Bytes($"{Row} {WideRow}");
        FrameScanner.CountRowRun(buffer, maxFrame: 0xA, out _, out var rows);
        Assert.Equal(1, rows);
        FrameScanner.CountRowRun(buffer, maxFrame: 0xB, out _, out rows);
        Assert.Equal(2, rows);
        FrameScanner.CountRowRun(buffer, maxFrame: FrameHeader.LengthSize, out _, out rows);
        Assert.Equal(0, rows);
    }

    [Fact]
    public void Run_of_nothing_is_empty() => AssertRun("", rows: 0, bytes: 0);

    [Fact]
    public void Run_and_scan_agree_on_every_row()
    {
        var buffer = WireText.Bytes(string.Concat(Enumerable.Repeat($"{Row} {WideRow} ", 50)) + "5a 00000005 49");
        FrameScanner.CountRowRun(buffer, MessageLimits.MaxLength, out var bytes, out var rows);
        var position = 0;
        for (var i = 0; i < rows; i++)
        {
            var scan = FrameScanner.Scan(buffer.AsSpan(position), MessageLimits.Default, FramingPhase.Session);
            Assert.Equal((FrameStatus.Complete, (byte)'D'), (scan.Status, scan.Header.Type));
            position += scan.FrameSize;
        }

        Assert.Equal(100, rows);
        Assert.Equal(position, bytes);
        Assert.Equal((byte)'Z', buffer[bytes]);
    }

    private static void AssertRun(string buffer, int rows, int bytes)
    {
        FrameScanner.CountRowRun(WireText.Bytes(buffer), MessageLimits.MaxLength, out var runBytes, out var runRows);
        Assert.Equal((rows, bytes), (runRows, runBytes));
    }
}
