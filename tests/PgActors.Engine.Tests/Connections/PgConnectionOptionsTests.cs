using PgActors.Protocol;

namespace PgActors.Engine.Tests.Connections;

public sealed class PgConnectionOptionsTests
{
    private static readonly PgConnectionOptions Valid = new() { User = "u" };

    public static TheoryData<PgConnectionOptions, string?> Invalid => new()
    {
        { new PgConnectionOptions(), "user" },
        { Valid with { User = "u\0" }, "user" },
        { Valid with { User = "\ud800" }, "user" },
        { Valid with { Hosts = [] }, "host" },
        { Valid with { Hosts = [new("")] }, "host" },
        { Valid with { Hosts = [new("a,b")] }, "host" },
        { Valid with { Hosts = [new("a\0")] }, "host" },
        { Valid with { Hosts = [new("/a,b")] }, "host" },
        { Valid with { Hosts = [new("ok"), new("h", "name")] }, "hostaddr" },
        { Valid with { Hosts = [new("h", null, 0)] }, "port" },
        { Valid with { Hosts = [new("h", null, 65_536)] }, "port" },
        { Valid with { Hosts = [new("h") { Password = "a\0b" }] }, "password" },
        { Valid with { Database = "a\0b" }, "dbname" },
        { Valid with { Database = "postgresql://h/d" }, "dbname" },
        { Valid with { Password = "a\0b" }, "password" },
        { Valid with { SslPassword = "a\0b" }, "sslpassword" },
        { Valid with { ApplicationName = "x\0user\0admin" }, "application_name" },
        { Valid with { FallbackApplicationName = "\0" }, "fallback_application_name" },
        { Valid with { Options = "\0" }, "options" },
        { Valid with { ClientEncoding = "SQL_ASCII" }, "client_encoding" },
        { Valid with { ConnectTimeout = TimeSpan.Zero }, "connect_timeout" },
        { Valid with { ConnectTimeout = TimeSpan.FromDays(25) }, "connect_timeout" },
        { Valid with { ConnectTimeout = Timeout.InfiniteTimeSpan }, "connect_timeout" },
        { Valid with { ConnectTimeout = TimeSpan.MaxValue }, "connect_timeout" },
        { Valid with { KeepAliveIdle = TimeSpan.FromMilliseconds(5) }, "keepalives_idle" },
        { Valid with { KeepAliveInterval = TimeSpan.FromHours(10) }, "keepalives_interval" },
        { Valid with { KeepAliveCount = 0 }, "keepalives_count" },
        { Valid with { TcpUserTimeout = TimeSpan.FromSeconds(-1) }, "tcp_user_timeout" },
        { Valid with { SslMode = (TlsMode)77 }, "sslmode" },
        { Valid with { SslNegotiation = TlsNegotiation.Direct }, "sslnegotiation" },
        { Valid with { SslRootCert = "system" }, "sslrootcert" },
        { Valid with { SslMinProtocolVersion = TlsVersion.Tls13, SslMaxProtocolVersion = TlsVersion.Tls12 }, "ssl_min_protocol_version" },
        { Valid with { ChannelBinding = ChannelBindingMode.Require, SslMode = TlsMode.Disable }, "channel_binding" },
        { Valid with { SslMode = TlsMode.VerifyFull, Hosts = [new("", "192.0.2.1")] }, "sslmode" },
        { Valid with { RequireAuth = ["md5", "!none"] }, "require_auth" },
        { Valid with { RequireAuth = [""] }, "require_auth" },
        { Valid with { MinProtocolVersion = new ProtocolVersion(0x0003_0001) }, "min_protocol_version" },
        {
            Valid with { MinProtocolVersion = ProtocolVersion.Version32, MaxProtocolVersion = ProtocolVersion.Version30 },
            "min_protocol_version"
        },
        { Valid with { Settings = [new("user", "admin")] }, null },
        { Valid with { Settings = [new("_pq_.x", "1")] }, null },
        { Valid with { Settings = [new("", "1")] }, null },
        { Valid with { Settings = [new("a\0b", "1")] }, null },
        { Valid with { Settings = [new("a", "1\0user\0admin")] }, null },
        { Valid with { SharedSessions = 0 }, "shared_sessions" },
        { Valid with { SharedSessions = 1_025 }, "shared_sessions" },
        { Valid with { MinSharedSessions = 0 }, "min_shared_sessions" },
        { Valid with { MinSharedSessions = 3, SharedSessions = 2 }, "min_shared_sessions" },
        { Valid with { MaxLeasedSessions = 10_001 }, "max_leased_sessions" },
        { Valid with { MaxQueuedCommands = 0 }, "max_queued_commands" },
        { Valid with { MaxQueuedBytes = 1 }, "max_queued_bytes" },
        { Valid with { StreamWindowBytes = 4_095 }, "stream_window_bytes" },
        { Valid with { CommandTimeout = TimeSpan.Zero }, "command_timeout" },
        { Valid with { LeaseTimeout = TimeSpan.Zero }, "lease_timeout" },
        { Valid with { MaxLeaseWaiters = 0 }, "max_lease_waiters" },
        { Valid with { CancellationTimeout = TimeSpan.Zero }, "cancellation_timeout" },
        { Valid with { StatementCacheSize = -1 }, "statement_cache_size" },
        { Valid with { StatementCacheBytes = -1 }, "statement_cache_bytes" },
        { Valid with { MaxMessageBytes = 0x4000_0000 }, "max_message_bytes" },
        { Valid with { SocketBufferBytes = 1 }, "socket_buffer_bytes" },
    };

    public static TheoryData<PgConnectionOptions> RoundTrips => new()
    {
        Valid,
        Valid with { User = "o'hara \\ x", Database = "", ApplicationName = " a\tb\n", Options = @"-c a=b\ c" } with { Database = "d d" },
        Valid with { Hosts = [new("a"), new("b", "192.0.2.1", 7), new("", "::1", 8)] },
        Valid with { Hosts = [new("/tmp"), new("@x"), new(@"C:\pg")] },
        Valid with
        {
            FallbackApplicationName = "f", ConnectTimeout = TimeSpan.FromMilliseconds(1_500), KeepAlive = false,
            KeepAliveIdle = TimeSpan.FromSeconds(9), KeepAliveInterval = TimeSpan.FromSeconds(8), KeepAliveCount = 7,
            TcpUserTimeout = TimeSpan.FromMilliseconds(1_234), GssEncMode = GssEncryptionMode.Disable, KerberosServiceName = "k",
        },
        Valid with
        {
            SslMode = TlsMode.VerifyFull, SslNegotiation = TlsNegotiation.Direct, SslRootCert = "system", SslCert = "/c c", SslKey = "/k",
            SslSni = false, SslMinProtocolVersion = TlsVersion.Tls13, SslMaxProtocolVersion = TlsVersion.Tls13,
            ChannelBinding = ChannelBindingMode.Require, RequireAuth = ["scram-sha-256", "gss"],
        },
        Valid with
        {
            MinProtocolVersion = ProtocolVersion.Version32, TargetSessionAttributes = TargetSessionAttributes.PreferStandby,
            LoadBalanceHosts = LoadBalanceHosts.Random, Replication = ReplicationMode.Logical,
        },
        Valid with { MaxProtocolVersion = ProtocolVersion.Version30, Replication = ReplicationMode.Physical },
        Valid with
        {
            SharedSessions = 3, MinSharedSessions = 2, MaxLeasedSessions = 4, MaxQueuedCommands = 5, MaxQueuedBytes = 1L << 40, StreamWindowBytes = 4_097,
            CommandTimeout = TimeSpan.FromMilliseconds(int.MaxValue), CancellationTimeout = TimeSpan.FromMilliseconds(1),
            StatementCacheSize = 0, StatementCacheBytes = 7, AlwaysDescribe = true, MaxMessageBytes = 65_536, SocketBufferBytes = 4_096,
        },
        Valid with
        {
            LeaseTimeout = TimeSpan.FromMilliseconds(1), MaxLeaseWaiters = 1, LeaseValidation = TimeSpan.FromSeconds(1),
            LeaseIdleLifetime = TimeSpan.FromSeconds(2), LeaseLifetime = TimeSpan.FromSeconds(3), LeaseWarning = TimeSpan.FromSeconds(4),
            CommitResolution = TimeSpan.FromSeconds(5),
        },
        Valid with
        {
            LeaseTimeout = null, LeaseValidation = null, LeaseIdleLifetime = null, LeaseLifetime = null, LeaseWarning = null,
            CommitResolution = null,
        },
    };

    [Theory]
    [MemberData(nameof(Invalid), DisableDiscoveryEnumeration = true)]
    public void Options_built_in_code_are_checked_on_use(PgConnectionOptions options, string? keyword)
    {
        var error = Assert.Throws<PgOptionsException>(options.Validate);

        Assert.Equal(keyword, error.Keyword);
        Assert.Null(error.Position);
        Assert.Throws<PgOptionsException>(() => options.StartupParameters());
    }

    [Theory]
    [MemberData(nameof(RoundTrips), DisableDiscoveryEnumeration = true)]
    public void Text_form_parses_to_equal_options(PgConnectionOptions options)
    {
        options.Validate();

        Assert.Equal(options, PgConnectionOptions.Parse(options.ToString()));
    }

    [Fact]
    public void Text_form_leaves_secrets_and_defaults_out()
    {
        var options = Valid with
        {
            Password = "hunter2",
            SslPassword = "hunter2",
            Hosts = [new("h") { Password = "hunter2" }],
            Settings = [new("a", "b")],
        };

        Assert.Equal("host=h port=5432 user=u", options.ToString());
    }

    [Fact]
    public void Options_are_equal_by_value_and_do_not_follow_the_lists_they_were_given()
    {
        var hosts = new List<PgHost> { new("a") };
        var options = Valid with { Hosts = hosts, RequireAuth = ["md5"], Password = "pw" };
        hosts.Add(new("b"));

        Assert.Equal([new PgHost("a")], options.Hosts);
        var same = Valid with { Hosts = [new("a")], RequireAuth = ["md5"], Password = "pw" };
        Assert.Equal(same, options);
        Assert.Equal(same.GetHashCode(), options.GetHashCode());
        Assert.NotEqual(same, options with { Password = "pX" });
        Assert.NotEqual(same, options with { Hosts = [new("b")] });
    }

    [Theory]
    [InlineData("host=db.example user=u", true)]
    [InlineData("host=192.0.2.1 user=u sslmode=require", true)]
    [InlineData("host=localhost hostaddr=192.0.2.1 user=u", true)]
    [InlineData("host=/tmp,db.example user=u", true)]
    [InlineData("host=db.example user=u sslmode=verify-ca", false)]
    [InlineData("host=localhost,127.0.0.2,::1,/tmp,@x user=u", false)]
    public void Host_across_a_network_without_a_checked_certificate_is_warned_of(string text, bool isWarned)
        => Assert.Equal(isWarned, PgConnectionOptions.Parse(text).Warnings.Any(w => w.Contains("verify-full", StringComparison.Ordinal)));

    [Fact]
    public void Startup_parameters_come_in_libpq_s_order()
    {
        var options = new SourcesBuilder().With("PGTZ", "UTC").Parse(
            "postgres://app:pw@h/shop?application_name=a&options=-x&replication=database");

        Assert.Equal(
            [
                new("user", "app"), new("database", "shop"), new("replication", "database"), new("options", "-x"),
                new("application_name", "a"), new("client_encoding", "UTF8"), new("timezone", "UTC"),
            ],
            options.StartupParameters());
    }

    [Fact]
    public void Startup_parameters_of_a_bare_user_name_the_database_after_it()
    {
        Assert.Equal([new("user", "u"), new("database", "u"), new("client_encoding", "UTF8")], Valid.StartupParameters());
        Assert.Contains(new("application_name", "f"), (Valid with { FallbackApplicationName = "f" }).StartupParameters());
        Assert.Contains(new("replication", "true"), (Valid with { Replication = ReplicationMode.Physical }).StartupParameters());
    }

    [Fact]
    public void Startup_packet_of_10000_bytes_is_the_largest()
    {
        // 4 version, "user\0u\0" 7, "database\0u\0" 11, "options\0\0" 9, "client_encoding\0UTF8\0" 21, end 1: 53 beside the value.
        var largest = Valid with { Options = new string('x', 10_000 - 53) };

        Assert.Equal(4, largest.StartupParameters().Count);
        var error = Assert.Throws<PgOptionsException>(() => (largest with { Options = largest.Options + "x" }).StartupParameters());
        Assert.Contains("10001 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Secret_compares_by_value_and_shows_stars()
    {
        PgSecret? none = (string?)null;
        PgSecret? secret = "pw";

        Assert.Null(none);
        Assert.Equal(new PgSecret("pw"), secret);
        Assert.Equal(new PgSecret("pw").GetHashCode(), secret!.GetHashCode());
        Assert.NotEqual(new PgSecret("pww"), secret);
        Assert.Equal("***", secret.ToString());
        Assert.Equal("pw", secret.Reveal());
    }
}
