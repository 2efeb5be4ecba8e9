using System.Text;

namespace PgActors.Testing;

/// <summary>Writes the texts of a server's configuration files.</summary>
internal static class ServerConfiguration
{
    /// <summary>
    /// What every server gets unless its options say otherwise: no waiting for disks, logical decoding, two-phase commit, and WAL kept long
    /// enough for a standby that is just being copied.
    /// </summary>
    private static readonly (string Name, string Value)[] Defaults =
    [
        ("fsync", "off"),
        ("wal_level", "logical"),
        ("max_connections", "100"),
        ("max_prepared_transactions", "20"),
        ("max_wal_senders", "20"),
        ("max_replication_slots", "20"),
        ("wal_keep_size", "128MB"),
        ("hot_standby", "on"),
        ("timezone", "UTC"),
        ("log_timezone", "UTC"),
        ("lc_messages", "C"),
        ("log_line_prefix", "%m [%p] %q%u@%d %a "),
    ];

    /// <summary>The settings file: the defaults, then the options', then the host's own, the last of a name wins.</summary>
    public static string Settings(PostgresServerOptions options, IEnumerable<(string Name, string Value)> own)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in Defaults.Concat(options.Settings.Select(pair => (pair.Key, pair.Value))).Concat(own))
        {
            settings[name] = value;
        }

        var text = new StringBuilder();
        foreach (var (name, value) in settings)
        {
            text.Append(name).Append(" = ").Append(Quote(value)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The settings that TLS needs.</summary>
    public static IEnumerable<(string Name, string Value)> TlsSettings(
        TlsOptions? options, string certificate, string key, string authority)
    {
        if (options is null)
        {
            return [];
        }

        IEnumerable<(string, string)> settings = [("ssl", "on"), ("ssl_cert_file", certificate), ("ssl_key_file", key)];
        return options.ClientRoles.Count == 0 ? settings : settings.Append(("ssl_ca_file", authority));
    }

    /// <summary>pg_hba.conf.</summary>
    /// <param name="options">The server's options.</param>
    /// <param name="consoleKind">How the launcher connects: <c>local</c>, or <c>host</c> where that socket is out of reach.</param>
    public static string Hba(PostgresServerOptions options, string consoleKind)
    {
        var address = consoleKind == "local" ? "" : " all";
        var tcp = options.Tls is { Required: true } ? "hostssl" : "host";
        IEnumerable<string> lines =
        [
            $"{consoleKind} all,replication {ClusterTemplate.ConsoleUser}{address} trust",
            .. options.HbaLines ?? ["local all,replication all trust", $"{tcp} all,replication all all trust"],
        ];
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>A value of a keyword/value connection string (PostgreSQL documentation, "Connection Strings").</summary>
    public static string QuoteConnectionValue(string value) =>
        "'" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'";

    // PostgreSQL documentation, "Parameter Names and Values": a quote is doubled; a backslash starts an escape.
    private static string Quote(string value) => value.AsSpan().ContainsAny('\n', '\r', '\0')
        ? throw new ArgumentException($"A setting cannot hold a line break or a zero byte: {value}", nameof(value))
        : "'" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal) + "'";
}
