using System.Globalization;

namespace PgActors;

/// <summary>One place where a server may be: a host name or address with a port, or a Unix socket. Immutable.</summary>
/// <param name="Host">A DNS name, a numeric address, a Unix socket's directory (starts with <c>/</c> or a drive such as <c>C:\</c>), or
/// an abstract socket's (starts with <c>@</c>). May be empty if <paramref name="HostAddress"/> is given. It is the name that TLS, GSSAPI
/// and the password file compare.</param>
/// <param name="HostAddress">A numeric address to connect to without asking DNS (libpq's <c>hostaddr</c>), or null.</param>
/// <param name="Port">The TCP port or the socket's suffix: 1 to 65535.</param>
public sealed record PgHost(string Host, string? HostAddress = null, int Port = PgHost.DefaultPort)
{
    /// <summary>5432, PostgreSQL's port (registered with IANA).</summary>
    public const int DefaultPort = 5432;

    /// <summary>The password for this host alone, from the password file; null otherwise. See
    /// <see cref="PgConnectionOptions.PasswordFor"/>.</summary>
    public PgSecret? Password { get; init; }

    /// <summary>Whether this is a Unix socket, in the file system or abstract. False where <see cref="HostAddress"/> is given: it wins.
    /// </summary>
    public bool IsUnixSocket => HostAddress is null && IsSocketDirectory(Host);

    /// <summary>Whether this is a Linux abstract socket: a name without a file.</summary>
    public bool IsAbstractSocket => IsUnixSocket && Host[0] == '@';

    /// <summary>
    /// The socket's path, <c>directory/.s.PGSQL.port</c>, or null where this is no Unix socket. An abstract one keeps its leading
    /// <c>@</c>, which stands for the NUL that the operating system expects there.
    /// </summary>
    public string? SocketPath => IsUnixSocket ? string.Create(CultureInfo.InvariantCulture, $"{Host}/.s.PGSQL.{Port}") : null;

    /// <summary>The host and the port, for messages; an IPv6 address in brackets.</summary>
    public override string ToString()
    {
        var host = Host.Length > 0 ? Host : HostAddress ?? "";
        return SocketPath ?? string.Create(CultureInfo.InvariantCulture, $"{(host.Contains(':') ? $"[{host}]" : host)}:{Port}");
    }

    /// <summary>libpq's rule (is_unixsock_path): an absolute path or an abstract name. A drive letter counts on every system, since no
    /// host name has a colon followed by a slash.</summary>
    private static bool IsSocketDirectory(string host)
        => host is ['/' or '@', ..] || (host is [var drive, ':', '/' or '\\', ..] && char.IsAsciiLetter(drive));
}
