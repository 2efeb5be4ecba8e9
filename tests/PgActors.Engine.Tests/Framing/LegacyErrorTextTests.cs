using PgActors.Engine.Tests.Protocol;
using PgActors.Framing;

namespace PgActors.Engine.Tests.Framing;

public sealed class LegacyErrorTextTests
{
    [Fact]
    public void Error_of_protocol_2_is_a_violation_as_a_frame_and_read_as_text()
    {
        var buffer = WireText.Bytes("'Ecould not fork new process' 0a 00");
        var scan = FrameScanner.Scan(buffer, MessageLimits.Default, FramingPhase.Startup);
        Assert.Equal(FrameViolationKind.OverCap, scan.Violation.Kind);
        Assert.True(LegacyErrorText.TryRead(buffer, out var text));
        Assert.Equal("could not fork new process", text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("'E'")]
    [InlineData("'Ehalf'")]
    [InlineData("'Rtext' 00")]
    public void Text_that_is_none_or_not_ended_is_refused(string buffer)
        => Assert.False(LegacyErrorText.TryRead(WireText.Bytes(buffer), out _));

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Text_is_looked_at_up_to_its_bound(int over, bool read)
    {
        byte[] buffer = [(byte)'E', .. Enumerable.Repeat((byte)'x', LegacyErrorText.MaxLength - 1 + over), 0];
        Assert.Equal(read, LegacyErrorText.TryRead(buffer, out _));
    }
}
