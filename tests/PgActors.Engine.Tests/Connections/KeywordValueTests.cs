namespace PgActors.Engine.Tests.Connections;

public sealed class KeywordValueTests
{
    [Theory]
    [InlineData("user=u application_name=x", "x")]
    [InlineData("  user = u \t\r\n\f\v application_name  =  x  ", "x")]
    [InlineData("user=u application_name='x y'", "x y")]
    [InlineData("application_name='x'user=u", "x")]
    [InlineData(@"user=u application_name=a\ b\'\\c", @"a b'\c")]
    [InlineData(@"user=u application_name='\'\\\n'", @"'\n")]
    [InlineData(@"user=u application_name=a\", "a")]
    [InlineData("user=u application_name=a=b", "a=b")]
    [InlineData("user=u application_name=a'b'", "a'b'")]
    [InlineData("user=u application_name=first application_name=second", "second")]
    [InlineData("user=u application_name=ä€😀", "ä€😀")]
    public void Values_are_bare_or_quoted(string text, string expected)
    {
        var options = PgConnectionOptions.Parse(text);

        Assert.Equal("u", options.User);
        Assert.Equal(expected, options.ApplicationName);
    }

    [Fact]
    public void Blanks_after_the_sign_are_skipped_even_before_another_pair_as_in_libpq()
        => Assert.Equal("port=5", PgConnectionOptions.Parse("user=u application_name= port=5").ApplicationName);

    [Theory]
    [InlineData("user=u application_name=''")]
    [InlineData("user=u application_name=")]
    public void Empty_value_means_the_default(string text) => Assert.Null(PgConnectionOptions.Parse(text).ApplicationName);

    [Theory]
    [InlineData("shop", 0, "no '='")]
    [InlineData("user=u shop", 7, "no '='")]
    [InlineData("user=u dbname 'x'", 7, "no '='")]
    [InlineData("user=u dbname='x", 14, "no closing quote")]
    [InlineData(@"user=u dbname='x\'", 14, "no closing quote")]
    [InlineData("user=u =x", 7, "'' is not a connection option")]
    [InlineData("user=u SSLMODE=require", 7, "did you mean 'sslmode'?")]
    [InlineData("user=u sslmode='requir'", 16, "did you mean 'require'?")]
    [InlineData(@"user=u sslmode=requir\e\d", 15, "did you mean 'require'?")]
    [InlineData("user=u port=1,2", 12, "2 in 'port' for 1 host(s)")]
    [InlineData("user=u host=a,b port=1,x", 23, "'x' is not a port")]
    [InlineData("user=u host='a, b'", 15, "A host name cannot hold")]
    [InlineData("user=u dbname=postgres://a@b/c", 14, "Give the URI itself")]
    public void Malformed_text_is_refused_at_its_place(string text, int position, string message)
    {
        var error = Assert.Throws<PgOptionsException>(() => PgConnectionOptions.Parse(text));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(position, error.Position);
    }

    [Theory]
    [InlineData("Host=h;Username=u;Password=hunter2;Database=d", "ADO.NET")]
    [InlineData("Server=h;User Id=u;Password=hunter2", "ADO.NET")]
    [InlineData("host=h;user=u;password=hunter2", "ADO.NET")]
    [InlineData("jdbc:postgresql://h/d?user=u&password=hunter2", "JDBC")]
    [InlineData("pg://u:hunter2@h/d", "scheme")]
    [InlineData("postgres:/u:hunter2@h/d", "no '='")]
    public void Text_of_another_driver_is_recognised(string text, string message)
    {
        var error = Assert.Throws<PgOptionsException>(() => PgConnectionOptions.Parse(text));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }
}
