using PgActors.Transports;

namespace PgActors.Integration.Tests.Costs;

/// <summary>A transport whose sends and receives are counted. Each is a system call, or, where a receive has to wait, at most two.</summary>
internal sealed class MeteredTransport(ITransport inner, TrafficMeter meter) : ITransport
{
    public TransportFacts Facts => inner.Facts;

    // Not async: the count must not cost what is to be measured.
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken ct = default)
    {
        meter.CountReceive();
        return inner.ReceiveAsync(buffer, ct);
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct = default)
    {
        meter.CountSend();
        return inner.SendAsync(bytes, ct);
    }

    public ValueTask StartTlsAsync(TlsSettings settings, CancellationToken ct) => inner.StartTlsAsync(settings, ct);

    public void Abort() => inner.Abort();

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
