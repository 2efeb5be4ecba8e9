using PgActors.Connections;
using PgActors.Protocol;

namespace PgActors;

/// <summary>
/// Where and how to connect, and the limits of the engine: libpq's options under their own names in texts, and PgActors' own beside them.
/// Made from a URI or keyword/value text by <see cref="Parse"/>, or in code:
/// <c>new PgConnectionOptions { Hosts = [new("db1"), new("db2")], User = "app" }</c>. Immutable and safe for any thread; two are equal if
/// all their values are. Values are checked by <see cref="Validate"/>, which <see cref="Parse"/> and every use call, and not by the
/// setters, so that <c>with</c> can change several that depend on one another.
/// </summary>
/// <remarks>The keyword in brackets is the one of texts. Source: PostgreSQL documentation, "Database Connection Control Functions".
/// </remarks>
public sealed partial record PgConnectionOptions
{
    /// <summary>The hosts, in the order in which they are tried (<c>host</c>, <c>hostaddr</c>, <c>port</c>). At least one. Default in code:
    /// <c>localhost:5432</c>; a text without a host means the Unix socket directory of the <see cref="ConnectionSources"/>.</summary>
    public IReadOnlyList<PgHost> Hosts { get; init => field = ValueList<PgHost>.Of(value); }
        = ValueList<PgHost>.Of([new PgHost("localhost")]);

    /// <summary>The database (<c>dbname</c>); null: the one named like the user.</summary>
    public string? Database { get; init; }

    /// <summary>The user (<c>user</c>). Must not be empty. A text without it means the operating system's user.</summary>
    public string User { get; init; } = "";

    /// <summary>The password (<c>password</c>), or null. It is for all hosts and wins over <see cref="PgHost.Password"/>.</summary>
    public PgSecret? Password { get; init; }

    /// <summary>What to call this program in the server's views and logs (<c>application_name</c>). It is cut it at 63 bytes.
    /// </summary>
    public string? ApplicationName { get; init; }

    /// <summary>What to send where <see cref="ApplicationName"/> is null (<c>fallback_application_name</c>).</summary>
    public string? FallbackApplicationName { get; init; }

    /// <summary>Command-line switches for the server process (<c>options</c>), such as <c>-c geqo=off</c>. Shown by
    /// <see cref="ToString"/>, so this is no place for secrets.</summary>
    public string? Options { get; init; }

    /// <summary>The encoding on the wire (<c>client_encoding</c>): <c>UTF8</c>, always. Other encodings are refused, since the server
    /// converts from and to any database's own.</summary>
    public string ClientEncoding { get; init => field = EncodingOption.IsUtf8(value) ? EncodingOption.Utf8 : value; } = EncodingOption.Utf8;

    /// <summary>Run-time settings to start every session with, in order, such as <c>timezone</c>. They have no keyword: in texts they
    /// are <c>options=-c …</c>; <c>PGTZ</c>, <c>PGDATESTYLE</c> and <c>PGGEQO</c> in the environment come here. Default: none. Not part of
    /// <see cref="ToString"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init => field = ValueList<KeyValuePair<string, string>>.Of(value); }
        = ValueList<KeyValuePair<string, string>>.Of([]);

    /// <summary>How long an attempt at one address may take until the session is ready (<c>connect_timeout</c>, in seconds); null, libpq's
    /// default: no limit of its own. 1 ms to 24 days, in whole milliseconds; a fraction is dropped.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>Whether the operating system probes an idle TCP connection (<c>keepalives</c>). Default: yes.</summary>
    public bool KeepAlive { get; init; } = true;

    /// <summary>How long a connection is idle before the first probe (<c>keepalives_idle</c>, in seconds); null: the system's default.
    /// 1 to 32,767 s (Linux' limit, tcp(7)), in whole seconds.</summary>
    public TimeSpan? KeepAliveIdle { get; init; }

    /// <summary>The time between two probes (<c>keepalives_interval</c>, in seconds); null: the system's default. 1 to 32,767 s, in whole
    /// seconds.</summary>
    public TimeSpan? KeepAliveInterval { get; init; }

    /// <summary>Unanswered probes after which the connection is lost (<c>keepalives_count</c>); null: the system's default. 1 to 127
    /// (Linux' limit, tcp(7)).</summary>
    public int? KeepAliveCount { get; init; }

    /// <summary>How long sent bytes may stay unacknowledged before the connection is lost (<c>tcp_user_timeout</c>, in milliseconds); null:
    /// the system's default. 1 ms to 24 days. Only some systems have it; others ignore it.</summary>
    public TimeSpan? TcpUserTimeout { get; init; }

    /// <summary>How much TLS protects the connection (<c>sslmode</c>). Default: <see cref="TlsMode.Prefer"/>, as in libpq, which does not
    /// protect against someone in the middle: use <see cref="TlsMode.VerifyFull"/> wherever the network is not yours.</summary>
    public TlsMode SslMode { get; init; } = TlsMode.Prefer;

    /// <summary>How TLS begins (<c>sslnegotiation</c>). <see cref="TlsNegotiation.Direct"/> needs <see cref="TlsMode.Require"/> or
    /// stricter.</summary>
    public TlsNegotiation SslNegotiation { get; init; } = TlsNegotiation.Postgres;

    /// <summary>The PEM file of trusted issuers (<c>sslrootcert</c>), or <c>system</c> for the operating system's, which needs
    /// <see cref="TlsMode.VerifyFull"/>; null: none given. A given file replaces the system's issuers.</summary>
    public string? SslRootCert { get; init; }

    /// <summary>The PEM file of the client's certificate (<c>sslcert</c>), or null.</summary>
    public string? SslCert { get; init; }

    /// <summary>The PEM file of the private key of <see cref="SslCert"/> (<c>sslkey</c>), or null.</summary>
    public string? SslKey { get; init; }

    /// <summary>The pass phrase of <see cref="SslKey"/> (<c>sslpassword</c>), or null.</summary>
    public PgSecret? SslPassword { get; init; }

    /// <summary>Whether TLS tells the server the host's name (<c>sslsni</c>). Default: yes. Never for numeric addresses.</summary>
    public bool SslSni { get; init; } = true;

    /// <summary>The oldest TLS version to accept (<c>ssl_min_protocol_version</c>). Default: 1.2.</summary>
    public TlsVersion SslMinProtocolVersion { get; init; } = TlsVersion.Tls12;

    /// <summary>The newest TLS version to offer (<c>ssl_max_protocol_version</c>); null: no limit.</summary>
    public TlsVersion? SslMaxProtocolVersion { get; init; }

    /// <summary>Whether SCRAM is tied to the TLS channel (<c>channel_binding</c>). Default: <see cref="ChannelBindingMode.Prefer"/>.
    /// </summary>
    public ChannelBindingMode ChannelBinding { get; init; } = ChannelBindingMode.Prefer;

    /// <summary>
    /// The ways of authentication that the server may ask for (<c>require_auth</c>): <c>password</c>, <c>md5</c>, <c>gss</c>, <c>sspi</c>,
    /// <c>scram-sha-256</c>, <c>oauth</c>, <c>none</c>, either all plain (allowed) or all with <c>!</c> (forbidden). Empty: any.
    /// </summary>
    public IReadOnlyList<string> RequireAuth { get; init => field = ValueList<string>.Of(value); } = ValueList<string>.Of([]);

    /// <summary>Whether GSSAPI may encrypt the connection (<c>gssencmode</c>). PgActors never does; <c>require</c> is refused.</summary>
    public GssEncryptionMode GssEncMode { get; init; } = GssEncryptionMode.Prefer;

    /// <summary>The service part of the server's Kerberos name (<c>krbsrvname</c>). Default: <c>postgres</c>.</summary>
    public string KerberosServiceName { get; init; } = "postgres";

    /// <summary>The oldest protocol version to accept (<c>min_protocol_version</c>: <c>3.0</c>, <c>3.2</c>, <c>latest</c>). Default: 3.0.
    /// </summary>
    public ProtocolVersion MinProtocolVersion { get; init; } = ProtocolVersion.Version30;

    /// <summary>The newest protocol version to ask for (<c>max_protocol_version</c>, the same words). Default: 3.2, where libpq has 3.0:
    /// older servers negotiate it down. Set 3.0 for a pooler that refuses it.</summary>
    public ProtocolVersion MaxProtocolVersion { get; init; } = ProtocolVersion.Version32;

    /// <summary>Which of the hosts is acceptable (<c>target_session_attrs</c>). Default: any.</summary>
    public TargetSessionAttributes TargetSessionAttributes { get; init; } = TargetSessionAttributes.Any;

    /// <summary>In which order hosts are tried (<c>load_balance_hosts</c>). Default: as written.</summary>
    public LoadBalanceHosts LoadBalanceHosts { get; init; } = LoadBalanceHosts.Disable;

    /// <summary>Whether sessions speak the replication protocol (<c>replication</c>). Default: no.</summary>
    public ReplicationMode Replication { get; init; } = ReplicationMode.None;

    /// <summary>What is allowed and unwise, such as a password file that others can read, or a host across a network whose certificate
    /// nobody checks. For the log at start-up; never holds a secret.</summary>
    public IReadOnlyList<string> Warnings => [.. ParseWarnings, .. OptionRules.Warnings(this)];

    /// <summary>What <see cref="Parse"/> noticed in files.</summary>
    internal IReadOnlyList<string> ParseWarnings { get; init => field = ValueList<string>.Of(value); } = ValueList<string>.Of([]);

    /// <summary>The database that the session will be in: <see cref="Database"/>, or the one named like the user.</summary>
    public string EffectiveDatabase => string.IsNullOrEmpty(Database) ? User : Database;

    /// <summary>The password to use for <paramref name="host"/>: <see cref="Password"/>, or the host's own, or null.</summary>
    /// <param name="host">One of <see cref="Hosts"/>.</param>
    /// <returns>The password, or null where none is known.</returns>
    public PgSecret? PasswordFor(PgHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return Password ?? host.Password;
    }
}
