using PgActors.Transports;

namespace PgActors.Integration.Tests.Security;

/// <summary>The bytes that crossed one connection, before encryption on the way out and after it on the way in.</summary>
internal sealed class RecordedConnection(ITransport inner) : ITransport
{
    private readonly Lock _gate = new();
    private readonly List<byte> _sent = [];
    private readonly List<byte> _received = [];

    public TransportFacts Facts => inner.Facts;

    public byte[] Sent
    {
        get
        {
            lock (_gate)
                return [.. _sent];
        }
    }

    public byte[] Received
    {
        get
        {
            lock (_gate)
                return [.. _received];
        }
    }

    public bool CanPoll => false;

    public bool TryReceive(Span<byte> buffer, out int received)
    {
        received = 0;
        return false;
    }

    public void SetLowWaterMark(int bytes) => inner.SetLowWaterMark(bytes);

    public bool AwaitArrival(int milliseconds) => inner.AwaitArrival(milliseconds);

    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken ct = default)
    {
        var bytes = await inner.ReceiveAsync(buffer, ct);
        lock (_gate)
            _received.AddRange(buffer.Span[..bytes]);
        return bytes;
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct = default)
    {
        lock (_gate)
            _sent.AddRange(bytes.Span);
        return inner.SendAsync(bytes, ct);
    }

    public ValueTask StartTlsAsync(TlsSettings settings, CancellationToken ct) => inner.StartTlsAsync(settings, ct);

    public void Abort() => inner.Abort();

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
