namespace PgActors.Engine.Tests.Connections;

public sealed class ConnectionUriTests
{
    [Theory]
    [InlineData("postgres://app@localhost/shop")]
    [InlineData("postgresql://app@localhost/shop")]
    [InlineData("PostgreSQL://app@localhost/shop")]
    public void Scheme_of_either_name_is_accepted(string text)
    {
        var options = PgConnectionOptions.Parse(text);

        Assert.Equal("app", options.User);
        Assert.Equal("shop", options.Database);
        Assert.Equal([new PgHost("localhost")], options.Hosts);
        Assert.Null(options.Password);
    }

    [Theory]
    [InlineData("postgres://u:pw@h:1/d", "u", "pw", "h", 1, "d")]
    [InlineData("postgres://u:pw@h", "u", "pw", "h", 5432, null)]
    [InlineData("postgres://u@h:/", "u", null, "h", 5432, null)]
    [InlineData("postgres://u:@h/d", "u", null, "h", 5432, "d")]
    [InlineData("postgres://u:a:b@h", "u", "a:b", "h", 5432, null)]
    [InlineData("postgres://u@:7/d", "u", null, "localhost", 7, "d")]
    [InlineData("postgres://u@/d", "u", null, "localhost", 5432, "d")]
    [InlineData("postgres://u@?port=9", "u", null, "localhost", 9, null)]
    [InlineData("postgres://u@h/d/e#f", "u", null, "h", 5432, "d/e#f")]
    [InlineData("postgres://u@h/a@b", "u", null, "h", 5432, "a@b")]
    [InlineData("postgres://u:p?q@h/d", "u", "p?q", "h", 5432, "d")]
    [InlineData("postgres://%75%40:p%3A%2F%25@h/%C3%A4%20b", "u@", "p:/%", "h", 5432, "ä b")]
    [InlineData("postgres://u@h/a+b", "u", null, "h", 5432, "a+b")]
    [InlineData("postgres:// u @ h / d ", "u", null, "h", 5432, "d")]
    [InlineData("postgres://h?user=u", "u", null, "h", 5432, null)]
    [InlineData("postgres://%2Ftmp%2Fpg/d?user=u", "u", null, "/tmp/pg", 5432, "d")]
    public void Parts_are_split_first_and_decoded_then(string text, string user, string? password, string host, int port, string? database)
    {
        var options = PgConnectionOptions.Parse(text);

        Assert.Equal(user, options.User);
        Assert.Equal(password, options.Password?.Reveal());
        Assert.Equal(new PgHost(host, null, port), Assert.Single(options.Hosts));
        Assert.Equal(database, options.Database);
    }

    [Fact]
    public void Ipv6_host_stands_in_brackets()
    {
        Assert.Equal([new PgHost("::1", null, 7)], PgConnectionOptions.Parse("postgres://u@[::1]:7/d").Hosts);
        Assert.Equal([new PgHost("::1")], PgConnectionOptions.Parse("postgres://u@[::1]?dbname=d").Hosts);
        Assert.Equal([new PgHost("fe80::1%eth0"), new PgHost("h")], PgConnectionOptions.Parse("postgres://u@[fe80::1%25eth0],h").Hosts);
    }

    [Fact]
    public void Several_hosts_have_a_port_each_or_the_default()
    {
        Assert.Equal(
            [new PgHost("h1"), new PgHost("h2", null, 5), new PgHost("::1", null, 6)],
            PgConnectionOptions.Parse("postgres://u@h1,h2:5,[::1]:6/d").Hosts);
    }

    [Fact]
    public void Encoded_comma_separates_hosts_as_in_libpq()
        => Assert.Equal([new PgHost("a"), new PgHost("b")], PgConnectionOptions.Parse("postgres://u@a%2Cb").Hosts);

    [Fact]
    public void Query_overrides_the_parts_before_it_and_later_items_earlier_ones()
    {
        var options = PgConnectionOptions.Parse(
            "postgres://u:p@h:1/d?user=u2&password=p2&host=h2&port=2&dbname=d1&dbname=d2&application_name=a%26b%3Dc&");

        Assert.Equal("u2", options.User);
        Assert.Equal("p2", options.Password?.Reveal());
        Assert.Equal([new PgHost("h2", null, 2)], options.Hosts);
        Assert.Equal("d2", options.Database);
        Assert.Equal("a&b=c", options.ApplicationName);
    }

    [Fact]
    public void Query_names_are_decoded()
        => Assert.Equal(TlsMode.Require, PgConnectionOptions.Parse("postgres://u@h?ssl%6Dode=require").SslMode);

    [Fact]
    public void Ssl_true_is_the_one_word_taken_from_jdbc()
    {
        Assert.Equal(TlsMode.Require, PgConnectionOptions.Parse("postgres://u@h/d?ssl=true").SslMode);
        var error = Assert.Throws<PgOptionsException>(() => PgConnectionOptions.Parse("postgres://u@h/d?ssl=false"));
        Assert.StartsWith("'ssl' is not a connection option (did you mean 'sslmode'?).", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://u@[::1", 13, "has no ']'")]
    [InlineData("postgres://u@[]/d", 13, "no address between")]
    [InlineData("postgres://u@[::1]x/d", 18, "After the ']'")]
    [InlineData("postgres://u@::1/d", 14, "An IPv6 address stands in brackets")]
    [InlineData("postgres://u%4@h", 12, "two hexadecimal digits")]
    [InlineData("postgres://u@h/%", 15, "two hexadecimal digits")]
    [InlineData("postgres://u@h/%g0", 15, "two hexadecimal digits")]
    [InlineData("postgres://u@h/a%00b", 16, "%00")]
    [InlineData("postgres://u@h/%FF", 15, "not UTF-8")]
    [InlineData("postgres://u@h/a b", 16, "%20")]
    [InlineData("postgres://u@h?sslmode", 15, "no '='")]
    [InlineData("postgres://u@h?sslmode=a&&", 25, "no '='")]
    [InlineData("postgres://u@h?options=-c%20a=b", 29, "%3D")]
    [InlineData("postgres://u@h?sslmode=%zz", 23, "two hexadecimal digits")]
    [InlineData("postgres://u@h?%zz=a", 15, "two hexadecimal digits")]
    [InlineData("postgres://u@h?color=red", 15, "'color' is not a connection option")]
    [InlineData("postgres://u@h:70000/d", 15, "1 to 65535")]
    [InlineData("postgres://u@h:0/d", 15, "1 to 65535")]
    [InlineData("postgres://u@h1:1,h2:x/d", 21, "no port")]
    [InlineData("postgres://u@h1:1,h2,h 3/d", 22, "%20")]
    [InlineData("postgres://u@h1,h%5C2/d", 16, "A host name cannot hold")]
    public void Malformed_uri_is_refused_at_its_place(string text, int position, string message)
    {
        Assert.False(PgConnectionOptions.TryParse(text, null, out var options, out var error));

        Assert.Null(options);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(position, error.Position);
    }
}
