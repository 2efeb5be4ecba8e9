using PgActors.Transports;

namespace PgActors.Integration.Tests.Supervision;

/// <summary>Sockets, and how many were being opened at a time.</summary>
internal sealed class CountingConnector : ITransportConnector
{
    private readonly SocketConnector _inner = new(new TransportSettings(), TimeProvider.System);
    private readonly Lock _lock = new();
    private int _connecting;

    public TransportCounters Counters => _inner.Counters;

    public int MostAtATime { get; private set; }

    public async ValueTask<ITransport> ConnectAsync(TransportEndpoint endpoint, CancellationToken ct)
    {
        lock (_lock)
            MostAtATime = Math.Max(MostAtATime, ++_connecting);
        try
        {
            return await _inner.ConnectAsync(endpoint, ct);
        }
        finally
        {
            lock (_lock)
                _connecting--;
        }
    }
}
