using PgActors.Protocol;

namespace PgActors.Engine.Tests.Protocol;

public sealed class MessageDispatchTests
{
    [Fact]
    public void Backend_type_bytes_without_a_message_are_refused()
    {
        for (var type = 0; type <= byte.MaxValue; type++)
        {
            if (!Enum.IsDefined((BackendMessageType)type))
                Assert.False(BackendMessages.TryRead((byte)type, [], out _));
        }
    }

    [Theory]
    [InlineData("0000000d")]
    [InlineData("ffffffff")]
    [InlineData("7fffffff")]
    [InlineData("000000")]
    public void Authentication_code_unknown_or_cut_is_refused(string body)
        => Assert.False(BackendMessages.TryRead((byte)'R', WireText.Bytes(body), out _));

    [Fact]
    public void Authentication_code_of_a_later_server_can_be_named()
    {
        Assert.True(BackendMessages.TryReadAuthenticationCode(WireText.Bytes("00000063 01"), out var code));
        Assert.Equal(99, (int)code);
        Assert.False(BackendMessages.TryReadAuthenticationCode([0, 0, 0], out _));
    }

    [Fact]
    public void Authentication_message_refuses_the_code_of_another()
    {
        Assert.False(AuthenticationOk.TryRead(WireText.Bytes("00000003"), out _));
        Assert.False(AuthenticationSaslFinal.TryRead(WireText.Bytes("0000000b 01"), out _));
        Assert.False(AuthenticationMd5Password.TryRead(WireText.Bytes("00000004 01020304"), out _));
    }

    [Theory]
    [InlineData(FrontendPhase.Password)]
    [InlineData(FrontendPhase.Gss)]
    [InlineData(FrontendPhase.SaslInitial)]
    [InlineData(FrontendPhase.Sasl)]
    public void Client_asked_for_credentials_may_answer_or_leave_and_nothing_else(FrontendPhase phase)
    {
        Assert.True(FrontendMessages.TryRead(phase, (byte)'X', [], out var message));
        Assert.Equal(new Terminate(), message);
        for (var type = 0; type <= byte.MaxValue; type++)
        {
            if (type is not ('p' or 'X'))
                Assert.False(FrontendMessages.TryRead(phase, (byte)type, [], out _));
        }
    }

    [Fact]
    public void Credentials_have_no_place_in_a_session()
    {
        Assert.False(FrontendMessages.TryRead(FrontendPhase.Session, (byte)'p', [0], out _));
        for (var type = 0; type <= byte.MaxValue; type++)
        {
            if (!Enum.IsDefined((FrontendMessageType)type))
                Assert.False(FrontendMessages.TryRead(FrontendPhase.Session, (byte)type, [], out _));
        }
    }

    [Fact]
    public void Start_up_message_refuses_the_packets_that_only_look_like_one()
    {
        Assert.False(StartupMessage.TryRead(WireText.Bytes("04d2162f 00"), out _));
        Assert.False(StartupMessage.TryRead(WireText.Bytes("04d21631 00"), out _));
        Assert.False(SslRequest.TryRead(WireText.Bytes("04d21630"), out _));
        Assert.False(GssEncRequest.TryRead(WireText.Bytes("04d2162f"), out _));
        Assert.False(CancelRequest.TryRead(WireText.Bytes("04d2162f 00000001 01"), out _));
    }

    [Theory]
    [InlineData("00030000 'user' 00 'a' 00 00 'b' 00 00")]
    [InlineData("00030000 'user' 00 'a' 00")]
    [InlineData("00030000 'user' 00 00")]
    [InlineData("00030000")]
    public void Start_up_message_whose_terminator_is_not_its_last_byte_is_malformed(string packet)
        => Assert.False(StartupMessage.TryRead(WireText.Bytes(packet), out _));

    [Fact]
    public void Start_up_message_keeps_repeated_names_and_empty_values()
    {
        Assert.True(StartupMessage.TryRead(WireText.Bytes("00030000 'a' 00 00 'a' 00 'b' 00 00"), out var message));
        Assert.Equal(new StartupMessage(ProtocolVersion.Version30, [new("a", ""), new("a", "b")]), message);
    }
}
