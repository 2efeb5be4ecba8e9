using System.Net;
using System.Net.Sockets;

namespace PgActors.Testing;

/// <summary>
/// A loopback port where nothing listens and, until it is disposed, nothing can: it is bound by us. Connecting to it is refused at once.
/// </summary>
public sealed class ClosedPort : IDisposable
{
    private readonly Socket _socket;

    private ClosedPort(Socket socket) => _socket = socket;

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port => EndPoint.Port;

    /// <summary>Address and port.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Takes a free port.</summary>
    public static ClosedPort Reserve()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new ClosedPort(socket);
    }

    /// <summary>Gives the port back to the system.</summary>
    public void Dispose() => _socket.Dispose();
}
