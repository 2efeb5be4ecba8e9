using System.Net;
using System.Net.Sockets;

namespace PgActors.Integration.Tests.Faults;

/// <summary>Sends back what it gets; tells how each of its connections ended.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _accepting;
    private readonly TaskCompletionSource<bool> _firstEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EchoServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>True when the first connection to end did so in good order, false when it was reset.</summary>
    public Task<bool> FirstEnd => _firstEnd.Task;

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                running.Add(EchoAsync(await _listener.AcceptSocketAsync()));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task EchoAsync(Socket client)
    {
        using (client)
        {
            try
            {
                var buffer = new byte[1024];
                while (await client.ReceiveAsync(buffer) is > 0 and var count)
                {
                    await client.SendAsync(buffer.AsMemory(0, count));
                }

                _firstEnd.TrySetResult(true);
            }
            catch (SocketException)
            {
                _firstEnd.TrySetResult(false);
            }
        }
    }
}
