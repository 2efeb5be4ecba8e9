using PgActors.Framing;
using PgActors.Protocol;
using PgActors.Transports;

namespace PgActors.Testing;

/// <summary>Turns what a client sends into messages. One reader at a time.</summary>
internal sealed class FrontendReceiver
{
    private const int InitialCapacity = 4096;

    private readonly FrontendLimits _limits;
    private byte[] _buffer = new byte[InitialCapacity];
    private int _start;
    private int _end;

    public FrontendReceiver(FrontendLimits limits) => _limits = limits;

    /// <summary>What the server waits for. It is heeded when a frame is cut, so it may be changed while a read waits.</summary>
    public FrontendPhase Phase { get; set; }

    /// <summary>Bytes received and not yet read as a message.</summary>
    public int Buffered => _end - _start;

    public async ValueTask<FrontendRead> ReadAsync(ITransport transport, CancellationToken ct)
    {
        while (true)
        {
            if (TryCut(out var read))
                return read;
            MakeRoom();
            var count = await transport.ReceiveAsync(_buffer.AsMemory(_end), ct).ConfigureAwait(false);
            if (count == 0)
                return new FrontendRead(FrontendReadKind.End, null, default, Buffered);
            _end += count;
        }
    }

    private bool TryCut(out FrontendRead read)
    {
        var pending = _buffer.AsSpan(_start, Buffered);
        var scan = FrontendFrameScanner.Scan(pending, _limits, Phase);
        read = scan.Status switch
        {
            FrameStatus.Incomplete => default,
            FrameStatus.Violation => new FrontendRead(FrontendReadKind.Violation, null, scan, 0),
            FrameStatus.Complete => FrontendMessages.TryRead(Phase, scan.Header.Type, scan.Body(pending), out var message)
                ? new FrontendRead(FrontendReadKind.Message, message, scan, 0)
                : new FrontendRead(FrontendReadKind.Malformed, null, scan, 0),
        };
        if (scan.Status == FrameStatus.Complete)
            _start += scan.FrameSize;
        return scan.Status != FrameStatus.Incomplete;
    }

    // Doubles at most: what a header announces costs nothing until it arrives.
    private void MakeRoom()
    {
        if (_end < _buffer.Length)
            return;
        var target = _start > 0 ? _buffer : new byte[_buffer.Length * 2];
        _buffer.AsSpan(_start, Buffered).CopyTo(target);
        (_buffer, _start, _end) = (target, 0, Buffered);
    }
}
