using System.Text;
using PgActors.Protocol;

namespace PgActors.Engine.Tests.Protocol;

public sealed class CommandTagTests
{
    [Theory]
    [InlineData("SELECT 0", "SELECT", 0L)]
    [InlineData("SELECT", "SELECT", null)]
    [InlineData("SELECT 9223372036854775807", "SELECT", long.MaxValue)]
    [InlineData("UPDATE 4294967296", "UPDATE", 4294967296L)]
    [InlineData("INSERT 0 5", "INSERT", 5L)]
    [InlineData("INSERT 16385 1", "INSERT", 1L)]
    [InlineData("INSERT 5", "INSERT", 5L)]
    [InlineData("MERGE 2", "MERGE", 2L)]
    [InlineData("COPY 00012", "COPY", 12L)]
    [InlineData("COPY 00000000000000000000000012", "COPY", 12L)]
    [InlineData("CREATE TABLE AS", "CREATE TABLE AS", null)]
    [InlineData("START_REPLICATION", "START_REPLICATION", null)]
    [InlineData("WAIT", "WAIT", null)]
    [InlineData("FROBNICATE THE DB 3", "FROBNICATE THE DB", 3L)]
    [InlineData("SELECT -1", "SELECT -1", null)]
    [InlineData("SELECT ", "SELECT ", null)]
    [InlineData(" 5", " 5", null)]
    [InlineData("5", "5", null)]
    [InlineData("", "", null)]
    public void TryParse_splits_words_and_count(string text, string verb, long? rows)
    {
        Assert.True(CommandTag.TryParse(Encoding.UTF8.GetBytes(text), out var tag));
        Assert.Equal(new CommandTag(verb, rows), tag);
    }

    [Theory]
    [InlineData("SELECT 9223372036854775808")]
    [InlineData("SELECT 18446744073709551615")]
    [InlineData("SELECT 18446744073709551617")]
    [InlineData("INSERT 0 99999999999999999999999999")]
    public void TryParse_refuses_a_count_beyond_64_bits(string text)
        => Assert.False(CommandTag.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("SELECT", null, "SELECT")]
    [InlineData("SELECT", 7L, "SELECT 7")]
    [InlineData("INSERT", 7L, "INSERT 0 7")]
    [InlineData("MERGE", long.MaxValue, "MERGE 9223372036854775807")]
    public void Write_and_ToString_give_the_servers_form(string verb, long? rows, string text)
    {
        using var writer = new WireWriter();
        new CommandTag(verb, rows).Write(writer);
        Assert.Equal(text, Encoding.UTF8.GetString(writer.WrittenSpan));
        Assert.Equal(text, new CommandTag(verb, rows).ToString());
    }

    [Theory]
    [InlineData("SELECT 1")]
    [InlineData("INSERT 0 1")]
    [InlineData("COMMIT")]
    [InlineData("CREATE MATERIALIZED VIEW")]
    [InlineData("DISCARD ALL")]
    public void TryParse_of_a_known_tag_takes_no_memory(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var parsed = CommandTag.TryParse(bytes, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            parsed &= CommandTag.TryParse(bytes, out _);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(parsed);
    }
}
