using System.Net;

namespace PgActors.Transports;

/// <summary>Where a server listens: a TCP host and port, or a Unix socket. An immutable value; equal ones are interchangeable.</summary>
public sealed record TransportEndpoint
{
    private TransportEndpoint()
    {
    }

    /// <summary>The host name or address as the user gave it; <see langword="null"/> for a Unix socket.</summary>
    public string? Host { get; private init; }

    /// <summary>The address to use instead of resolving <see cref="Host"/> (libpq's <c>hostaddr</c>); the name stays the one that TLS
    /// checks.</summary>
    public IPAddress? HostAddress { get; private init; }

    /// <summary>The TCP port, 1 to 65535; 0 for a Unix socket.</summary>
    public int Port { get; private init; }

    /// <summary>The socket's file, or <c>@</c> and its name in Linux's abstract namespace; <see langword="null"/> for TCP.</summary>
    public string? SocketPath { get; private init; }

    /// <summary>Whether this is a Unix socket.</summary>
    public bool IsUnixSocket => SocketPath is not null;

    /// <summary>A TCP endpoint.</summary>
    /// <param name="host">Name or address; not empty.</param>
    /// <param name="port">1 to 65535.</param>
    /// <param name="hostAddress">The address to connect to, when the name must not be resolved.</param>
    /// <returns>The endpoint.</returns>
    public static TransportEndpoint Tcp(string host, int port, IPAddress? hostAddress = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        return new TransportEndpoint { Host = host, Port = port, HostAddress = hostAddress };
    }

    /// <summary>A Unix socket by its full path.</summary>
    /// <param name="path">The socket's file, or <c>@</c> and a name in the abstract namespace.</param>
    /// <returns>The endpoint.</returns>
    public static TransportEndpoint Unix(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new TransportEndpoint { SocketPath = path };
    }

    /// <summary>A Unix socket by the directory and port under which PostgreSQL makes it: <c>directory/.s.PGSQL.port</c> (PostgreSQL
    /// documentation, "unix_socket_directories").</summary>
    /// <param name="directory">The directory, or <c>@</c> and a name in the abstract namespace.</param>
    /// <param name="port">1 to 65535.</param>
    /// <returns>The endpoint.</returns>
    public static TransportEndpoint Unix(string directory, int port)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        return Unix(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{directory.TrimEnd('/')}/.s.PGSQL.{port}"));
    }

    /// <summary>The endpoint as messages name it.</summary>
    public override string ToString()
        => SocketPath is not null ? $"socket {SocketPath}"
            : HostAddress is not null && HostAddress.ToString() != Host ? $"{Host} ({HostAddress}) port {Port}"
            : $"{Host} port {Port}";
}
