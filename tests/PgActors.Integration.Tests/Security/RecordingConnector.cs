using System.Collections.Concurrent;
using PgActors.Transports;

namespace PgActors.Integration.Tests.Security;

/// <summary>Opens real sockets and keeps what crosses them, for tests that must see the bytes themselves.</summary>
internal sealed class RecordingConnector : ITransportConnector
{
    private readonly SocketConnector _sockets = new(new TransportSettings(), TimeProvider.System);

    /// <summary>The connections in the order of their opening.</summary>
    public ConcurrentQueue<RecordedConnection> Connections { get; } = new();

    public int BytesSent => Connections.Sum(connection => connection.Sent.Length);

    public async ValueTask<ITransport> ConnectAsync(TransportEndpoint endpoint, CancellationToken ct)
    {
        var connection = new RecordedConnection(await _sockets.ConnectAsync(endpoint, ct));
        Connections.Enqueue(connection);
        return connection;
    }
}
