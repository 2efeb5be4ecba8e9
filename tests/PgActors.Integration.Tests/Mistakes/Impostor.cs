using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PgActors.Integration.Tests.Mistakes;

/// <summary>Something that listens on a port and is no PostgreSQL server.</summary>
internal sealed class Impostor : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    private Impostor(string? answer)
    {
        _listener.Start();
        _serving = ServeAsync(answer);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Accepts and never says a word.</summary>
    public static Impostor Mute() => new(null);

    /// <summary>Answers whatever it receives as a web server does.</summary>
    public static Impostor Web() => new("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

    /// <summary>Answers with a text and closes.</summary>
    public static Impostor Saying(string answer) => new(answer);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(string? answer)
    {
        var clients = new List<TcpClient>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                clients.Add(client);
                if (answer is null)
                    continue;
                await client.GetStream().ReadAtLeastAsync(new byte[8], 8, throwOnEndOfStream: false, _stop.Token);
                await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(answer), _stop.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or IOException)
        {
            // Stopped, or the client was quicker to leave.
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }
}
