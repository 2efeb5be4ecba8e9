using PgActors.Transports;

namespace PgActors.Integration.Tests.Costs;

/// <summary>Opens sockets and counts what goes through them, all together.</summary>
internal sealed class TrafficMeter : ITransportConnector
{
    private readonly SocketConnector _sockets = new(new TransportSettings(), TimeProvider.System);

    // Invariant: both only grow; sessions count from their own threads.
    private long _sends;
    private long _receives;

    public long Sends => Interlocked.Read(ref _sends);

    public long Receives => Interlocked.Read(ref _receives);

    public void CountSend() => Interlocked.Increment(ref _sends);

    public void CountReceive() => Interlocked.Increment(ref _receives);

    public async ValueTask<ITransport> ConnectAsync(TransportEndpoint endpoint, CancellationToken ct) =>
        new MeteredTransport(await _sockets.ConnectAsync(endpoint, ct), this);
}
