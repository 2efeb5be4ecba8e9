using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace PgActors.Transports;

/// <summary>
/// A TCP or Unix socket, in clear or under TLS. See <see cref="ITransport"/> for the rules.
/// <para>Receiving and sending take no memory per operation once warm: the socket keeps its event arguments, and the state machines here
/// are pooled.</para>
/// </summary>
public sealed class SocketTransport : ITransport
{
    private readonly Socket _socket;
    private readonly TransportCounters? _counters;
    private SslStream? _tls;

    // Invariant: 1 while an operation of that direction is outstanding. They turn a caller's overlap into an error, where the socket
    // would accept it and hand out bytes in any order.
    private int _receiving;
    private int _sending;

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
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken ct = default)
    {
        if (buffer.IsEmpty)
        {
            throw new ArgumentException("An empty buffer cannot tell bytes from the end of the stream.", nameof(buffer));
        }

        Enter(ref _receiving, "receive");
        try
        {
            return _tls is { } tls
                ? await tls.ReadAsync(buffer, ct).ConfigureAwait(false)
                : await _socket.ReceiveAsync(buffer, SocketFlags.None, ct).ConfigureAwait(false);
        }
        catch (Exception exception) when (Translate(exception) is { } failure)
        {
            throw failure;
        }
        finally
        {
            Volatile.Write(ref _receiving, 0);
        }
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct = default)
    {
        Enter(ref _sending, "send");
        try
        {
            if (_tls is { } tls)
            {
                await tls.WriteAsync(bytes, ct).ConfigureAwait(false);
                return;
            }

            while (!bytes.IsEmpty)
            {
                var sent = await _socket.SendAsync(bytes, SocketFlags.None, ct).ConfigureAwait(false);
                bytes = bytes[sent..];
            }
        }
        catch (Exception exception) when (Translate(exception) is { } failure)
        {
            throw failure;
        }
        finally
        {
            Volatile.Write(ref _sending, 0);
        }
    }

    /// <inheritdoc/>
    public async ValueTask StartTlsAsync(TlsSettings settings, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (_tls is not null)
        {
            throw new InvalidOperationException("The transport is already encrypted.");
        }

        Enter(ref _receiving, "receive");
        try
        {
            Enter(ref _sending, "send");
            try
            {
                await UpgradeAsync(settings, ct).ConfigureAwait(false);
            }
            finally
            {
                Volatile.Write(ref _sending, 0);
            }
        }
        finally
        {
            Volatile.Write(ref _receiving, 0);
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

    private static void Enter(ref int direction, string verb)
    {
        if (Interlocked.Exchange(ref direction, 1) != 0)
        {
            throw new InvalidOperationException($"Another {verb} is still outstanding on this transport.");
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
                    $"Refused to start TLS to {Facts.RemoteEndpoint}: unencrypted bytes are waiting in front of the handshake. Somebody between "
                    + "may have put them there; or the peer is no PostgreSQL server.");
            }

            (_tls, Facts) = await TlsHandshake.RunAsync(_socket, settings, Facts, ct).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            var failure = Translate(exception);
            Abort();
            if (failure is not null)
            {
                throw failure;
            }

            throw;
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
        if (_tls is not { } tls || Interlocked.Exchange(ref _sending, 1) != 0)
        {
            return;
        }

        _ = tls.ShutdownAsync().ContinueWith(
            static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private TransportException? Translate(Exception exception)
        => SocketFailures.Translate(exception, Facts.RemoteEndpoint, IsClosed, _tls is not null);
}
