using System.Collections.Frozen;
using System.Globalization;
using PgActors.Protocol;

namespace PgActors.Connections;

/// <summary>Every keyword, in the order in which <see cref="PgConnectionOptions.ToString"/> writes them: libpq's, then our own.</summary>
internal static class ConnectionOptionTable
{
    /// <summary>The longest time a timer can wait for: 2^31 - 1 milliseconds, 24 days.</summary>
    private const long MaxTimer = int.MaxValue;

    /// <summary>32,767 seconds: MAX_TCP_KEEPIDLE and MAX_TCP_KEEPINTVL of Linux (include/net/tcp.h).</summary>
    private const long MaxKeepAlive = 32_767_000;

    private const string WithdrawnTls = "TLS before 1.2 was withdrawn by RFC 8996. Write TLSv1.2 or TLSv1.3.";

    private static readonly (string Name, bool Value)[] Switch = [("1", true), ("0", false)];

    private static readonly (string Name, TlsVersion Value)[] TlsVersions = [("TLSv1.2", TlsVersion.Tls12), ("TLSv1.3", TlsVersion.Tls13)];

    private static readonly (string Name, string Reason)[] RefusedTlsVersions = [("TLSv1", WithdrawnTls), ("TLSv1.1", WithdrawnTls)];

    private static readonly (string Name, ProtocolVersion Value)[] ProtocolVersions =
        [("3.0", ProtocolVersion.Version30), ("3.2", ProtocolVersion.Version32), ("latest", ProtocolVersion.Version32)];

    private static readonly (string Name, string Reason)[] RefusedProtocolVersions =
        [("3.1", "that version was never released. Write 3.0, 3.2 or latest.")];

    /// <summary>All of them.</summary>
    public static ConnectionOption[] All { get; } = [.. Libpq(), .. Own(), .. Unsupported()];

    /// <summary>What code gets that sets nothing.</summary>
    public static PgConnectionOptions Defaults { get; } = new();

    /// <summary>The keywords worth suggesting.</summary>
    public static string[] SuggestedKeywords { get; } = [.. All.Where(o => o is not UnsupportedOption).Select(o => o.Keyword)];

    private static FrozenDictionary<string, ConnectionOption> ByKeyword { get; }
        = All.ToFrozenDictionary(o => o.Keyword, StringComparer.Ordinal);

    /// <summary>The option named <paramref name="keyword"/>, or null.</summary>
    public static ConnectionOption? Find(string keyword) => ByKeyword.GetValueOrDefault(keyword);

    private static IEnumerable<ConnectionOption> Libpq() =>
    [
        new ListedOption("host", "PGHOST", o => Join(o.Hosts, h => h.Host)),
        new ListedOption("hostaddr", "PGHOSTADDR", o => o.Hosts.All(h => h.HostAddress is null) ? null : Join(o.Hosts, h => h.HostAddress)),
        new ListedOption("port", "PGPORT", o => Ports(o.Hosts)),
        new TextOption("dbname", "PGDATABASE", o => o.Database, (o, v) => o with { Database = v }),
        new TextOption("user", "PGUSER", o => o.User, (o, v) => o with { User = v }),
        new TextOption("password", "PGPASSWORD", o => o.Password?.Reveal(), (o, v) => o with { Password = v }) { IsSecret = true },
        new ListedOption("passfile", "PGPASSFILE"),
        new ListedOption("service", "PGSERVICE"),
        new ListedOption("servicefile", "PGSERVICEFILE"),
        new ListedOption(RequireSsl, null),
        new TextOption("options", "PGOPTIONS", o => o.Options, (o, v) => o with { Options = v }),
        new TextOption("application_name", "PGAPPNAME", o => o.ApplicationName, (o, v) => o with { ApplicationName = v }),
        new TextOption(
            "fallback_application_name", null, o => o.FallbackApplicationName, (o, v) => o with { FallbackApplicationName = v }),
        new EncodingOption(),
        new QuantityOption(
            "connect_timeout", "PGCONNECT_TIMEOUT", QuantityUnits.Seconds, (1, MaxTimer),
            o => Milliseconds(o.ConnectTimeout), (o, v) => o with { ConnectTimeout = Time(v) }) { ZeroIsNone = true },
        new ChoiceOption<bool>("keepalives", null, Switch, o => o.KeepAlive, (o, v) => o with { KeepAlive = v }),
        new QuantityOption(
            "keepalives_idle", null, QuantityUnits.Seconds, (1_000, MaxKeepAlive),
            o => Milliseconds(o.KeepAliveIdle), (o, v) => o with { KeepAliveIdle = Time(v) }) { ZeroIsNone = true },
        new QuantityOption(
            "keepalives_interval", null, QuantityUnits.Seconds, (1_000, MaxKeepAlive),
            o => Milliseconds(o.KeepAliveInterval), (o, v) => o with { KeepAliveInterval = Time(v) }) { ZeroIsNone = true },
        new QuantityOption(
            "keepalives_count", null, QuantityUnits.Count, (1, 127),
            o => o.KeepAliveCount, (o, v) => o with { KeepAliveCount = (int?)v }) { ZeroIsNone = true },
        new QuantityOption(
            "tcp_user_timeout", null, QuantityUnits.Milliseconds, (1, MaxTimer),
            o => Milliseconds(o.TcpUserTimeout), (o, v) => o with { TcpUserTimeout = Time(v) }) { ZeroIsNone = true },
        new ChoiceOption<TlsMode>(
            "sslmode",
            "PGSSLMODE",
            [
                ("disable", TlsMode.Disable), ("allow", TlsMode.Allow), ("prefer", TlsMode.Prefer),
                ("require", TlsMode.Require), ("verify-ca", TlsMode.VerifyCa), ("verify-full", TlsMode.VerifyFull),
            ],
            o => o.SslMode,
            (o, v) => o with { SslMode = v }),
        new ChoiceOption<TlsNegotiation>(
            "sslnegotiation", "PGSSLNEGOTIATION", [("postgres", TlsNegotiation.Postgres), ("direct", TlsNegotiation.Direct)],
            o => o.SslNegotiation, (o, v) => o with { SslNegotiation = v }),
        new TextOption("sslrootcert", "PGSSLROOTCERT", o => o.SslRootCert, (o, v) => o with { SslRootCert = v }),
        new TextOption("sslcert", "PGSSLCERT", o => o.SslCert, (o, v) => o with { SslCert = v }),
        new TextOption("sslkey", "PGSSLKEY", o => o.SslKey, (o, v) => o with { SslKey = v }),
        new TextOption("sslpassword", null, o => o.SslPassword?.Reveal(), (o, v) => o with { SslPassword = v }) { IsSecret = true },
        new ChoiceOption<bool>("sslsni", "PGSSLSNI", Switch, o => o.SslSni, (o, v) => o with { SslSni = v }),
        new ChoiceOption<TlsVersion>(
            "ssl_min_protocol_version", "PGSSLMINPROTOCOLVERSION", TlsVersions,
            o => o.SslMinProtocolVersion, (o, v) => o with { SslMinProtocolVersion = v })
        {
            IgnoreCase = true,
            Refused = RefusedTlsVersions,
        },
        new ChoiceOption<TlsVersion>(
            "ssl_max_protocol_version", "PGSSLMAXPROTOCOLVERSION", TlsVersions,
            o => o.SslMaxProtocolVersion, (o, v) => o with { SslMaxProtocolVersion = v })
        {
            IgnoreCase = true,
            Refused = RefusedTlsVersions,
        },
        new ChoiceOption<ChannelBindingMode>(
            "channel_binding",
            "PGCHANNELBINDING",
            [
                ("disable", ChannelBindingMode.Disable), ("prefer", ChannelBindingMode.Prefer), ("require", ChannelBindingMode.Require),
            ],
            o => o.ChannelBinding,
            (o, v) => o with { ChannelBinding = v }),
        new RequireAuthOption(),
        new ChoiceOption<GssEncryptionMode>(
            "gssencmode", "PGGSSENCMODE", [("disable", GssEncryptionMode.Disable), ("prefer", GssEncryptionMode.Prefer)],
            o => o.GssEncMode, (o, v) => o with { GssEncMode = v })
        {
            Refused = [("require", "PgActors encrypts by TLS, not by GSSAPI. Set sslmode=verify-full, and gssencmode=disable.")],
        },
        new TextOption("krbsrvname", "PGKRBSRVNAME", o => o.KerberosServiceName, (o, v) => o with { KerberosServiceName = v }),
        new ChoiceOption<ProtocolVersion>(
            "min_protocol_version", "PGMINPROTOCOLVERSION", ProtocolVersions,
            o => o.MinProtocolVersion, (o, v) => o with { MinProtocolVersion = v }) { Refused = RefusedProtocolVersions },
        new ChoiceOption<ProtocolVersion>(
            "max_protocol_version", "PGMAXPROTOCOLVERSION", ProtocolVersions,
            o => o.MaxProtocolVersion, (o, v) => o with { MaxProtocolVersion = v }) { Refused = RefusedProtocolVersions },
        new ChoiceOption<TargetSessionAttributes>(
            "target_session_attrs",
            "PGTARGETSESSIONATTRS",
            [
                ("any", TargetSessionAttributes.Any), ("read-write", TargetSessionAttributes.ReadWrite),
                ("read-only", TargetSessionAttributes.ReadOnly), ("primary", TargetSessionAttributes.Primary),
                ("standby", TargetSessionAttributes.Standby), ("prefer-standby", TargetSessionAttributes.PreferStandby),
            ],
            o => o.TargetSessionAttributes,
            (o, v) => o with { TargetSessionAttributes = v }),
        new ChoiceOption<LoadBalanceHosts>(
            "load_balance_hosts", "PGLOADBALANCEHOSTS", [("disable", LoadBalanceHosts.Disable), ("random", LoadBalanceHosts.Random)],
            o => o.LoadBalanceHosts, (o, v) => o with { LoadBalanceHosts = v }),
        new ChoiceOption<ReplicationMode>(
            "replication",
            null,
            [
                ("false", ReplicationMode.None), ("off", ReplicationMode.None), ("no", ReplicationMode.None), ("0", ReplicationMode.None),
                ("true", ReplicationMode.Physical), ("on", ReplicationMode.Physical), ("yes", ReplicationMode.Physical),
                ("1", ReplicationMode.Physical), ("database", ReplicationMode.Logical),
            ],
            o => o.Replication,
            (o, v) => o with { Replication = v }) { IgnoreCase = true },
    ];

    private static IEnumerable<ConnectionOption> Own() =>
    [
        new QuantityOption(
            "shared_sessions", null, QuantityUnits.Count, (1, 1_024),
            o => o.SharedSessions, (o, v) => o with { SharedSessions = (int?)v }),
        new QuantityOption(
            "min_shared_sessions", null, QuantityUnits.Count, (1, 1_024),
            o => o.MinSharedSessions, (o, v) => o with { MinSharedSessions = (int?)v }),
        new QuantityOption(
            "max_leased_sessions", null, QuantityUnits.Count, (1, 10_000),
            o => o.MaxLeasedSessions, (o, v) => o with { MaxLeasedSessions = (int)v.GetValueOrDefault() }),
        new QuantityOption(
            "lease_timeout", null, QuantityUnits.Seconds, (1, MaxTimer),
            o => Milliseconds(o.LeaseTimeout), (o, v) => o with { LeaseTimeout = Time(v) }) { ZeroIsNone = true },
        new QuantityOption(
            "max_lease_waiters", null, QuantityUnits.Count, (1, 1_000_000),
            o => o.MaxLeaseWaiters, (o, v) => o with { MaxLeaseWaiters = (int)v.GetValueOrDefault() }),
        new QuantityOption(
            "lease_validation", null, QuantityUnits.Seconds, (1, MaxTimer),
            o => Milliseconds(o.LeaseValidation), (o, v) => o with { LeaseValidation = Time(v) }) { ZeroIsNone = true },
        new QuantityOption(
            "lease_idle_lifetime", null, QuantityUnits.Seconds, (1, MaxTimer),
            o => Milliseconds(o.LeaseIdleLifetime), (o, v) => o with { LeaseIdleLifetime = Time(v) }) { ZeroIsNone = true },
        new QuantityOption(
            "lease_lifetime", null, QuantityUnits.Seconds, (1, MaxTimer),
            o => Milliseconds(o.LeaseLifetime), (o, v) => o with { LeaseLifetime = Time(v) }) { ZeroIsNone = true },
        new QuantityOption(
            "lease_warning", null, QuantityUnits.Seconds, (1, MaxTimer),
            o => Milliseconds(o.LeaseWarning), (o, v) => o with { LeaseWarning = Time(v) }) { ZeroIsNone = true },
        new QuantityOption(
            "commit_resolution", null, QuantityUnits.Seconds, (1, MaxTimer),
            o => Milliseconds(o.CommitResolution), (o, v) => o with { CommitResolution = Time(v) }) { ZeroIsNone = true },
        new QuantityOption(
            "max_queued_commands", null, QuantityUnits.Count, (1, 1_000_000),
            o => o.MaxQueuedCommands, (o, v) => o with { MaxQueuedCommands = (int)v.GetValueOrDefault() }),
        new QuantityOption(
            "max_queued_bytes", null, QuantityUnits.Bytes, (64 << 10, 1L << 40),
            o => o.MaxQueuedBytes, (o, v) => o with { MaxQueuedBytes = v.GetValueOrDefault() }),
        new QuantityOption(
            "stream_window_bytes", null, QuantityUnits.Bytes, (4 << 10, PgConnectionOptions.MessageLimit),
            o => o.StreamWindowBytes, (o, v) => o with { StreamWindowBytes = (int)v.GetValueOrDefault() }),
        new QuantityOption(
            "command_timeout", null, QuantityUnits.Seconds, (1, MaxTimer),
            o => Milliseconds(o.CommandTimeout), (o, v) => o with { CommandTimeout = Time(v) }) { ZeroIsNone = true },
        new QuantityOption(
            "cancellation_timeout", null, QuantityUnits.Seconds, (1, MaxTimer),
            o => Milliseconds(o.CancellationTimeout), (o, v) => o with { CancellationTimeout = Time(v).GetValueOrDefault() }),
        new QuantityOption(
            "statement_cache_size", null, QuantityUnits.Count, (0, 65_536),
            o => o.StatementCacheSize, (o, v) => o with { StatementCacheSize = (int)v.GetValueOrDefault() }),
        new QuantityOption(
            "statement_cache_bytes", null, QuantityUnits.Bytes, (0, 1L << 30),
            o => o.StatementCacheBytes, (o, v) => o with { StatementCacheBytes = v.GetValueOrDefault() }),
        new ChoiceOption<bool>("always_describe", null, Switch, o => o.AlwaysDescribe, (o, v) => o with { AlwaysDescribe = v }),
        new QuantityOption(
            "max_message_bytes", null, QuantityUnits.Bytes, (64 << 10, PgConnectionOptions.MessageLimit),
            o => o.MaxMessageBytes, (o, v) => o with { MaxMessageBytes = (int)v.GetValueOrDefault() }),
        new QuantityOption(
            "socket_buffer_bytes", null, QuantityUnits.Bytes, (4 << 10, PgConnectionOptions.MessageLimit),
            o => o.SocketBufferBytes, (o, v) => o with { SocketBufferBytes = (int?)v }),
    ];

    private static IEnumerable<ConnectionOption> Unsupported() =>
    [
        new UnsupportedOption("sslcompression", "PGSSLCOMPRESSION", "TLS compression is unsafe, and servers since 14 refuse it.", "0"),
        new UnsupportedOption("sslcertmode", "PGSSLCERTMODE", "a client certificate is sent if one is given and asked for.", "allow"),
        new UnsupportedOption("sslcrl", "PGSSLCRL", "revocation lists are not read from files."),
        new UnsupportedOption("sslcrldir", "PGSSLCRLDIR", "revocation lists are not read from files."),
        new UnsupportedOption("sslkeylogfile", null, "the keys of a connection are never written to a file."),
        new UnsupportedOption("requirepeer", "PGREQUIREPEER", "the owner of a Unix socket's server is not checked."),
        new UnsupportedOption("gsslib", "PGGSSLIB", "the platform's own library is used."),
        new UnsupportedOption("gssdelegation", "PGGSSDELEGATION", "credentials are never delegated.", "0"),
        new UnsupportedOption("scram_client_key", null, "SCRAM starts from the password.") { IsSecret = true },
        new UnsupportedOption("scram_server_key", null, "SCRAM starts from the password.") { IsSecret = true },
        new UnsupportedOption("oauth_issuer", null, "OAuth tokens are not fetched."),
        new UnsupportedOption("oauth_client_id", null, "OAuth tokens are not fetched."),
        new UnsupportedOption("oauth_client_secret", null, "OAuth tokens are not fetched.") { IsSecret = true },
        new UnsupportedOption("oauth_scope", null, "OAuth tokens are not fetched."),
        new UnsupportedOption("oauth_ca_file", "PGOAUTHCAFILE", "OAuth tokens are not fetched."),
    ];

    /// <summary>libpq's old spelling of sslmode, which it still reads.</summary>
    public const string RequireSsl = "requiressl";

    private static long? Milliseconds(TimeSpan? time) => (long?)time?.TotalMilliseconds;

    private static TimeSpan? Time(long? milliseconds) => milliseconds is { } value ? TimeSpan.FromMilliseconds(value) : null;

    private static string Join(IReadOnlyList<PgHost> hosts, Func<PgHost, string?> part) => string.Join(',', hosts.Select(part));

    private static string Ports(IReadOnlyList<PgHost> hosts)
        => hosts.All(h => h.Port == hosts[0].Port)
            ? hosts.Count == 0 ? "" : hosts[0].Port.ToString(CultureInfo.InvariantCulture)
            : Join(hosts, h => h.Port.ToString(CultureInfo.InvariantCulture));
}
