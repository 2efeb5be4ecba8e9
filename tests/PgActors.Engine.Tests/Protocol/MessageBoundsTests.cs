using PgActors.Protocol;
using PgActors.Rows;

namespace PgActors.Engine.Tests.Protocol;

public sealed class MessageBoundsTests
{
    [Theory]
    [InlineData(32_767)]
    [InlineData(32_768)]
    [InlineData(65_535)]
    public void Bind_with_up_to_65535_parameters_reads_back_equal(int count)
    {
        var bind = new Bind("", "", [], WireArray.Adopt(new WireArray<byte>?[count]), []);
        using var writer = new WireWriter();
        bind.Write(writer);
        Assert.True(Bind.TryRead(writer.WrittenSpan[5..], out var read));
        Assert.Equal(bind, read);
    }

    public static TheoryData<IWireMessage> OverTheCount()
    {
        const int Count = 65_536;
        var nulls = WireArray.Adopt(new WireArray<byte>?[Count]);
        var formats = WireArray.Adopt(new DataFormat[Count]);
        var oids = WireArray.Adopt(new uint[Count]);
        return new TheoryData<IWireMessage>
        {
            new Bind("", "", [], nulls, []),
            new Bind("", "", formats, [], []),
            new Bind("", "", [], [], formats),
            new Parse("", "", oids),
            new FunctionCall(1, formats, [], DataFormat.Text),
            new FunctionCall(1, [], nulls, DataFormat.Text),
            new ParameterDescription(oids),
            new DataRow(nulls),
            new RowDescription(WireArray.Adopt(new ColumnDescription[Count])),
            new CopyInResponse(DataFormat.Text, formats),
            new CopyOutResponse(DataFormat.Text, formats),
            new CopyBothResponse(DataFormat.Text, formats),
        };
    }

    [Theory]
    [MemberData(nameof(OverTheCount), DisableDiscoveryEnumeration = true)]
    public void Counts_over_65535_are_refused_before_a_byte_is_written(IWireMessage message)
    {
        using var writer = new WireWriter();
        var refusal = Assert.Throws<ArgumentException>(() => message.Write(writer));
        Assert.Contains("65,536", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("65,535", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, writer.Length);
    }

    public static TheoryData<IWireMessage> Unwritable() => new()
    {
        new Query("a\0b"),
        new Query("\ud800"),
        new Parse("s\0", "", []),
        new Parse("", "x\0", []),
        new Bind("\0", "", [], [], []),
        new Bind("", "\0", [], [], []),
        new Close(StatementOrPortal.Portal, "\0"),
        new Describe(StatementOrPortal.Portal, "\0"),
        new Execute("\0", 0),
        new CopyFail("\0"),
        new PasswordMessage("pw\0"),
        new SaslInitialResponse("\0", null),
        new StartupMessage(ProtocolVersion.Version30, [new("user", "a\0database")]),
        new StartupMessage(ProtocolVersion.Version30, [new("us\0er", "a")]),
        new StartupMessage(ProtocolVersion.Version30, [new("", "a")]),
        new CancelRequest(1, []),
        new CancelRequest(1, WireArray.Adopt(new byte[257])),
        new BackendKeyData(1, [1, 2, 3]),
        new BackendKeyData(1, WireArray.Adopt(new byte[257])),
        new AuthenticationMd5Password([1, 2, 3]),
        new AuthenticationCryptPassword([1, 2, 3]),
        new AuthenticationSasl(["", "X"]),
        new AuthenticationSasl(["X\0"]),
        new CommandComplete(new CommandTag("SELECT\0", 1)),
        new ErrorResponse(new PgError { Message = "\0" }),
        new NoticeResponse(new PgError { Where = "\0" }),
        new NegotiateProtocolVersion(ProtocolVersion.Version30, ["\0"]),
        new NotificationResponse(1, "\0", ""),
        new NotificationResponse(1, "", "\0"),
        new ParameterStatus("\0", ""),
        new ParameterStatus("", "\0"),
        new RowDescription([new ColumnDescription("\0", 0, 0, 0, 0, 0, DataFormat.Text)]),
    };

    [Theory]
    [MemberData(nameof(Unwritable), DisableDiscoveryEnumeration = true)]
    public void Append_of_what_has_no_form_throws_and_leaves_what_stood_before(IWireMessage message)
    {
        using var writer = new WireWriter();
        writer.Append(new Sync());
        Assert.ThrowsAny<ArgumentException>(() => writer.Append(message));
        writer.Append(new Flush());
        Assert.Equal(WireText.Bytes("53 00000004 48 00000004"), writer.WrittenSpan.ToArray());
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(32, true)]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void Backend_key_is_taken_from_4_to_256_bytes(int length, bool taken)
        => Assert.Equal(taken, BackendKeyData.TryRead(new byte[4 + length], out _));

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void Cancel_key_is_taken_from_1_to_256_bytes(int length, bool taken)
        => Assert.Equal(taken, CancelRequest.TryRead([.. WireText.Bytes("04d2162e 00000001"), .. new byte[length]], out _));

    [Theory]
    [InlineData(BackendMessageType.ReadyForQuery, "'X'")]
    [InlineData(BackendMessageType.ReadyForQuery, "00")]
    [InlineData(BackendMessageType.CopyInResponse, "02 0000")]
    [InlineData(BackendMessageType.CopyOutResponse, "00 0001 0002")]
    [InlineData(BackendMessageType.CopyBothResponse, "00 0001 ffff")]
    [InlineData(BackendMessageType.RowDescription, "0001 00 00000000 0000 00000017 0004 ffffffff 0002")]
    [InlineData(BackendMessageType.CommandComplete, "'SELECT 9223372036854775808' 00")]
    [InlineData(BackendMessageType.NegotiateProtocolVersion, "00030000 ffffffff")]
    [InlineData(BackendMessageType.NegotiateProtocolVersion, "00030000 00000001")]
    public void Values_outside_their_range_are_malformed(BackendMessageType type, string body)
        => Assert.False(BackendMessages.TryRead((byte)type, WireText.Bytes(body), out _));

    [Theory]
    [InlineData(FrontendMessageType.Close, "'X' 00")]
    [InlineData(FrontendMessageType.Describe, "00 00")]
    public void Target_other_than_statement_and_portal_is_malformed(FrontendMessageType type, string body)
        => Assert.False(FrontendMessages.TryRead(FrontendPhase.Session, (byte)type, WireText.Bytes(body), out _));

    [Fact]
    public void Parameter_description_of_65536_types_that_counts_none_is_malformed()
        => Assert.False(ParameterDescription.TryRead(new byte[2 + (4 * 65_536)], out _));

    [Fact]
    public void Secrets_do_not_reach_the_text_of_a_message()
    {
        Assert.DoesNotContain("hunter2", new PasswordMessage("hunter2").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("222", new BackendKeyData(1, [222, 222, 222, 222]).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("222", new CancelRequest(1, [222, 222, 222, 222]).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("222", new DataRow([(WireArray<byte>)[222]]).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Row_description_makes_a_layout_of_its_columns()
    {
        var column = new ColumnDescription("id", 0, 0, 23, 4, -1, DataFormat.Binary);
        var layout = new RowDescription([column]).ToLayout();
        Assert.Equal(1, layout.Count);
        Assert.Equal(column, layout[0]);
        Assert.Same(RowLayout.Empty, new RowDescription([]).ToLayout());
    }
}
