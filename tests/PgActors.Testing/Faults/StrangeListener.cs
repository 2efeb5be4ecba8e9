using System.Net;
using System.Net.Sockets;

namespace PgActors.Testing;

/// <summary>
/// A listener on the loopback that is no PostgreSQL: to the first bytes of every connection it answers the same bytes, and closes.
/// </summary>
public sealed class StrangeListener : IAsyncDisposable
{
    private static readonly byte[] HttpAnswer =
        [.. "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: 12\r\nConnection: close\r\n\r\nBad Request\n"u8];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _answer;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _accepting;
    private int _connections;

    private StrangeListener(byte[] answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port => EndPoint.Port;

    /// <summary>Address and port.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>How many connections were accepted.</summary>
    public int ConnectionCount => Volatile.Read(ref _connections);

    /// <summary>Starts one that answers as an HTTP server does to what it does not understand.</summary>
    public static StrangeListener StartHttp() => new(HttpAnswer);

    /// <summary>Starts one that answers the given bytes; none: it closes at once after the first bytes came.</summary>
    public static StrangeListener Start(ReadOnlySpan<byte> answer) => new(answer.ToArray());

    /// <summary>Stops listening and ends all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_ending.Token);
                Interlocked.Increment(ref _connections);
                running.Add(AnswerAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task AnswerAsync(Socket client)
    {
        using (client)
        {
            try
            {
                var question = new byte[4096];
                await client.ReceiveAsync(question, _ending.Token);
                await client.SendAsync(_answer, _ending.Token);
                client.Shutdown(SocketShutdown.Send);

                // Bytes left unread would turn the close into a reset, and the answer would be lost.
                while (await client.ReceiveAsync(question, _ending.Token) > 0)
                {
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // The client or the test is done.
            }
        }
    }
}
