using System.Text;
using PgActors.Sessions;

namespace PgActors.Engine.Tests.Sessions;

public sealed class SqlStatementTests
{
    [Fact]
    public void Statement_keeps_its_text_and_types()
    {
        uint[] types = [23, 0];
        var statement = new SqlStatement("select $1, $2, 'é'", types);
        types[0] = 1;

        Assert.Equal("select $1, $2, 'é'", statement.Text);
        Assert.Equal("select $1, $2, 'é'", statement.ToString());
        Assert.Equal("select $1, $2, 'é'"u8.ToArray(), statement.Utf8.ToArray());
        Assert.Equal([23u, 0u], statement.ParameterTypes.ToArray());
        Assert.Equal(StatementVerb.Data, statement.Verb);
    }

    [Fact]
    public void Most_parameters_that_the_wire_can_count_are_taken()
        => Assert.Equal(65_535, new SqlStatement("select 1", new uint[65_535]).ParameterTypes.Length);

    [Fact]
    public void One_parameter_more_is_refused_with_advice()
    {
        var refused = Assert.Throws<ArgumentException>(() => new SqlStatement("select 1", new uint[65_536]));
        Assert.Contains("unnest", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("select 1\0")]
    [InlineData("\0")]
    public void Nul_is_refused(string text) => Assert.Throws<ArgumentException>(() => new SqlStatement(text));

    [Fact]
    public void Lone_surrogate_is_refused()
    {
        Assert.Throws<EncoderFallbackException>(() => new SqlStatement("select '\ud800'"));
        Assert.IsType<ArgumentException>(new EncoderFallbackException(), exactMatch: false);
    }

    [Fact]
    public void Pair_of_surrogates_is_one_character_of_four_bytes() => Assert.Equal(4, new SqlStatement("\U0001F418").Utf8.Length);
}
