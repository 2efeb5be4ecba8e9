using PgActors.Connections;

namespace PgActors.Engine.Tests.Connections;

public sealed class PasswordFileTests
{
    [Theory]
    [InlineData("h:5432:d:u:pw", "pw")]
    [InlineData("*:*:*:*:pw", "pw")]
    [InlineData("h:*:d:*:pw\n", "pw")]
    [InlineData("h:5432:d:u:pw\r\n", "pw")]
    [InlineData("#h:5432:d:u:no\n\nh:5432:d:u:pw", "pw")]
    [InlineData("x:*:*:*:no\nh:5432:d:u:first\n*:*:*:*:second", "first")]
    [InlineData("h:5432:d:u:a:rest", "a")]
    [InlineData(@"h:5432:d:u:a\:b\\c\d", @"a:b\cd")]
    [InlineData(@"h:5432:d:u:a\", @"a\")]
    [InlineData(@"\h:5432:d:u:pw", "pw")]
    [InlineData("h:5432:d:u: p w ", " p w ")]
    [InlineData("h:5432:d:u:", "")]
    [InlineData("H:5432:d:u:pw", null)]
    [InlineData("h*:5432:d:u:pw", null)]
    [InlineData("**:5432:d:u:pw", null)]
    [InlineData("hh:5432:d:u:pw", null)]
    [InlineData(":5432:d:u:pw", null)]
    [InlineData("h:5433:d:u:pw", null)]
    [InlineData("h:5432:dd:u:pw", null)]
    [InlineData("h:5432:d:v:pw", null)]
    [InlineData(" h:5432:d:u:pw", null)]
    [InlineData("h:5432:d:u", null)]
    [InlineData("h:5432", null)]
    [InlineData("h", null)]
    [InlineData(@"h\", null)]
    [InlineData("", null)]
    public void First_line_that_matches_gives_the_password(string file, string? password)
        => Assert.Equal(password, PasswordFile.Find(file, "h", "5432", "d", "u")?.Reveal());

    [Fact]
    public void Escaped_colon_matches_one_in_the_field()
    {
        Assert.Equal("pw", PasswordFile.Find(@"\:\:1:5432:a\\b:u:pw", "::1", "5432", @"a\b", "u")?.Reveal());
        Assert.Null(PasswordFile.Find("::1:5432:d:u:pw", "::1", "5432", "d", "u"));
    }

    [Theory]
    [InlineData("postgres://app@localhost/d")]
    [InlineData("postgres://app@/d")]
    [InlineData("host=/var/run/postgresql user=app dbname=d")]
    public void Localhost_stands_for_the_default_socket_too(string text)
    {
        var options = new SourcesBuilder().WithFile("/home/me/.pgpass", "localhost:5432:d:app:pw").Parse(text);

        Assert.Equal("pw", options.PasswordFor(options.Hosts[0])!.Reveal());
    }

    [Fact]
    public void Other_socket_directory_is_compared_as_written()
    {
        var sources = new SourcesBuilder().WithFile("/home/me/.pgpass", "localhost:*:*:*:no\n/tmp:*:*:*:pw");

        Assert.Equal("pw", sources.Parse("host=/tmp user=app").Hosts[0].Password!.Reveal());
    }

    [Fact]
    public void Each_host_gets_its_own_password()
    {
        var sources = new SourcesBuilder().WithFile("/home/me/.pgpass", "a:1:app:app:pa\n192.0.2.1:*:*:*:pb");

        var options = sources.Parse("host=a,,c hostaddr=,192.0.2.1, port=1 user=app");

        Assert.Equal(["pa", "pb", null], options.Hosts.Select(h => options.PasswordFor(h)?.Reveal()));
        Assert.Null(options.Password);
    }

    [Fact]
    public void Password_given_elsewhere_leaves_the_file_unread()
    {
        var sources = new SourcesBuilder().WithFile("/home/me/.pgpass", "*:*:*:*:file").With("PGPASSWORD", "environment");

        var options = sources.Parse("user=app");

        Assert.Equal("environment", options.PasswordFor(options.Hosts[0])!.Reveal());
        Assert.DoesNotContain("/home/me/.pgpass", sources.FilesRead);
    }

    [Fact]
    public void Empty_password_is_none_and_the_file_is_asked()
        => Assert.Equal(
            "file",
            new SourcesBuilder().WithFile("/home/me/.pgpass", "*:*:*:*:file").Parse("user=app password=''").Hosts[0].Password!.Reveal());

    [Fact]
    public void Passfile_option_wins_over_the_environment_and_the_home_directory()
    {
        var sources = new SourcesBuilder()
            .WithFile("/a", "*:*:*:*:a").WithFile("/b", "*:*:*:*:b").WithFile("/home/me/.pgpass", "*:*:*:*:c");

        Assert.Equal("c", sources.Parse("user=app").Hosts[0].Password!.Reveal());
        sources.With("PGPASSFILE", "/b");
        Assert.Equal("b", sources.Parse("user=app").Hosts[0].Password!.Reveal());
        Assert.Equal("a", sources.Parse("user=app passfile=/a").Hosts[0].Password!.Reveal());
        Assert.Null(sources.Parse("user=app passfile=/missing").Hosts[0].Password);
    }

    [Fact]
    public void File_that_others_can_open_is_ignored_with_a_warning()
    {
        var options = new SourcesBuilder().WithFile("/home/me/.pgpass", "*:*:*:*:hunter2", isPrivate: false).Parse("user=app");

        Assert.Null(options.Hosts[0].Password);
        var warning = Assert.Single(options.Warnings);
        Assert.Contains("/home/me/.pgpass", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_has_its_own_place()
    {
        var sources = new SourcesBuilder { IsWindows = true }
            .With("APPDATA", @"C:\A").WithFile(@"C:\A\postgresql\pgpass.conf", "localhost:*:*:*:pw");

        Assert.Equal("pw", sources.Parse("user=app").Hosts[0].Password!.Reveal());
    }

    [Fact]
    public void Physical_replication_is_listed_as_replication()
    {
        var sources = new SourcesBuilder().WithFile("/home/me/.pgpass", "*:*:app:*:no\n*:*:replication:*:pw");

        Assert.Equal("pw", sources.Parse("user=app replication=true").Hosts[0].Password!.Reveal());
        Assert.Equal("no", sources.Parse("user=app replication=database").Hosts[0].Password!.Reveal());
    }

    [Fact]
    public void Passfile_without_a_way_to_read_files_is_refused()
        => Assert.Equal("passfile", Assert.Throws<PgOptionsException>(() => PgConnectionOptions.Parse("user=u passfile=/x")).Keyword);
}
