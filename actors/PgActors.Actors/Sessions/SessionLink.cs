using System.Runtime.CompilerServices;
using PgActors.Rows;
using PgActors.Transports;

namespace PgActors.Sessions;

/// <summary>
/// A session's end of its transport: one send and one receive at a time, independent of each other, so that reading never waits for writing.
/// A completion only posts a signal; its result is taken inside the turn that the signal causes.
/// </summary>
internal sealed class SessionLink : IDisposable
{
    private readonly ITransport _transport;
    private readonly ISessionHost _host;
    private readonly int _incarnation;
    private readonly Action _onReceived;
    private readonly Action _onSent;
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _receive;
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _send;
    private int _lowWaterMark = 1;
    private bool _isClosed;

    public SessionLink(ITransport transport, ISessionHost host, int incarnation)
    {
        _transport = transport;
        _host = host;
        _incarnation = incarnation;
        _onReceived = () => _host.Post(new SessionSignal(SessionSignalKind.Received, _incarnation, this));
        _onSent = () => _host.Post(new SessionSignal(SessionSignalKind.Sent, _incarnation, this));
    }

    public TransportFacts Facts => _transport.Facts;

    public SendBuffer Output { get; } = new();

    public ReceiveBuffer Input { get; } = new();

    public bool IsReceiving { get; private set; }

    /// <summary>Whether a receive waits for a mark.</summary>
    public bool IsPatient => IsReceiving && _lowWaterMark > 1;

    /// <summary>Whether the receive that is under way takes nothing and only waits for something to come.</summary>
    public bool IsListening { get; private set; }

    /// <summary>Receives what comes, into a slab of about that size, once it reaches the mark.</summary>
    /// <returns>Whether it waits for less than could come: then the mark is to be lowered before long.</returns>
    public bool BeginReceive(int lowWaterMark = 1, int slabSize = RowSlab.DefaultSize)
    {
        if (IsReceiving || _isClosed)
            return false;
        SetLowWaterMark(lowWaterMark);
        Receive(Input.PrepareReceive(slabSize));
        return lowWaterMark > 1 && !_receive.IsCompleted;
    }

    /// <summary>Waits for something to come, without a buffer. It ends as a receive does.</summary>
    public void BeginListen()
    {
        if (IsReceiving || _isClosed)
            return;
        IsListening = true;
        SetLowWaterMark(1);
        Receive(default);
    }

    private void Receive(Memory<byte> buffer)
    {
        IsReceiving = true;
#pragma warning disable CA2012 // Consumed once, through its awaiter: an async method here would allocate for every receive.
        _receive = _transport.ReceiveAsync(buffer).ConfigureAwait(false).GetAwaiter();
#pragma warning restore CA2012
        if (_receive.IsCompleted)
            _onReceived();
        else
            _receive.UnsafeOnCompleted(_onReceived);
    }

    /// <summary>Whether <see cref="TryReceive"/> can take anything.</summary>
    public bool CanPoll => _transport.CanPoll;

    /// <summary>Takes what has arrived, if anything has, without waiting. No receive may be under way.</summary>
    /// <param name="slabSize">Into a slab of about that size.</param>
    /// <param name="bytes">Bytes received; 0 at the end of the stream.</param>
    public bool TryReceive(int slabSize, out int bytes)
    {
        if (!_transport.TryReceive(Input.PrepareReceive(slabSize).Span, out bytes))
            return false;
        Input.OnReceived(bytes);
        return true;
    }

    /// <summary>Blocks until what the mark asks for has arrived or the time is over. No receive may be under way.</summary>
    public bool AwaitArrival(int milliseconds) => _transport.AwaitArrival(milliseconds);

    /// <summary>Nobody is woken for fewer bytes, until the next receive says otherwise: otherwise the system would run its own threads for each
    /// arrival, beside the one that looks.</summary>
    public void SetLowWaterMark(int bytes)
    {
        if (bytes == _lowWaterMark)
            return;
        _lowWaterMark = bytes;
        _transport.SetLowWaterMark(bytes);
    }

    /// <summary>Takes the result of the receive that has completed.</summary>
    /// <returns>Bytes received; 0 at the end of the stream.</returns>
    public int EndReceive()
    {
        IsReceiving = IsListening = false;
        var bytes = _receive.GetResult();
        Input.OnReceived(bytes);
        return bytes;
    }

    /// <summary>Gives back the buffers that are not in use; they are made again when they are needed.</summary>
    public void ReleaseBuffers()
    {
        if (!IsReceiving || IsListening)
            Input.Release();
        Output.Release();
    }

    /// <summary>Sends what was written, unless a send is under way: then it leaves with the next one.</summary>
    /// <returns>Whether anything was handed to the transport.</returns>
    public bool Flush()
    {
        if (!Output.HasSomethingToSend || _isClosed)
            return false;
#pragma warning disable CA2012 // As above.
        _send = _transport.SendAsync(Output.BeginSend()).ConfigureAwait(false).GetAwaiter();
#pragma warning restore CA2012
        if (_send.IsCompleted)
            EndSend();
        else
            _send.UnsafeOnCompleted(_onSent);
        return true;
    }

    /// <summary>Takes the result of the send that has completed.</summary>
    public void EndSend()
    {
        Output.EndSend();
        _send.GetResult();
    }

    /// <summary>Reads the one byte that answers SSLRequest, and not one more.</summary>
    public async Task<byte> ReadEncryptionReplyAsync(CancellationToken cancellationToken)
    {
        var one = new byte[1];
        return await _transport.ReceiveAsync(one, cancellationToken).ConfigureAwait(false) == 1
            ? one[0]
            : throw new TransportException(
                TransportFailure.Closed,
                "The server closed the connection without answering SSLRequest. Is it a PostgreSQL server? Check host and port.");
    }

    public ValueTask StartTlsAsync(TlsSettings settings, CancellationToken cancellationToken) =>
        _transport.StartTlsAsync(settings, cancellationToken);

    /// <summary>Closes at once. A receive or a send that is under way ends with an error that nobody reads; the buffers it uses are given
    /// back when its end is known.</summary>
    public void Dispose()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        _transport.Abort();
        _ = DisposeTransportAsync();
        ReleaseInput();
        Output.Dispose();
    }

    /// <summary>The receive that was under way when the link was closed has ended: nobody writes into its buffer any more.</summary>
    public void OnLateReceive()
    {
        IsReceiving = false;
        ReleaseInput();
    }

    /// <summary>The send that was under way when the link was closed has ended: nobody reads its buffer any more.</summary>
    public void OnLateSend() => Output.DisposeLeaving();

    private void ReleaseInput()
    {
        if (!IsReceiving)
            Input.Dispose();
    }

    private async Task DisposeTransportAsync() => await _transport.DisposeAsync().ConfigureAwait(false);
}
