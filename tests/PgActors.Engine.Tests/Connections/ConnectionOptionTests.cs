using PgActors.Protocol;

namespace PgActors.Engine.Tests.Connections;

public sealed class ConnectionOptionTests
{
    public static TheoryData<string, string, Func<PgConnectionOptions, object?>, object?> Accepted => new()
    {
        { "host", "db.example", o => o.Hosts[0].Host, "db.example" },
        { "hostaddr", "192.0.2.7", o => o.Hosts[0].HostAddress, "192.0.2.7" },
        { "port", "6543", o => o.Hosts[0].Port, 6543 },
        { "dbname", "my shop", o => o.Database, "my shop" },
        { "user", "o'hara", o => o.User, "o'hara" },
        { "password", "p w", o => o.Password?.Reveal(), "p w" },
        { "options", "-c geqo=off", o => o.Options, "-c geqo=off" },
        { "application_name", "a", o => o.ApplicationName, "a" },
        { "fallback_application_name", "a", o => o.FallbackApplicationName, "a" },
        { "client_encoding", "utf-8", o => o.ClientEncoding, "UTF8" },
        { "client_encoding", "auto", o => o.ClientEncoding, "UTF8" },
        { "client_encoding", "UNICODE", o => o.ClientEncoding, "UTF8" },
        { "connect_timeout", "10", o => o.ConnectTimeout, TimeSpan.FromSeconds(10) },
        { "connect_timeout", " 10 ", o => o.ConnectTimeout, TimeSpan.FromSeconds(10) },
        { "connect_timeout", "0", o => o.ConnectTimeout, null },
        { "connect_timeout", "-1", o => o.ConnectTimeout, null },
        { "connect_timeout", "1500ms", o => o.ConnectTimeout, TimeSpan.FromSeconds(1.5) },
        { "keepalives", "0", o => o.KeepAlive, false },
        { "keepalives", "1", o => o.KeepAlive, true },
        { "keepalives_idle", "30", o => o.KeepAliveIdle, TimeSpan.FromSeconds(30) },
        { "keepalives_idle", "0", o => o.KeepAliveIdle, null },
        { "keepalives_interval", "5", o => o.KeepAliveInterval, TimeSpan.FromSeconds(5) },
        { "keepalives_count", "3", o => o.KeepAliveCount, 3 },
        { "keepalives_count", "0", o => o.KeepAliveCount, null },
        { "tcp_user_timeout", "2000", o => o.TcpUserTimeout, TimeSpan.FromSeconds(2) },
        { "sslmode", "disable", o => o.SslMode, TlsMode.Disable },
        { "sslmode", "allow", o => o.SslMode, TlsMode.Allow },
        { "sslmode", "prefer", o => o.SslMode, TlsMode.Prefer },
        { "sslmode", "require", o => o.SslMode, TlsMode.Require },
        { "sslmode", "verify-ca", o => o.SslMode, TlsMode.VerifyCa },
        { "sslmode", "verify-full", o => o.SslMode, TlsMode.VerifyFull },
        { "requiressl", "1", o => o.SslMode, TlsMode.Require },
        { "requiressl", "0", o => o.SslMode, TlsMode.Prefer },
        { "sslnegotiation", "postgres", o => o.SslNegotiation, TlsNegotiation.Postgres },
        { "sslrootcert", "/etc/ca.pem", o => o.SslRootCert, "/etc/ca.pem" },
        { "sslrootcert", "system", o => o.SslMode, TlsMode.VerifyFull },
        { "sslcert", "/etc/c.pem", o => o.SslCert, "/etc/c.pem" },
        { "sslkey", "/etc/k.pem", o => o.SslKey, "/etc/k.pem" },
        { "sslpassword", "pw", o => o.SslPassword?.Reveal(), "pw" },
        { "sslsni", "0", o => o.SslSni, false },
        { "ssl_min_protocol_version", "TLSv1.3", o => o.SslMinProtocolVersion, TlsVersion.Tls13 },
        { "ssl_max_protocol_version", "tlsv1.2", o => o.SslMaxProtocolVersion, TlsVersion.Tls12 },
        { "channel_binding", "disable", o => o.ChannelBinding, ChannelBindingMode.Disable },
        { "channel_binding", "require", o => o.ChannelBinding, ChannelBindingMode.Require },
        { "require_auth", "scram-sha-256,none", o => string.Join(' ', o.RequireAuth), "scram-sha-256 none" },
        { "require_auth", "!password,!md5", o => string.Join(' ', o.RequireAuth), "!password !md5" },
        { "gssencmode", "disable", o => o.GssEncMode, GssEncryptionMode.Disable },
        { "gssencmode", "prefer", o => o.GssEncMode, GssEncryptionMode.Prefer },
        { "krbsrvname", "pg", o => o.KerberosServiceName, "pg" },
        { "min_protocol_version", "3.2", o => o.MinProtocolVersion, ProtocolVersion.Version32 },
        { "max_protocol_version", "3.0", o => o.MaxProtocolVersion, ProtocolVersion.Version30 },
        { "max_protocol_version", "latest", o => o.MaxProtocolVersion, ProtocolVersion.Version32 },
        { "target_session_attrs", "any", o => o.TargetSessionAttributes, TargetSessionAttributes.Any },
        { "target_session_attrs", "read-write", o => o.TargetSessionAttributes, TargetSessionAttributes.ReadWrite },
        { "target_session_attrs", "read-only", o => o.TargetSessionAttributes, TargetSessionAttributes.ReadOnly },
        { "target_session_attrs", "primary", o => o.TargetSessionAttributes, TargetSessionAttributes.Primary },
        { "target_session_attrs", "standby", o => o.TargetSessionAttributes, TargetSessionAttributes.Standby },
        { "target_session_attrs", "prefer-standby", o => o.TargetSessionAttributes, TargetSessionAttributes.PreferStandby },
        { "load_balance_hosts", "random", o => o.LoadBalanceHosts, LoadBalanceHosts.Random },
        { "replication", "database", o => o.Replication, ReplicationMode.Logical },
        { "replication", "true", o => o.Replication, ReplicationMode.Physical },
        { "replication", "on", o => o.Replication, ReplicationMode.Physical },
        { "replication", "1", o => o.Replication, ReplicationMode.Physical },
        { "replication", "off", o => o.Replication, ReplicationMode.None },
        { "shared_sessions", "4", o => o.SharedSessions, 4 },
        { "min_shared_sessions", "2", o => o.MinSharedSessions, 2 },
        { "max_leased_sessions", "50", o => o.MaxLeasedSessions, 50 },
        { "lease_timeout", "2", o => o.LeaseTimeout, TimeSpan.FromSeconds(2) },
        { "lease_timeout", "0", o => o.LeaseTimeout, null },
        { "max_lease_waiters", "7", o => o.MaxLeaseWaiters, 7 },
        { "lease_validation", "500ms", o => o.LeaseValidation, TimeSpan.FromMilliseconds(500) },
        { "lease_idle_lifetime", "1min", o => o.LeaseIdleLifetime, TimeSpan.FromMinutes(1) },
        { "lease_lifetime", "1h", o => o.LeaseLifetime, TimeSpan.FromHours(1) },
        { "lease_warning", "0", o => o.LeaseWarning, null },
        { "commit_resolution", "3", o => o.CommitResolution, TimeSpan.FromSeconds(3) },
        { "commit_resolution", "0", o => o.CommitResolution, null },
        { "max_queued_commands", "10", o => o.MaxQueuedCommands, 10 },
        { "max_queued_bytes", "1GB", o => o.MaxQueuedBytes, 1L << 30 },
        { "stream_window_bytes", "64kB", o => o.StreamWindowBytes, 65_536 },
        { "command_timeout", "2min", o => o.CommandTimeout, TimeSpan.FromMinutes(2) },
        { "command_timeout", "0", o => o.CommandTimeout, null },
        { "cancellation_timeout", "250ms", o => o.CancellationTimeout, TimeSpan.FromMilliseconds(250) },
        { "statement_cache_size", "0", o => o.StatementCacheSize, 0 },
        { "statement_cache_bytes", "16kB", o => o.StatementCacheBytes, 16_384L },
        { "always_describe", "1", o => o.AlwaysDescribe, true },
        { "max_message_bytes", "16 MB", o => o.MaxMessageBytes, 16 << 20 },
        { "socket_buffer_bytes", "65536B", o => o.SocketBufferBytes, 65_536 },
        { "sslcompression", "0", o => o.SslMode, TlsMode.Prefer },
        { "sslcertmode", "allow", o => o.SslMode, TlsMode.Prefer },
        { "gssdelegation", "0", o => o.SslMode, TlsMode.Prefer },
    };

    public static TheoryData<string, string, string> Refused => new()
    {
        { "client_encoding", "LATIN1", "UTF-8 only" },
        { "connect_timeout", "soon", "whole number of seconds" },
        { "connect_timeout", "1.5", "whole number of seconds" },
        { "connect_timeout", "99999999999999999999", "whole number of seconds" },
        { "connect_timeout", "9223372036854775807h", "whole number of seconds" },
        { "connect_timeout", "2147484", "out of range" },
        { "connect_timeout", "5 ks", "whole number of seconds" },
        { "connect_timeout", "ms", "whole number of seconds" },
        { "keepalives", "2", "It can be 1, 0." },
        { "keepalives_idle", "32768", "out of range. It can be 1 to 32767." },
        { "keepalives_count", "128", "It can be 1 to 127." },
        { "sslmode", "verify_full", "did you mean 'verify-full'?" },
        { "sslmode", "Require", "did you mean 'require'?" },
        { "sslmode", "on", "It can be disable, allow, prefer, require, verify-ca, verify-full." },
        { "ssl_min_protocol_version", "TLSv1", "RFC 8996" },
        { "ssl_max_protocol_version", "TLSv1.1", "RFC 8996" },
        { "max_protocol_version", "3.1", "never released" },
        { "max_protocol_version", "2.0", "It can be 3.0, 3.2, latest." },
        { "require_auth", "scram-sha256", "did you mean 'scram-sha-256'?" },
        { "require_auth", "md5,!password", "mixes" },
        { "require_auth", "!md5,password", "mixes" },
        { "require_auth", "md5,md5", "twice" },
        { "require_auth", "md5,", "empty item" },
        { "gssencmode", "require", "sslmode=verify-full" },
        { "hostaddr", "localhost", "not a numeric address" },
        { "port", "5432x", "not a port" },
        { "port", "99999", "1 to 65535" },
        { "shared_sessions", "0", "It can be 1 to 1024." },
        { "shared_sessions", "4294967297", "It can be 1 to 1024." },
        { "max_leased_sessions", "0", "1 to 10000" },
        { "stream_window_bytes", "1GB", "out of range" },
        { "stream_window_bytes", "4294967296", "out of range" },
        { "stream_window_bytes", "1TB", "whole number of bytes" },
        { "cancellation_timeout", "0", "out of range" },
        { "statement_cache_size", "-1", "out of range" },
        { "max_message_bytes", "1GB", "out of range" },
        { "sslcrl", "/x", "does not have libpq's option 'sslcrl'" },
        { "sslcertmode", "require", "(or set it to allow)" },
        { "requirepeer", "postgres", "does not have" },
        { "oauth_client_secret", "x", "does not have" },
    };

    [Theory]
    [MemberData(nameof(Accepted), DisableDiscoveryEnumeration = true)]
    public void Option_is_read_from_both_syntaxes(
        string keyword, string text, Func<PgConnectionOptions, object?> property, object? expected)
    {
        var user = keyword == "user" ? "" : "u";
        var quoted = text.Replace("'", @"\'", StringComparison.Ordinal);
        Assert.Equal(expected, property(PgConnectionOptions.Parse($"user='{user}' {keyword}='{quoted}'")));
        Assert.Equal(expected, property(PgConnectionOptions.Parse($"postgres://{user}@/?{keyword}={Uri.EscapeDataString(text)}")));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Bad_value_is_refused_in_both_syntaxes_with_the_reason(string keyword, string text, string message)
    {
        string[] texts = [$"user=u {keyword}='{text}'", $"postgres://u@?{keyword}={Uri.EscapeDataString(text)}"];
        foreach (var all in texts)
        {
            var error = Assert.Throws<PgOptionsException>(() => PgConnectionOptions.Parse(all));

            Assert.Contains(message, error.Message, StringComparison.Ordinal);
            Assert.Equal(keyword, error.Keyword);
            Assert.InRange(error.Position!.Value, all.IndexOf(keyword, StringComparison.Ordinal) + keyword.Length + 1, all.Length - 1);
        }
    }

    [Fact]
    public void Every_default_is_the_documented_one()
    {
        var options = PgConnectionOptions.Parse("user=u");

        Assert.Equal(new PgConnectionOptions { User = "u" }, options);
        Assert.Equal([new PgHost("localhost", null, 5432)], options.Hosts);
        Assert.Equal(TlsMode.Prefer, options.SslMode);
        Assert.Equal(ProtocolVersion.Version30, options.MinProtocolVersion);
        Assert.Equal(ProtocolVersion.Version32, options.MaxProtocolVersion);
        Assert.Equal(16, options.MaxLeasedSessions);
        Assert.Equal(262_144, options.StreamWindowBytes);
        Assert.Equal(TimeSpan.FromSeconds(5), options.CancellationTimeout);
        Assert.Equal(256, options.StatementCacheSize);
        Assert.Equal(4_194_304, options.StatementCacheBytes);
        Assert.False(options.AlwaysDescribe);
        Assert.Null(options.SharedSessions);
        Assert.Null(options.MinSharedSessions);
        Assert.Null(options.CommandTimeout);
        Assert.Null(options.ConnectTimeout);
        Assert.Null(options.SocketBufferBytes);
    }

    [Fact]
    public void Direct_negotiation_is_read_beside_a_mode_that_allows_it()
    {
        Assert.Equal(TlsNegotiation.Direct, PgConnectionOptions.Parse("user=u sslmode=require sslnegotiation=direct").SslNegotiation);
        var error = Assert.Throws<PgOptionsException>(() => PgConnectionOptions.Parse("user=u sslnegotiation=direct"));
        Assert.Equal(("sslnegotiation", 22), (error.Keyword, error.Position));
    }
}
