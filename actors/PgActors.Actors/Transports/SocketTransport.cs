using System.Net.Security;
using System.Net.Sockets;

namespace PgActors.Transports;

/// <summary>
/// A TCP or Unix socket, in clear or under TLS. See <see cref="ITransport"/> for the rules.
/// <para>Receiving and sending take no memory per operation once warm: the socket and each direction keep what they need.</para>
/// </summary>
public sealed class SocketTransport : ITransport
{
    private readonly Socket _socket;
    private readonly ReceiveOperation _receive;
    private readonly SendOperation _send;
    private readonly TransportCounters? _counters;
    private SslStream? _tls;

    // Invariant: leaves Open once, by whoever closes the socket; set before the socket is closed, so that an operation that fails because
    // of it knows why.
    private int _phase = (int)Phase.Open;

    /// <summary>Takes over a connected socket. The transport owns it from now on.</summary>
    /// <param name="connected">A connected stream socket.</param>
    /// <param name="facts">How to name the peer.</param>
    /// <param name="counters">Where opening and closing are counted.</param>
    public SocketTransport(Socket connected, TransportFacts facts, TransportCounters? counters = null)
    {
        ArgumentNullException.ThrowIfNull(connected);
        ArgumentNullException.ThrowIfNull(facts);
        _socket = connected;
        Func<Exception, Exception> translate = Translate;
        _receive = new ReceiveOperation(connected, translate);
        _send = new SendOperation(connected, translate);
        _counters = counters;
        Facts = facts;
        _counters?.RecordOpened();
    }

    private enum Phase
    {
        /// <summary>Usable. Leaves to Closed.</summary>
        Open,

        /// <summary>Aborted or disposed.</summary>
        Closed,
    }

    /// <inheritdoc/>
    public TransportFacts Facts { get; private set; }

    private bool IsClosed => Volatile.Read(ref _phase) == (int)Phase.Closed;

    /// <inheritdoc/>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken ct = default)
        => _receive.Start(_tls, buffer, ct);

    /// <inheritdoc/>
    public bool CanPoll => _tls is null;

    /// <inheritdoc/>
    public bool TryReceive(Span<byte> buffer, out int received) => _receive.TryTake(buffer, out received);

    /// <inheritdoc/>
    public void SetLowWaterMark(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        if (_tls is null && !IsClosed)
            SocketOptions.SetLowWaterMark(_socket, bytes);
    }

    /// <inheritdoc/>
    public bool AwaitArrival(int milliseconds) => _tls is null && _receive.Await(milliseconds);

    /// <inheritdoc/>
    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct = default) => _send.Start(_tls, bytes, ct);

    /// <inheritdoc/>
    public async ValueTask StartTlsAsync(TlsSettings settings, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (_tls is not null)
        {
            throw new InvalidOperationException("The transport is already encrypted.");
        }

        _receive.Enter();
        try
        {
            _send.Enter();
            try
            {
                await UpgradeAsync(settings, ct).ConfigureAwait(false);
            }
            finally
            {
                _send.Leave();
            }
        }
        finally
        {
            _receive.Leave();
        }
    }

    /// <inheritdoc/>
    public void Abort()
    {
        if (!TryClose())
        {
            return;
        }

        // A timeout of zero is the abortive close: SO_LINGER of zero, so that the peer is told by a reset at once.
        _socket.Close(0);
    }

    /// <summary>Closes in order: what was sent still arrives, under TLS followed by a close_notify if the socket takes it without waiting.
    /// Outstanding operations fail with <see cref="TransportFailure.Closed"/>. Never waits for the peer.</summary>
    /// <returns>Completes when everything is freed.</returns>
    public async ValueTask DisposeAsync()
    {
        if (TryClose())
        {
            OfferCloseNotify();
            try
            {
                _socket.Shutdown(SocketShutdown.Send);
            }
            catch (SocketException)
            {
                // The peer was faster; there is nothing left to end.
            }

            _socket.Dispose();
        }

        if (_tls is { } tls)
        {
            await tls.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task UpgradeAsync(TlsSettings settings, CancellationToken ct)
    {
        try
        {
            // What came in the same segment as the server's 'S' lies in the socket's buffer by now. What comes later is read as a TLS
            // record, and fails as one.
            if (_socket.Available > 0)
            {
                throw new TransportException(
                    TransportFailure.PlaintextBeforeTls,
                    $"Refused to start TLS to {Facts.RemoteEndpoint}: unencrypted bytes are waiting in front of the handshake. Somebody "
                    + "between may have put them there; or the peer is no PostgreSQL server.");
            }

            // As TLS wants it; what was done before in clear did not wait.
            _socket.Blocking = true;
            (_tls, Facts) = await TlsHandshake.RunAsync(_socket, settings, Facts, ct).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Asked before the abort, which would explain everything as closed.
            var failure = Translate(exception);
            Abort();
            if (failure == exception)
            {
                throw;
            }

            throw failure;
        }
    }

    private bool TryClose()
    {
        if (Interlocked.Exchange(ref _phase, (int)Phase.Closed) == (int)Phase.Closed)
        {
            return false;
        }

        _counters?.RecordClosed();
        return true;
    }

    private void OfferCloseNotify()
    {
        // RFC 8446 §6.1 wants it. It must not be awaited (a peer that stopped reading would hold us), nor cut into a send.
        if (_tls is not { } tls || !_send.TryEnter())
        {
            return;
        }

        try
        {
            _ = tls.ShutdownAsync().ContinueWith(
                static task => _ = task.Exception,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
        catch (Exception)
        {
            // TLS that broke cannot say goodbye (the system's library throws its own types here), and closing must not fail for it.
        }
    }

    private Exception Translate(Exception exception)
        => SocketFailures.Translate(exception, Facts.RemoteEndpoint, IsClosed, _tls is not null) ?? exception;
}
