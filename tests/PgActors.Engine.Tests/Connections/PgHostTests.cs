namespace PgActors.Engine.Tests.Connections;

public sealed class PgHostTests
{
    [Theory]
    [InlineData("localhost", false, false, null, "localhost:5432")]
    [InlineData("::1", false, false, null, "[::1]:5432")]
    [InlineData("/tmp", true, false, "/tmp/.s.PGSQL.5432", "/tmp/.s.PGSQL.5432")]
    [InlineData("@pg", true, true, "@pg/.s.PGSQL.5432", "@pg/.s.PGSQL.5432")]
    [InlineData(@"C:\pg", true, false, @"C:\pg/.s.PGSQL.5432", @"C:\pg/.s.PGSQL.5432")]
    [InlineData("c:/pg", true, false, "c:/pg/.s.PGSQL.5432", "c:/pg/.s.PGSQL.5432")]
    [InlineData("c:pg", false, false, null, "[c:pg]:5432")]
    public void Socket_is_told_from_a_name(string name, bool isSocket, bool isAbstract, string? path, string shown)
    {
        var host = new PgHost(name);

        Assert.Equal(isSocket, host.IsUnixSocket);
        Assert.Equal(isAbstract, host.IsAbstractSocket);
        Assert.Equal(path, host.SocketPath);
        Assert.Equal(shown, host.ToString());
    }

    [Fact]
    public void Address_wins_over_a_socket_directory()
    {
        var host = new PgHost("/tmp", "192.0.2.1");

        Assert.False(host.IsUnixSocket);
        Assert.Equal("192.0.2.1:5432", new PgHost("", "192.0.2.1").ToString());
    }

    [Fact]
    public void Lists_go_together_item_by_item()
    {
        Assert.Equal(
            [new PgHost("a", "192.0.2.1", 1), new PgHost("b", null, 5432), new PgHost("", "::1", 3)],
            PgConnectionOptions.Parse("user=u host=a,b, hostaddr=192.0.2.1,,::1 port=1,,3").Hosts);
        Assert.Equal(
            [new PgHost("/tmp", null, 7), new PgHost("localhost", null, 7), new PgHost("@x", null, 7)],
            PgConnectionOptions.Parse("user=u host=/tmp,,@x port=7").Hosts);
        Assert.Equal([new PgHost("", "192.0.2.1"), new PgHost("", "192.0.2.2")],
            PgConnectionOptions.Parse("user=u hostaddr=192.0.2.1,192.0.2.2").Hosts);
    }

    [Theory]
    [InlineData("user=u host=a,b hostaddr=192.0.2.1", 25, "2 in 'host' and 1 in 'hostaddr'")]
    [InlineData("user=u host=a,b,c port=1,2", 23, "2 in 'port' for 3 host(s)")]
    [InlineData("postgres://u@a,b?port=1,2,3", 22, "3 in 'port' for 2 host(s)")]
    [InlineData("user=u host=a,b/c", 14, "absolute path")]
    [InlineData("user=u host=a hostaddr=1.2.3.4.5", 23, "numeric address")]
    public void Lists_that_do_not_go_together_are_refused(string text, int position, string message)
    {
        var error = Assert.Throws<PgOptionsException>(() => PgConnectionOptions.Parse(text));

        Assert.Equal(position, error.Position);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Socket_path_longer_than_the_system_s_limit_is_refused()
    {
        // "/.s.PGSQL.5432" has 14 bytes of the 107.
        var longest = "/" + new string('x', 92);

        new PgConnectionOptions { User = "u", Hosts = [new(longest)] }.Validate();
        Assert.Throws<PgOptionsException>(new PgConnectionOptions { User = "u", Hosts = [new(longest + "x")] }.Validate);
        Assert.Throws<PgOptionsException>(new PgConnectionOptions { User = "u", Hosts = [new(longest[..^1] + "ä")] }.Validate);
    }
}
