using System.Buffers.Binary;
using PgActors.Engine.Tests.Protocol;
using PgActors.Framing;
using PgActors.Protocol;

namespace PgActors.Engine.Tests.Framing;

public sealed class FrameScannerTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MinValue + 3)]
    public void Length_below_its_own_four_bytes_is_a_violation(int length)
    {
        var scan = Scan(FramingPhase.Session, 'D', length);
        Assert.Equal(FrameStatus.Violation, scan.Status);
        Assert.Equal(FrameViolationKind.TooShort, scan.Violation.Kind);
        Assert.Equal(0, scan.FrameSize);
    }

    [Fact]
    public void Length_at_the_cap_waits_and_one_more_is_a_violation()
    {
        foreach (var phase in Enum.GetValues<FramingPhase>())
        {
            for (var type = 0; type <= byte.MaxValue; type++)
            {
                var cap = MessageLimits.Default.Cap(phase, (byte)type);
                if (cap == 0)
                    continue;
                Assert.NotEqual(FrameStatus.Violation, Scan(phase, (char)type, cap).Status);
                var over = Scan(phase, (char)type, cap + 1);
                Assert.Equal(FrameStatus.Violation, over.Status);
                Assert.Equal(FrameViolationKind.OverCap, over.Violation.Kind);
            }
        }
    }

    [Fact]
    public void Type_without_a_cap_is_a_violation_whatever_its_length()
    {
        foreach (var length in new[] { 4, 5, int.MaxValue, 0, -1 })
        {
            Assert.Equal(FrameViolationKind.UnexpectedType, Scan(FramingPhase.Session, '@', length).Violation.Kind);
            Assert.Equal(FrameStatus.Violation, Scan(FramingPhase.Session, '@', length).Status);
            Assert.Equal(FrameStatus.Violation, Scan(FramingPhase.Startup, 'D', length).Status);
        }
    }

    [Fact]
    public void Violation_names_type_length_and_cap()
    {
        Assert.Equal("Message 'Z' of length 6 is over the cap of 5.", Scan(FramingPhase.Session, 'Z', 6).Violation.ToString());
        Assert.Equal(
            "Message 'E' of length -2 is shorter than its own length word (cap 1048576).",
            Scan(FramingPhase.Session, 'E', -2).Violation.ToString());
        Assert.Equal("Message 0x07 of length 9 has no place here (cap 0).", Scan(FramingPhase.Session, '\a', 9).Violation.ToString());
    }

    [Fact]
    public void Header_of_a_huge_row_says_its_size_without_overflow()
    {
        var scan = Scan(FramingPhase.Session, 'D', MessageLimits.MaxLength);
        Assert.Equal(FrameStatus.Incomplete, scan.Status);
        Assert.Equal(MessageLimits.MaxLength + 1, scan.FrameSize);
    }

    [Fact]
    public void Stream_split_at_every_byte_gives_the_same_messages()
    {
        var expected = BackendSamples.All.Where(sample => MessageLimits.Default.Cap(FramingPhase.Session, sample.Type) > 0).ToArray();
        var stream = expected.SelectMany(sample => sample.Frame).ToArray();
        var read = new List<IBackendMessage>();
        var start = 0;
        for (var end = 0; end <= stream.Length; end++)
        {
            while (true)
            {
                var buffer = stream.AsSpan(start, end - start);
                var scan = FrameScanner.Scan(buffer, MessageLimits.Default, FramingPhase.Session);
                if (scan.Status != FrameStatus.Complete)
                {
                    Assert.Equal(FrameStatus.Incomplete, scan.Status);
                    Assert.True(scan.FrameSize > buffer.Length);
                    break;
                }

                Assert.True(BackendMessages.TryRead(scan.Header.Type, scan.Body(buffer), out var message));
                read.Add(message);
                start += scan.FrameSize;
            }
        }

        Assert.Equal(stream.Length, start);
        Assert.Equal(expected.Select(sample => (object)sample.Message), read.Cast<object>());
    }

    private static FrameScan Scan(FramingPhase phase, char type, int length)
    {
        Span<byte> header = stackalloc byte[FrameHeader.Size];
        header[0] = (byte)type;
        BinaryPrimitives.WriteInt32BigEndian(header[1..], length);
        return FrameScanner.Scan(header, MessageLimits.Default, phase);
    }
}
