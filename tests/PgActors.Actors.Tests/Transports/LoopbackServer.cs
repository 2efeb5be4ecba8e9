using System.Net;
using System.Net.Sockets;
using PgActors.Transports;

namespace PgActors.Actors.Tests.Transports;

/// <summary>A listening socket of the test's own, and a connector to reach it with.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly Socket _listener;
    private readonly string? _directory;

    private LoopbackServer(Socket listener, TransportEndpoint endpoint, string? directory)
    {
        _listener = listener;
        _directory = directory;
        Endpoint = endpoint;
    }

    public TransportEndpoint Endpoint { get; }

    public SocketConnector Connector { get; init; } = new(new TransportSettings(), TimeProvider.System);

    public static LoopbackServer Tcp(TransportSettings? settings = null, string host = "127.0.0.1")
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        if (settings?.ReceiveBufferBytes is { } bytes)
        {
            listener.ReceiveBufferSize = bytes;
            listener.SendBufferSize = bytes;
        }

        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        return new LoopbackServer(listener, TransportEndpoint.Tcp(host, port, IPAddress.Loopback), null)
        {
            Connector = new SocketConnector(settings ?? new TransportSettings(), TimeProvider.System),
        };
    }

    public static LoopbackServer Unix()
    {
        var directory = Directory.CreateTempSubdirectory("pg").FullName;
        var endpoint = TransportEndpoint.Unix(directory, 5432);
        return new LoopbackServer(Listen(endpoint.SocketPath!), endpoint, directory);
    }

    public static LoopbackServer Abstract()
    {
        var name = $"pgactors-{Guid.NewGuid():N}";
        return new LoopbackServer(Listen($"\0{name}/.s.PGSQL.5432"), TransportEndpoint.Unix($"@{name}", 5432), null);
    }

    public async Task<(SocketTransport Client, Socket Server)> ConnectAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        var accept = _listener.AcceptAsync(ct);
        var client = await Connector.ConnectAsync(Endpoint, ct);
        return ((SocketTransport)client, await accept);
    }

    public void Dispose()
    {
        _listener.Dispose();
        if (_directory is not null)
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    private static Socket Listen(string path)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        return listener;
    }
}
