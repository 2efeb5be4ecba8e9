using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace PgActors.Connections;

/// <summary>What a host must be, whichever way it came in.</summary>
internal static class HostRules
{
    /// <summary>The longest path of a Unix socket: sun_path of Linux has 108 bytes with its NUL (unix(7)).</summary>
    private const int MaxSocketPathBytes = 107;

    /// <summary>Signs that no host name has, and that a mistyped text leaves in one. A comma would split it in libpq's texts.</summary>
    private static readonly SearchValues<char> ForeignSigns = SearchValues.Create(" \t\n\v\f\r,;=/\\@?#'\"");

    /// <summary>Checks <paramref name="host"/>.</summary>
    /// <returns>The keyword to blame and the message, or null.</returns>
    public static (string Keyword, string Message)? Check(PgHost host)
    {
        foreach (var (keyword, text) in (ReadOnlySpan<(string, string?)>)
            [("host", host.Host), ("hostaddr", host.HostAddress), ("password", host.Password?.Reveal())])
        {
            if (TextRules.Check($"'{keyword}'", text) is { } problem)
                return (keyword, problem.Message);
        }

        return CheckAddress(host) ?? CheckName(host) ?? CheckPort(host);
    }

    private static (string, string)? CheckAddress(PgHost host)
    {
        if (host.HostAddress is not { } address)
            return null;

        // A zone ("fe80::1%eth0") is the business of the system that connects.
        var zone = address.Contains(':') ? address.IndexOf('%', StringComparison.Ordinal) : -1;
        return IPAddress.TryParse(zone < 0 ? address : address.AsSpan(0, zone), out _)
            ? null
            : ("hostaddr", $"{SecretScan.Quote(address)} is not a numeric address. Names go into 'host'.");
    }

    private static (string, string)? CheckName(PgHost host)
    {
        var name = host.Host;
        if (name.Length == 0)
            return host.HostAddress is null ? ("host", "A host has neither a name nor an address. Give one.") : null;

        if (host.SocketPath is { } path)
        {
            if (name.Contains(','))
                return ("host", "A socket directory cannot hold a comma: it separates hosts.");

            return Encoding.UTF8.GetByteCount(path) <= MaxSocketPathBytes
                ? null
                : ("host", $"The path of a Unix socket has at most {MaxSocketPathBytes} bytes. Use a shorter directory.");
        }

        if (name.AsSpan().IndexOfAny(ForeignSigns) is not (>= 0 and var at) || name[0] is '/' or '@')
            return null;

        // The name is not shown: the rest of a password whose signs are not encoded stands in its place.
        var advice = name[at] is '/' or '\\' ? " A socket directory is an absolute path." : "";
        return ("host", $"A host name cannot hold '{(char.IsControl(name[at]) ? ' ' : name[at])}'.{advice}");
    }

    private static (string, string)? CheckPort(PgHost host)
        => host.Port is >= 1 and <= ushort.MaxValue
            ? null
            : ("port", string.Create(CultureInfo.InvariantCulture, $"'port' is {host.Port}, which is out of range. It can be 1 to 65535."));
}
