using System.Net;

namespace PgActors.Connections;

/// <summary>The checks that every set of options passes, parsed or built in code: each value, then how they fit together.</summary>
internal static class OptionRules
{
    /// <summary>Names that have an option of their own, or that the protocol reserves.</summary>
    private static readonly string[] ReservedSettings =
        ["user", "database", "replication", "options", "application_name", "client_encoding"];

    /// <summary>Checks <paramref name="options"/>.</summary>
    /// <returns>The problem, or null; its position is not set.</returns>
    public static OptionProblem? Check(PgConnectionOptions options)
    {
        foreach (var option in ConnectionOptionTable.All)
        {
            if (option.Check(options) is { } problem)
                return new OptionProblem(problem.Message, option.Keyword);
        }

        return CheckHosts(options) ?? CheckSettings(options) ?? CheckTls(options) ?? CheckSession(options);
    }

    /// <summary>What is allowed and unwise.</summary>
    public static IEnumerable<string> Warnings(PgConnectionOptions options)
    {
        if (options.SslMode < TlsMode.VerifyCa && options.Hosts.FirstOrDefault(h => !IsLocal(h)) is { } host)
        {
            yield return $"Nothing protects the connection to {host} against someone in the middle, since its certificate need not be "
                + "trusted. Set sslmode=verify-full.";
        }
    }

    /// <summary>Whether the bytes stay on this machine.</summary>
    private static bool IsLocal(PgHost host)
        => host.IsUnixSocket
            || (IPAddress.TryParse(host.HostAddress ?? host.Host, out var address)
                ? IPAddress.IsLoopback(address)
                : host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase));

    private static OptionProblem? CheckHosts(PgConnectionOptions options)
    {
        if (options.Hosts.Count == 0)
            return new OptionProblem("There is no host to connect to. Give at least one.", "host");

        foreach (var host in options.Hosts)
        {
            if (HostRules.Check(host) is var (keyword, message))
                return new OptionProblem(message, keyword);
        }

        return null;
    }

    private static OptionProblem? CheckSettings(PgConnectionOptions options)
    {
        foreach (var (name, value) in options.Settings)
        {
            if (string.IsNullOrEmpty(name) || value is null)
                return new OptionProblem("A setting has no name or no value. Remove it.");

            if ((TextRules.Check("The name of a setting", name) ?? TextRules.Check($"The setting '{name}'", value)) is { } problem)
                return new OptionProblem(problem.Message);

            if (ReservedSettings.Contains(name) || name.StartsWith("_pq_.", StringComparison.Ordinal))
                return new OptionProblem($"'{name}' cannot be a setting: it has a meaning of its own at start-up. Use the option for it.");
        }

        return null;
    }

    private static OptionProblem? CheckTls(PgConnectionOptions options)
    {
        if (options.SslNegotiation == TlsNegotiation.Direct && options.SslMode < TlsMode.Require)
        {
            return new OptionProblem(
                "'sslnegotiation=direct' starts with TLS and has no way back to clear text, so it needs sslmode=require or stricter.",
                "sslnegotiation");
        }

        if (options.SslRootCert == "system" && options.SslMode != TlsMode.VerifyFull)
        {
            return new OptionProblem(
                "'sslrootcert=system' trusts every public issuer, which protects nothing unless the host name is compared too. "
                + "Set sslmode=verify-full.",
                "sslrootcert");
        }

        if (options.SslMaxProtocolVersion is { } max && max < options.SslMinProtocolVersion)
            return new OptionProblem("'ssl_min_protocol_version' is newer than 'ssl_max_protocol_version'.", "ssl_min_protocol_version");

        if (options.ChannelBinding == ChannelBindingMode.Require && options.SslMode == TlsMode.Disable)
        {
            return new OptionProblem(
                "'channel_binding=require' binds the login to a TLS channel, and sslmode=disable allows none. Set sslmode=require or "
                + "stricter.",
                "channel_binding");
        }

        return options.SslMode == TlsMode.VerifyFull && options.Hosts.Any(h => h.Host.Length == 0)
            ? new OptionProblem(
                "'sslmode=verify-full' compares the host's name, and a host has only a 'hostaddr'. Give its 'host' too.", "sslmode")
            : null;
    }

    private static OptionProblem? CheckSession(PgConnectionOptions options)
    {
        if (string.IsNullOrEmpty(options.User))
            return new OptionProblem("There is no user to log in as. Give 'user', such as postgres://user@host/database.", "user");

        if (options.MinProtocolVersion > options.MaxProtocolVersion)
            return new OptionProblem("'min_protocol_version' is newer than 'max_protocol_version'.", "min_protocol_version");

        if (options.MinSharedSessions > options.SharedSessions)
        {
            return new OptionProblem(
                "'min_shared_sessions' is more than 'shared_sessions', which is the most. Give the smaller number first.", "min_shared_sessions");
        }

        // A whole connection text in place of a name, as psql takes it, would be a password shown as a database's name.
        return UriReader.SchemeLength(options.Database ?? "") > 0
            ? new OptionProblem("'dbname' holds a connection URI. Give the URI itself as the text.", "dbname")
            : null;
    }
}
