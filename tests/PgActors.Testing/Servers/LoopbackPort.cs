using System.Net;
using System.Net.Sockets;

namespace PgActors.Testing;

/// <summary>
/// Chooses ports that are free now. Another process may take one before its use; whoever uses it tries again with another.
/// </summary>
internal static class LoopbackPort
{
    // Below the range that systems give to outgoing connections (Linux: 32768, IANA: 49152), so that a stopped server finds its port again.
    private const int Lowest = 15000;
    private const int Highest = 32000;
    private const int Attempts = 200;

    /// <summary>A port that can be bound on every loopback address now.</summary>
    public static int ChooseFree()
    {
        for (var i = 0; i < Attempts; i++)
        {
            var port = Random.Shared.Next(Lowest, Highest);
            if (CanBind(IPAddress.Loopback, port) && (!HasIPv6 || CanBind(IPAddress.IPv6Loopback, port)))
            {
                return port;
            }
        }

        throw new PostgresServerException($"{Attempts} ports between {Lowest} and {Highest} were tried, and all are in use.");
    }

    /// <summary>True when ::1 can be bound on this machine.</summary>
    public static bool HasIPv6 { get; } = Socket.OSSupportsIPv6 && CanBind(IPAddress.IPv6Loopback, 0);

    private static bool CanBind(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
