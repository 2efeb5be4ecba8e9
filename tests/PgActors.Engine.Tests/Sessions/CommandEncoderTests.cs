using PgActors.Protocol;
using PgActors.Sessions;

namespace PgActors.Engine.Tests.Sessions;

/// <summary>The hot path's writer against the messages' own.</summary>
public sealed class CommandEncoderTests
{
    private static readonly SqlStatement Statement = new("select $1 + $2 -- é", [23, 0]);

    [Theory]
    [InlineData("")]
    [InlineData("p_1")]
    public void Parse_is_that_of_the_message(string name) => AssertSame(
        new Parse(name, Statement.Text, [23u, 0u]), writer => CommandEncoder.WriteParse(writer, WireTextOf(name), Statement));

    [Theory]
    [InlineData("")]
    [InlineData("p_1")]
    public void Bind_is_that_of_the_message(string name) => AssertSame(
        new Bind("", name, [DataFormat.Binary], [WireArray.Create<byte>([0, 0, 0, 7]), null], [DataFormat.Binary]),
        writer => CommandEncoder.WriteBind(writer, default, WireTextOf(name), 2, [0, 0, 0, 4, 0, 0, 0, 7, 0xFF, 0xFF, 0xFF, 0xFF]));

    [Theory]
    [InlineData("", "")]
    [InlineData("c_1", "p_1")]
    public void Bind_in_pieces_is_that_of_the_message(string portal, string name) => AssertSame(
        new Bind(portal, name, [DataFormat.Binary], [WireArray.Create<byte>([0, 0, 0, 7]), null], [DataFormat.Text, DataFormat.Binary]),
        writer =>
        {
            CommandEncoder.BeginBind(writer, WireTextOf(portal), WireTextOf(name), 2, 12, 2);
            writer.WriteBytes([0, 0, 0, 4, 0, 0, 0, 7]);
            writer.WriteNull();
            CommandEncoder.EndBind(writer, [DataFormat.Text, DataFormat.Binary]);
        });

    [Theory]
    [InlineData(WireWriter.MaxMessageLength)]
    [InlineData(uint.MaxValue)]
    [InlineData(1L << 62)]
    public void Bind_in_pieces_that_is_too_large_is_refused_before_a_byte_is_written(long parameters)
    {
        using var writer = new WireWriter();
        Assert.Throws<WireLimitException>(() => CommandEncoder.BeginBind(writer, default, default, 1, parameters, 1));
        Assert.Equal(0, writer.Length);
    }

    [Fact]
    public void Describe_of_a_statement_is_that_of_the_message() => AssertSame(
        new Describe(StatementOrPortal.Statement, "p_1"), writer => CommandEncoder.WriteDescribeStatement(writer, "p_1"u8));

    [Fact]
    public void Bind_without_parameters_is_that_of_the_message() => AssertSame(
        new Bind("", "", [DataFormat.Binary], default, [DataFormat.Binary]),
        writer => CommandEncoder.WriteBind(writer, default, default, 0, default));

    [Fact]
    public void Bind_of_too_many_parameters_is_refused_before_a_byte_is_written()
    {
        using var writer = new WireWriter();
        Assert.Throws<ArgumentException>(() => CommandEncoder.WriteBind(writer, default, default, 65_536, default));
        Assert.Equal(0, writer.Length);
    }

    [Fact]
    public void Bind_of_a_portal_with_a_name_is_that_of_the_message() => AssertSame(
        new Bind("c_1", "p_1", [DataFormat.Binary], default, [DataFormat.Binary]),
        writer => CommandEncoder.WriteBind(writer, "c_1"u8, "p_1"u8, 0, default));

    [Theory]
    [InlineData("")]
    [InlineData("c_1")]
    public void Describe_is_that_of_the_message(string portal) => AssertSame(
        new Describe(StatementOrPortal.Portal, portal), writer => CommandEncoder.WriteDescribe(writer, WireTextOf(portal)));

    [Fact]
    public void Close_of_a_portal_is_that_of_the_message() => AssertSame(
        new Close(StatementOrPortal.Portal, "c_1"), writer => CommandEncoder.WriteClosePortal(writer, "c_1"u8));

    [Theory]
    [InlineData("", 0)]
    [InlineData("", 1)]
    [InlineData("", int.MaxValue)]
    [InlineData("c_1", 7)]
    public void Execute_is_that_of_the_message(string portal, int limit) => AssertSame(
        new Execute(portal, limit), writer => CommandEncoder.WriteExecute(writer, WireTextOf(portal), limit));

    [Fact]
    public void Close_is_that_of_the_message() => AssertSame(
        new Close(StatementOrPortal.Statement, "p_1"), writer => CommandEncoder.WriteClose(writer, "p_1"u8));

    [Fact]
    public void Sync_flush_and_terminate_are_those_of_the_messages()
    {
        AssertSame(default(Sync), CommandEncoder.WriteSync);
        AssertSame(default(Flush), CommandEncoder.WriteFlush);
        AssertSame(default(Terminate), CommandEncoder.WriteTerminate);
    }

    [Fact]
    public void Query_is_that_of_the_message() => AssertSame(
        new Query(Statement.Text), writer => CommandEncoder.WriteQuery(writer, Statement));

    [Fact]
    public void Command_in_one_write_has_the_bytes_of_the_documentation()
    {
        using var writer = new WireWriter();
        CommandEncoder.WriteParse(writer, "a"u8, new SqlStatement("x", [25]));
        CommandEncoder.WriteBind(writer, default, "a"u8, 0, default);
        CommandEncoder.WriteDescribe(writer, default);
        CommandEncoder.WriteExecute(writer, default, 0);
        CommandEncoder.WriteSync(writer);
        Assert.Equal(
            "500000000E610078000001000000194200000011006100000100010000000100014400000006500045000000090000000000"
                + "5300000004",
            Convert.ToHexString(writer.WrittenSpan));
    }

    private static byte[] WireTextOf(string name) => System.Text.Encoding.UTF8.GetBytes(name);

    private static void AssertSame<TMessage>(TMessage message, Action<WireWriter> write)
        where TMessage : struct, IFrontendMessage
    {
        using var expected = new WireWriter();
        using var actual = new WireWriter();
        message.Write(expected);
        write(actual);
        Assert.Equal(Convert.ToHexString(expected.WrittenSpan), Convert.ToHexString(actual.WrittenSpan));
    }
}
