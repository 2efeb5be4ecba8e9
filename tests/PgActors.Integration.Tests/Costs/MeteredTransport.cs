using PgActors.Transports;

namespace PgActors.Integration.Tests.Costs;

/// <summary>A transport whose sends and receives are counted. Each is a system call, or, where a receive has to wait, at most two.</summary>
internal sealed class MeteredTransport(ITransport inner, TrafficMeter meter) : ITransport
{
    public TransportFacts Facts => inner.Facts;

    public bool CanPoll => inner.CanPoll;

    // Not async: the count must not cost what is to be measured.
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken ct = default)
    {
        meter.CountReceive();
        return inner.ReceiveAsync(buffer, ct);
    }

    // A look that finds nothing is not counted: how many there are is the machine's doing.
    public bool TryReceive(Span<byte> buffer, out int received)
    {
        if (!inner.TryReceive(buffer, out received))
            return false;
        meter.CountReceive();
        return true;
    }

    public void SetLowWaterMark(int bytes) => inner.SetLowWaterMark(bytes);

    public bool AwaitArrival(int milliseconds) => inner.AwaitArrival(milliseconds);

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct = default)
    {
        meter.CountSend();
        return inner.SendAsync(bytes, ct);
    }

    public ValueTask StartTlsAsync(TlsSettings settings, CancellationToken ct) => inner.StartTlsAsync(settings, ct);

    public void Abort() => inner.Abort();

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
