using PgActors.Framing;
using PgActors.Protocol;

namespace PgActors.Engine.Tests.Framing;

public sealed class MessageLimitsTests
{
    [Theory]
    [InlineData(FramingPhase.Startup, "REvNS")]
    [InlineData(FramingPhase.Authenticated, "KSNAEZv")]
    [InlineData(FramingPhase.Session, "23CWdcGHDIEVnNAtS1sZT")]
    public void Phase_takes_its_own_types_and_no_other(FramingPhase phase, string types)
    {
        for (var type = 0; type <= byte.MaxValue; type++)
            Assert.True(types.Contains((char)type) == MessageLimits.Default.Cap(phase, (byte)type) > 0, $"{phase} {(char)type}");
    }

    [Theory]
    [InlineData(FramingPhase.Startup, 'E', 30_000)]
    [InlineData(FramingPhase.Startup, 'R', 65_536)]
    [InlineData(FramingPhase.Authenticated, 'K', 264)]
    [InlineData(FramingPhase.Authenticated, 'E', 1_048_576)]
    [InlineData(FramingPhase.Session, 'E', 1_048_576)]
    [InlineData(FramingPhase.Session, 'N', 1_048_576)]
    [InlineData(FramingPhase.Session, 'S', 65_536)]
    [InlineData(FramingPhase.Session, 'A', 16_384)]
    [InlineData(FramingPhase.Session, 'T', 16_777_216)]
    [InlineData(FramingPhase.Session, 't', 16_777_216)]
    [InlineData(FramingPhase.Session, 'Z', 5)]
    [InlineData(FramingPhase.Session, '2', 4)]
    [InlineData(FramingPhase.Session, 'G', 131_077)]
    [InlineData(FramingPhase.Session, 'D', 0x40000002)]
    [InlineData(FramingPhase.Session, 'd', 0x40000002)]
    public void Default_caps_are_those_documented(FramingPhase phase, char type, int cap)
        => Assert.Equal(cap, MessageLimits.Default.Cap(phase, (byte)type));

    [Fact]
    public void With_changes_one_cap_of_a_copy()
    {
        var narrow = MessageLimits.Default.With(FramingPhase.Session, BackendMessageType.DataRow, 100);
        Assert.Equal(100, narrow.Cap(FramingPhase.Session, (byte)'D'));
        Assert.Equal(MessageLimits.MaxLength, MessageLimits.Default.Cap(FramingPhase.Session, (byte)'D'));
        Assert.Equal(0, narrow.Cap(FramingPhase.Startup, (byte)'D'));
        Assert.Equal(0, narrow.With(FramingPhase.Session, BackendMessageType.CopyInResponse, 0).Cap(FramingPhase.Session, (byte)'G'));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(MessageLimits.MaxLength + 1)]
    public void With_refuses_a_cap_that_no_message_can_meet(int cap)
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => MessageLimits.Default.With(FramingPhase.Session, BackendMessageType.DataRow, cap));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => FrontendLimits.Default.With(FrontendPhase.Session, FrontendMessageType.Query, cap));
    }
}
