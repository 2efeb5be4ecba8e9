namespace PgActors.Streams.Tests.Statements;

public sealed class PgIdentifierTests
{
    private const int MaxBytes = 63;

    [Theory]
    [InlineData("orders", "\"orders\"")]
    [InlineData("Orders", "\"Orders\"")]
    [InlineData("select", "\"select\"")]
    [InlineData("with space", "\"with space\"")]
    [InlineData("a.b", "\"a.b\"")]
    [InlineData("\"", "\"\"\"\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("\"\"", "\"\"\"\"\"\"")]
    [InlineData("x\"; drop table orders; --", "\"x\"\"; drop table orders; --\"")]
    [InlineData("\\\"", "\"\\\"\"\"")]
    [InlineData("'", "\"'\"")]
    [InlineData("$1", "\"$1\"")]
    [InlineData("line\nbreak", "\"line\nbreak\"")]
    [InlineData("größe", "\"größe\"")]
    [InlineData("🐘", "\"🐘\"")]
    public void Name_is_quoted_whatever_it_holds(string name, string expected) =>
        Assert.Equal(expected, new PgIdentifier(name).ToString());

    [Fact]
    public void Parts_are_quoted_one_by_one() =>
        Assert.Equal("\"my shop\".\"a\"\"b\".\"c.d\"", new PgIdentifier("my shop", "a\"b", "c.d").ToString());

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("\0")]
    public void Name_that_cannot_be_sent_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => new PgIdentifier(name));
        Assert.Throws<ArgumentException>(() => new PgIdentifier("shop", name));
    }

    [Theory]
    [InlineData(0xD83D)]
    [InlineData(0xDC18)]
    public void Lone_surrogate_is_refused(int codeUnit) =>
        Assert.ThrowsAny<ArgumentException>(() => new PgIdentifier($"a{(char)codeUnit}b"));

    [Fact]
    public void Identifier_without_parts_is_refused() => Assert.Throws<ArgumentException>(() => new PgIdentifier([]));

    [Fact]
    public void Longest_name_is_63_bytes_of_utf8()
    {
        Assert.Equal(MaxBytes + 2, new PgIdentifier(new string('a', MaxBytes)).ToString().Length);
        Assert.Throws<ArgumentException>(() => new PgIdentifier(new string('a', MaxBytes + 1)));

        // An umlaut has two bytes: 31 of them fit, 32 do not.
        Assert.Equal(31 + 2, new PgIdentifier(new string('ä', 31)).ToString().Length);
        Assert.Throws<ArgumentException>(() => new PgIdentifier(new string('ä', 32)));
    }

    [Fact]
    public void Quotes_do_not_count_as_length() =>
        Assert.Equal((2 * MaxBytes) + 2, new PgIdentifier(new string('"', MaxBytes)).ToString().Length);

    [Fact]
    public void Identifier_that_was_never_made_has_no_text() =>
        Assert.Throws<InvalidOperationException>(() => default(PgIdentifier).ToString());
}
