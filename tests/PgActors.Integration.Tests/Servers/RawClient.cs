using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace PgActors.Integration.Tests.Servers;

/// <summary>Just enough of the protocol to see that a PostgreSQL server is at the other end.</summary>
internal static class RawClient
{
    private const int SslRequestCode = 80877103;

    /// <summary>
    /// Sends a start-up message and returns the type of the first answer: 'R' from a server that knows us, 'E' from one that refuses.
    /// </summary>
    public static async Task<char> FirstAnswerAsync(Stream stream, string user, string database, CancellationToken cancellationToken)
    {
        var parameters = Encoding.UTF8.GetBytes($"user\0{user}\0database\0{database}\0\0");
        var message = new byte[8 + parameters.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), 3 << 16);
        parameters.CopyTo(message, 8);
        await stream.WriteAsync(message, cancellationToken);
        var answer = new byte[1];
        await stream.ReadExactlyAsync(answer, cancellationToken);
        return (char)answer[0];
    }

    public static async Task<char> FirstAnswerAsync(int port, string user, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, cancellationToken);
        return await FirstAnswerAsync(client.GetStream(), user, "postgres", cancellationToken);
    }

    public static async Task<char> FirstAnswerAsync(string socketPath, string user, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
        await using var stream = new NetworkStream(socket);
        return await FirstAnswerAsync(stream, user, "postgres", cancellationToken);
    }

    /// <summary>Asks for TLS and does the handshake; the caller looks at the certificate in its callback.</summary>
    public static async Task<SslStream> StartTlsAsync(
        TcpClient client, int port, SslClientAuthenticationOptions options, CancellationToken cancellationToken)
    {
        await client.ConnectAsync("127.0.0.1", port, cancellationToken);
        var request = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(request, 8);
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(4), SslRequestCode);
        await client.GetStream().WriteAsync(request, cancellationToken);
        var answer = new byte[1];
        await client.GetStream().ReadExactlyAsync(answer, cancellationToken);
        Assert.Equal('S', (char)answer[0]);
        var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(options, cancellationToken);
        return tls;
    }

    /// <summary>True when the port refuses connections.</summary>
    public static async Task<bool> RefusesAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port, cancellationToken);
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // It was about to close: look again.
            return false;
        }
    }
}
