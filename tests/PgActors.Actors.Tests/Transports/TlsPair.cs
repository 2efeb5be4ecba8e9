using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using PgActors.Transports;

namespace PgActors.Actors.Tests.Transports;

/// <summary>A client transport and the server's TLS on the other end of a loopback socket. Disposed in one piece.</summary>
internal sealed class TlsPair : IAsyncDisposable
{
    private readonly LoopbackServer _listener;

    private TlsPair(LoopbackServer listener, SocketTransport client, Socket socket, SslServerAuthenticationOptions options)
    {
        _listener = listener;
        Client = client;
        Socket = socket;
        Options = options;
        Server = new SslStream(new NetworkStream(socket, ownsSocket: true));
    }

    public SocketTransport Client { get; }

    public Socket Socket { get; }

    public SslStream Server { get; }

    public SslServerAuthenticationOptions Options { get; }

    public static async Task<TlsPair> ConnectAsync(X509Certificate2 certificate, Action<SslServerAuthenticationOptions>? configure = null)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
            ApplicationProtocols = [new SslApplicationProtocol("postgresql")],
        };
        configure?.Invoke(options);
        var listener = LoopbackServer.Tcp(host: "localhost");
        var (client, socket) = await listener.ConnectAsync();
        return new TlsPair(listener, client, socket, options);
    }

    /// <summary>Both sides of the handshake; what the client's side throws is thrown.</summary>
    public async Task ShakeAsync(TlsSettings settings)
    {
        var ct = TestContext.Current.CancellationToken;
        var server = Server.AuthenticateAsServerAsync(Options, ct);
        try
        {
            await Client.StartTlsAsync(settings, ct);
        }
        catch
        {
            await ((Task)server).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await server;
    }

    public async Task<TransportException> FailToShakeAsync(TlsSettings settings)
    {
        var failure = await Assert.ThrowsAsync<TransportException>(() => ShakeAsync(settings));
        Assert.Equal(0, _listener.Connector.Counters.Live);
        Assert.False(Client.Facts.IsEncrypted);
        return failure;
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
        _listener.Dispose();
        Assert.Equal(0, _listener.Connector.Counters.Live);
    }
}
