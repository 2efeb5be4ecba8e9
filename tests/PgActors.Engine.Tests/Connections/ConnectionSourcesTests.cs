namespace PgActors.Engine.Tests.Connections;

public sealed class ConnectionSourcesTests
{
    [Fact]
    public void Text_wins_over_service_over_environment_over_default()
    {
        var sources = new SourcesBuilder().WithFile("/home/me/.pg_service.conf", "[s]\napplication_name=service");

        Assert.Null(sources.Parse("").ApplicationName);
        sources.With("PGAPPNAME", "environment");
        Assert.Equal("environment", sources.Parse("").ApplicationName);
        Assert.Equal("service", sources.Parse("service=s").ApplicationName);
        Assert.Equal("text", sources.Parse("service=s application_name=text").ApplicationName);
    }

    [Fact]
    public void Empty_text_value_hides_the_environment_and_an_empty_variable_is_not_set()
    {
        var sources = new SourcesBuilder().With("PGAPPNAME", "environment").With("PGSSLMODE", "");

        Assert.Null(sources.Parse("application_name=''").ApplicationName);
        Assert.Equal(TlsMode.Prefer, sources.Parse("").SslMode);
    }

    [Theory]
    [InlineData("PGHOST", "h", "host=h")]
    [InlineData("PGHOSTADDR", "192.0.2.1", "hostaddr=192.0.2.1")]
    [InlineData("PGPORT", "7", "port=7")]
    [InlineData("PGDATABASE", "d", "dbname=d")]
    [InlineData("PGUSER", "u", "user=u")]
    [InlineData("PGOPTIONS", "-x", "options=-x")]
    [InlineData("PGAPPNAME", "a", "application_name=a")]
    [InlineData("PGCLIENTENCODING", "UTF8", "client_encoding=UTF8")]
    [InlineData("PGCONNECT_TIMEOUT", "5", "connect_timeout=5")]
    [InlineData("PGSSLMODE", "require", "sslmode=require")]
    [InlineData("PGREQUIRESSL", "1", "sslmode=require")]
    [InlineData("PGSSLROOTCERT", "/r", "sslrootcert=/r")]
    [InlineData("PGSSLCERT", "/c", "sslcert=/c")]
    [InlineData("PGSSLKEY", "/k", "sslkey=/k")]
    [InlineData("PGSSLSNI", "0", "sslsni=0")]
    [InlineData("PGSSLMINPROTOCOLVERSION", "TLSv1.3", "ssl_min_protocol_version=TLSv1.3")]
    [InlineData("PGSSLMAXPROTOCOLVERSION", "TLSv1.3", "ssl_max_protocol_version=TLSv1.3")]
    [InlineData("PGCHANNELBINDING", "require", "channel_binding=require")]
    [InlineData("PGREQUIREAUTH", "gss", "require_auth=gss")]
    [InlineData("PGGSSENCMODE", "disable", "gssencmode=disable")]
    [InlineData("PGKRBSRVNAME", "k", "krbsrvname=k")]
    [InlineData("PGMINPROTOCOLVERSION", "3.2", "min_protocol_version=3.2")]
    [InlineData("PGMAXPROTOCOLVERSION", "3.0", "max_protocol_version=3.0")]
    [InlineData("PGTARGETSESSIONATTRS", "primary", "target_session_attrs=primary")]
    [InlineData("PGLOADBALANCEHOSTS", "random", "load_balance_hosts=random")]
    public void Variable_stands_for_its_keyword(string variable, string value, string text)
        => Assert.Equal(new SourcesBuilder().Parse(text), new SourcesBuilder().With(variable, value).Parse(""));

    [Fact]
    public void Sslmode_variable_wins_over_the_older_one()
        => Assert.Equal(TlsMode.Allow, new SourcesBuilder().With("PGREQUIRESSL", "1").With("PGSSLMODE", "allow").Parse("").SslMode);

    [Fact]
    public void Bad_variable_is_named_and_nothing_in_the_text_is_blamed()
    {
        var error = new SourcesBuilder().With("PGSSLMODE", "requir").Refuse("user=u");

        Assert.Null(error.Position);
        Assert.Equal("sslmode", error.Keyword);
        Assert.Contains("the environment variable PGSSLMODE", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PGREQUIREPEER", "postgres")]
    [InlineData("PGSSLCRL", "/crl")]
    [InlineData("PGSSLCERTMODE", "require")]
    public void Guard_that_is_not_there_is_refused_from_the_environment_too(string variable, string value)
        => Assert.Contains(variable, new SourcesBuilder().With(variable, value).Refuse("user=u").Message, StringComparison.Ordinal);

    [Fact]
    public void Nul_in_a_variable_is_refused()
        => Assert.Contains("NUL", new SourcesBuilder().With("PGAPPNAME", "x\0user\0admin").Refuse("").Message, StringComparison.Ordinal);

    [Fact]
    public void System_s_user_and_socket_are_the_defaults()
    {
        var options = new SourcesBuilder().Parse("");

        Assert.Equal("osuser", options.User);
        Assert.Equal("osuser", options.EffectiveDatabase);
        Assert.Equal([new PgHost("/var/run/postgresql")], options.Hosts);
        Assert.Equal([new PgHost("localhost")], new SourcesBuilder { IsWindows = true }.Parse("").Hosts);
        var fromSource = new SourcesBuilder().Build() with { DefaultSocketDirectory = "/tmp" };
        Assert.Equal([new PgHost("/tmp", null, 7)], PgConnectionOptions.Parse("port=7", fromSource).Hosts);
    }

    [Fact]
    public void No_user_at_all_is_refused()
        => Assert.Equal("user", Assert.Throws<PgOptionsException>(() => PgConnectionOptions.Parse("host=h")).Keyword);

    [Fact]
    public void Session_variables_become_settings_and_default_means_none()
    {
        var options = new SourcesBuilder().With("PGTZ", "UTC").With("PGDATESTYLE", "default").With("PGGEQO", "off").Parse("");

        Assert.Equal([new("timezone", "UTC"), new("geqo", "off")], options.Settings);
    }

    [Fact]
    public void Certificate_files_of_the_home_directory_are_used_if_they_exist()
    {
        var sources = new SourcesBuilder().WithFile("/home/me/.postgresql/root.crt", "").WithFile("/home/me/.postgresql/postgresql.crt", "")
            .WithFile("/home/me/.postgresql/postgresql.key", "");

        var options = sources.Parse("sslmode=require");
        Assert.Equal("/home/me/.postgresql/root.crt", options.SslRootCert);
        Assert.Equal("/home/me/.postgresql/postgresql.crt", options.SslCert);
        Assert.Equal("/home/me/.postgresql/postgresql.key", options.SslKey);

        Assert.Equal("/mine", sources.Parse("sslrootcert=/mine").SslRootCert);
        Assert.Null(sources.Parse("sslmode=disable").SslRootCert);
        Assert.Null(new SourcesBuilder().Parse("sslmode=require").SslRootCert);
    }

    [Fact]
    public void System_s_issuers_need_the_host_name_compared()
    {
        Assert.Equal(TlsMode.VerifyFull, new SourcesBuilder().With("PGSSLROOTCERT", "system").Parse("host=h").SslMode);
        Assert.Equal("sslrootcert", new SourcesBuilder().With("PGSSLMODE", "require").Refuse("host=h sslrootcert=system").Keyword);
    }

    [Theory]
    [InlineData("postgres://u@h/d?application_name=a", null)]
    [InlineData("postgres://u:p@h/d", "password")]
    [InlineData("postgres://u@h/d?sslkey=/etc/shadow", "sslkey")]
    [InlineData("postgres://u@h/d?requiressl=1", "sslmode")]
    [InlineData("postgres://u@h:1/d", "port")]
    public void Allow_list_limits_the_text_alone(string text, string? refused)
    {
        var sources = new SourcesBuilder().With("PGPORT", "7").Build() with
        {
            AllowedKeywords = new HashSet<string> { "user", "host", "dbname", "application_name" },
        };

        Assert.Equal(refused is null, PgConnectionOptions.TryParse(text, sources, out var options, out var error));
        Assert.Equal(refused, error?.Keyword);
        Assert.Equal(refused is null ? 7 : null, options?.Hosts[0].Port);
    }
}
