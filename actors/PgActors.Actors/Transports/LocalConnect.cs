using System.Net;
using System.Net.Sockets;

namespace PgActors.Transports;

/// <summary>
/// Connects within the machine. There the whole handshake takes place inside the system call that begins it; an asynchronous connect would be
/// told so by way of the system's own threads, which takes longer and costs more than the connect itself.
/// </summary>
internal static class LocalConnect
{
    /// <summary>Connects to the first of the addresses that answers at once, as long as they are this machine's.</summary>
    /// <param name="settings">How the socket is set up.</param>
    /// <param name="addresses">The addresses, best first.</param>
    /// <param name="port">The port.</param>
    /// <param name="address">The one that answered.</param>
    /// <returns>A connected socket; <see langword="null"/> if there is none, for whatever reason: then it is for an asynchronous connect to wait,
    /// or to say what is wrong.</returns>
    public static Socket? TryConnect(TransportSettings settings, IReadOnlyList<IPAddress> addresses, int port, out IPAddress? address)
    {
        for (var i = 0; i < addresses.Count && IPAddress.IsLoopback(addresses[i]); i++)
        {
            address = addresses[i];
            if (TryConnect(settings, new IPEndPoint(address, port)) is { } socket)
                return socket;
        }

        address = null;
        return null;
    }

    private static Socket? TryConnect(TransportSettings settings, IPEndPoint endpoint)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            SocketOptions.Apply(settings, socket);
            socket.Blocking = false;
            Begin(socket, endpoint);

            // The second finds out what became of it, and has the socket take note.
            if (socket.Poll(0, SelectMode.SelectWrite) && socket.Connected && !HasFailed(socket))
                return socket;
        }
        catch (SocketException)
        {
        }

        socket.Dispose();
        return null;
    }

    private static void Begin(Socket socket, IPEndPoint endpoint)
    {
        try
        {
            socket.Connect(endpoint);
        }
        catch (SocketException begun) when (begun.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
        }
    }

    private static bool HasFailed(Socket socket) => (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! != 0;
}
