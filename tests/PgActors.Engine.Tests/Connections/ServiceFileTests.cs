namespace PgActors.Engine.Tests.Connections;

public sealed class ServiceFileTests
{
    private const string UserFile = "/home/me/.pg_service.conf";

    [Fact]
    public void Section_gives_what_the_text_does_not()
    {
        var sources = new SourcesBuilder()
            .With("PGPORT", "1").With("PGAPPNAME", "environment")
            .WithFile(
                UserFile,
                "# comment\n[other]\nuser=no\n\n  [shop]  \r\nhost=h\nport=2\n  dbname=d \nuser=first\nuser=second\n[next]\nhost=no\n");

        var options = sources.Parse("service=shop dbname=explicit");

        Assert.Equal([new PgHost("h", null, 2)], options.Hosts);
        Assert.Equal("explicit", options.Database);
        Assert.Equal("first", options.User);
        Assert.Equal("environment", options.ApplicationName);
    }

    [Fact]
    public void Value_may_hold_an_equals_sign_and_inner_spaces()
    {
        var sources = new SourcesBuilder().WithFile(UserFile, "[s]\noptions=-c a=b");

        Assert.Equal("-c a=b", sources.Parse("postgres://u@?service=s").Options);
    }

    [Fact]
    public void Environment_names_the_service_and_the_file()
    {
        var sources = new SourcesBuilder().With("PGSERVICE", "s").With("PGSERVICEFILE", "/f").WithFile("/f", "[s]\nuser=a")
            .WithFile("/g", "[s]\nuser=b").WithFile(UserFile, "[s]\nuser=c");

        Assert.Equal("a", sources.Parse("").User);
        Assert.Equal("b", sources.Parse("servicefile=/g").User);
        Assert.Equal("c", sources.Parse("servicefile=''").User);
    }

    [Fact]
    public void System_file_is_asked_for_a_service_that_the_user_s_file_lacks()
    {
        var sources = new SourcesBuilder().With("PGSYSCONFDIR", "/etc/pg").WithFile(UserFile, "[a]\nuser=user")
            .WithFile("/etc/pg/pg_service.conf", "[a]\nuser=system\n[b]\nuser=system");

        Assert.Equal("user", sources.Parse("service=a").User);
        Assert.Equal("system", sources.Parse("service=b").User);
    }

    [Theory]
    [InlineData("[other]\nuser=u", "There is no service 'shop'")]
    [InlineData("[shop2]\nuser=u", "There is no service 'shop'")]
    [InlineData("[SHOP]\nuser=u", "There is no service 'shop'")]
    [InlineData("[shop]\nuser", "neither [service], keyword=value")]
    [InlineData("[shop]\nhots=x", "did you mean 'host'?")]
    [InlineData("[shop]\nhost =x", "No space may stand before the '='.")]
    [InlineData("[shop]\nservice=x", "cannot name another one")]
    [InlineData("[shop]\nservicefile=x", "cannot name another one")]
    [InlineData("[shop]\nldap://x/y?z", "LDAP")]
    [InlineData("[shop]\nsslmode=requir", "line 2 of the service file '/home/me/.pg_service.conf'")]
    [InlineData("[shop]\nport=x", "line 2 of the service file '/home/me/.pg_service.conf'")]
    public void Bad_file_is_refused_with_its_line(string file, string message)
    {
        var error = new SourcesBuilder().WithFile(UserFile, file).Refuse("user=u service=shop");

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_longer_than_libpq_reads_is_refused()
    {
        var fits = "[s]\nuser=u\noptions=" + new string('x', 1022 - 8);

        Assert.Equal("u", new SourcesBuilder().WithFile(UserFile, fits).Parse("service=s").User);
        var error = new SourcesBuilder().WithFile(UserFile, fits + "x").Refuse("service=s");
        Assert.Contains("1022 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Named_file_that_is_missing_is_an_error()
        => Assert.Equal("servicefile", new SourcesBuilder().Refuse("service=s servicefile=/missing").Keyword);

    [Fact]
    public void Service_without_a_way_to_read_files_is_refused()
        => Assert.Equal("service", Assert.Throws<PgOptionsException>(() => PgConnectionOptions.Parse("user=u service=s")).Keyword);

    [Theory]
    [InlineData("[s]\npassword=hunter2\nsslmode=x")]
    [InlineData("[s]\npassword=a\nhunter2")]
    [InlineData("[s]\npasswd=hunter2")]
    [InlineData("[s]\npassword=hunter2\0")]
    public void Problem_in_the_file_does_not_give_its_password_away(string file)
    {
        var error = new SourcesBuilder().WithFile(UserFile, file).Refuse("service=s user=u");

        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }
}
