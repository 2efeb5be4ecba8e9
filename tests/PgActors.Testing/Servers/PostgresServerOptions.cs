namespace PgActors.Testing;

/// <summary>
/// What a <see cref="PostgresServer"/> shall be. The defaults are a fast, forgetful server that trusts everybody on this machine.
/// </summary>
public sealed record PostgresServerOptions
{
    /// <summary>The oldest major version the launcher starts.</summary>
    public const int OldestMajor = 14;

    /// <summary>The newest major version the launcher has a pinned package for.</summary>
    public const int NewestMajor = 18;

    /// <summary>Major version, 14 to 18 (a newer one only from an installation or a container). Default: 18.</summary>
    public int Major { get; init; } = NewestMajor;

    /// <summary>
    /// Server settings by name, as in postgresql.conf, unquoted. They win over the launcher's own: <c>fsync=off</c>,
    /// <c>wal_level=logical</c>, <c>max_connections=100</c>, <c>max_prepared_transactions=20</c>, <c>wal_keep_size=128MB</c>,
    /// <c>timezone=UTC</c>. <c>port</c>, <c>listen_addresses</c> and <c>unix_socket_directories</c> are the launcher's.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The lines of pg_hba.conf; null: everybody is trusted over TCP and the Unix-domain socket. A first line that trusts the launcher's
    /// own role, <c>pgactors_console</c>, on the Unix-domain socket is always put before them.
    /// </summary>
    public IReadOnlyList<string>? HbaLines { get; init; }

    /// <summary>The lines of pg_ident.conf; null: none.</summary>
    public IReadOnlyList<string>? IdentLines { get; init; }

    /// <summary>TLS, with certificates made on the spot; null: the server has none.</summary>
    public TlsOptions? Tls { get; init; }

    /// <summary>
    /// SQL that runs in the database <c>postgres</c> as a superuser before the first start: roles with passwords, databases, extensions.
    /// One statement each, no transaction around them. A semicolon followed by an empty line inside a statement gets a blank between.
    /// </summary>
    public IReadOnlyList<string> InitSql { get; init; } = [];

    /// <summary>TCP port on the loopback; null: a free one.</summary>
    public int? Port { get; init; }

    /// <summary>
    /// True: initdb runs for this server alone, which gives it a system identifier of its own. False: it starts from a copy of a cached
    /// data folder, in a fraction of the time.
    /// </summary>
    public bool OwnCluster { get; init; }

    /// <summary>
    /// More arguments for initdb (<c>--wal-segsize=1</c>, <c>--locale=…</c>). Any makes the server an <see cref="OwnCluster"/>.
    /// </summary>
    public IReadOnlyList<string> InitDbArguments { get; init; } = [];

    /// <summary>
    /// A folder with <c>bin/initdb</c>, <c>bin/pg_ctl</c> and <c>bin/postgres</c>; null: the environment variable
    /// <c>PGACTORS_POSTGRES_&lt;major&gt;</c>, else the launcher searches. When it is given, nothing else is tried.
    /// </summary>
    public string? InstallationDirectory { get; init; }

    /// <summary>
    /// Where unpacked servers are kept; null: the environment variable <c>PGACTORS_CACHE</c>, else <c>/var/cache/pgactors</c> for root and
    /// the user's own cache folder for others.
    /// </summary>
    public string? CacheDirectory { get; init; }

    /// <summary>How long a start or a stop may take. Default: one minute.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(1);
}
