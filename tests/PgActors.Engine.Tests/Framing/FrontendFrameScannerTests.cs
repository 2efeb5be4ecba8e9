using System.Buffers.Binary;
using PgActors.Engine.Tests.Protocol;
using PgActors.Framing;
using PgActors.Protocol;

namespace PgActors.Engine.Tests.Framing;

public sealed class FrontendFrameScannerTests
{
    [Theory]
    [InlineData(7, FrameStatus.Violation)]
    [InlineData(0, FrameStatus.Violation)]
    [InlineData(-1, FrameStatus.Violation)]
    [InlineData(int.MinValue, FrameStatus.Violation)]
    [InlineData(8, FrameStatus.Incomplete)]
    [InlineData(10_004, FrameStatus.Incomplete)]
    [InlineData(10_005, FrameStatus.Violation)]
    [InlineData(int.MaxValue, FrameStatus.Violation)]
    public void Start_up_packet_is_bounded_as_PostgreSQL_does(int length, FrameStatus status)
    {
        var header = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(header, length);
        var scan = FrontendFrameScanner.Scan(header, FrontendLimits.Default, FrontendPhase.Startup);
        Assert.Equal(status, scan.Status);
        Assert.Equal(status == FrameStatus.Violation ? 0 : length, scan.FrameSize);
    }

    [Fact]
    public void Violation_of_a_start_up_packet_is_named_so()
    {
        var scan = FrontendFrameScanner.Scan("GET / HTTP/1.1"u8, FrontendLimits.Default, FrontendPhase.Startup);
        Assert.Equal("Message start-up packet of length 1195725856 is over the cap of 10004.", scan.Violation.ToString());
    }

    [Theory]
    [InlineData(FrontendPhase.Session, 'Q', 0x3FFFFFFE)]
    [InlineData(FrontendPhase.Session, 'F', 0x3FFFFFFE)]
    [InlineData(FrontendPhase.Session, 'B', 0x3FFFFFFE)]
    [InlineData(FrontendPhase.Session, 'P', 0x3FFFFFFE)]
    [InlineData(FrontendPhase.Session, 'd', 0x3FFFFFFE)]
    [InlineData(FrontendPhase.Session, 'C', 10_000)]
    [InlineData(FrontendPhase.Session, 'D', 10_000)]
    [InlineData(FrontendPhase.Session, 'E', 10_000)]
    [InlineData(FrontendPhase.Session, 'H', 10_000)]
    [InlineData(FrontendPhase.Session, 'S', 10_000)]
    [InlineData(FrontendPhase.Session, 'X', 10_000)]
    [InlineData(FrontendPhase.Session, 'c', 10_000)]
    [InlineData(FrontendPhase.Session, 'f', 10_000)]
    [InlineData(FrontendPhase.Password, 'p', 65_535)]
    [InlineData(FrontendPhase.Gss, 'p', 65_535)]
    [InlineData(FrontendPhase.SaslInitial, 'p', 65_535)]
    [InlineData(FrontendPhase.Sasl, 'p', 65_535)]
    public void Length_at_the_cap_waits_and_one_more_is_a_violation(FrontendPhase phase, char type, int cap)
    {
        Assert.Equal(cap, FrontendLimits.Default.Cap(phase, (byte)type));
        Assert.Equal(FrameStatus.Incomplete, Scan(phase, type, cap).Status);
        Assert.Equal(FrameStatus.Violation, Scan(phase, type, cap + 1).Status);
        Assert.Equal(FrameStatus.Violation, Scan(phase, type, 3).Status);
    }

    [Fact]
    public void Query_before_authentication_and_password_after_it_are_violations()
    {
        Assert.Equal(FrameViolationKind.UnexpectedType, Scan(FrontendPhase.Password, 'Q', 4).Violation.Kind);
        Assert.Equal(FrameViolationKind.UnexpectedType, Scan(FrontendPhase.Session, 'p', 4).Violation.Kind);
    }

    [Fact]
    public void With_narrows_a_phase_to_what_its_mechanism_needs()
    {
        var scram = FrontendLimits.Default.With(
            FrontendPhase.Sasl, FrontendMessageType.AuthenticationResponse, FrontendLimits.ScramMessage);
        Assert.Equal(1024, scram.Cap(FrontendPhase.Sasl, (byte)'p'));
        Assert.Equal(65_535, scram.Cap(FrontendPhase.SaslInitial, (byte)'p'));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => scram.With(FrontendPhase.Startup, FrontendMessageType.Query, 100));
    }

    [Fact]
    public void Conversation_split_at_every_byte_is_followed_through_its_phases()
    {
        MessageSample[] expected =
        [
            .. FrontendSamples.All.Where(sample => sample.Message is SslRequest),
            .. FrontendSamples.All.Where(sample => sample.Message is StartupMessage),
            .. FrontendSamples.All.Where(sample => sample.Message is SaslInitialResponse),
            .. FrontendSamples.All.Where(sample => sample.Message is SaslResponse),
            .. FrontendSamples.All.Where(sample => sample.Phase == FrontendPhase.Session),
        ];
        var stream = expected.SelectMany(sample => sample.Frame).ToArray();
        var count = 0;
        var start = 0;
        for (var end = 0; end <= stream.Length; end++)
        {
            while (count < expected.Length)
            {
                var phase = expected[count].Phase!.Value;
                var buffer = stream.AsSpan(start, end - start);
                var scan = FrontendFrameScanner.Scan(buffer, FrontendLimits.Default, phase);
                if (scan.Status != FrameStatus.Complete)
                    break;
                Assert.True(FrontendMessages.TryRead(phase, scan.Header.Type, scan.Body(buffer), out var message));
                Assert.True(expected[count].Message.Equals(message));
                start += scan.FrameSize;
                count++;
            }
        }

        Assert.Equal(expected.Length, count);
        Assert.Equal(stream.Length, start);
    }

    private static FrameScan Scan(FrontendPhase phase, char type, int length)
    {
        Span<byte> header = stackalloc byte[FrameHeader.Size];
        header[0] = (byte)type;
        BinaryPrimitives.WriteInt32BigEndian(header[1..], length);
        return FrontendFrameScanner.Scan(header, FrontendLimits.Default, phase);
    }
}
