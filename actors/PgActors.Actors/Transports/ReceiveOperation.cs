using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace PgActors.Transports;

/// <summary>The receiving direction of a <see cref="SocketTransport"/>.</summary>
internal sealed class ReceiveOperation : TransportOperation
{
    private readonly Socket _socket;
    private SslStream? _tls;
    private Memory<byte> _buffer;
    private CancellationToken _ct;
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _pending;
    private bool _isPending;

    public ReceiveOperation(Socket socket, Func<Exception, Exception> translate)
        : base(translate)
        => _socket = socket;

    public ValueTask<int> Start(SslStream? tls, Memory<byte> buffer, CancellationToken ct)
    {
        Enter();
        (_tls, _buffer, _ct) = (tls, buffer, ct);
        return !Start(out var token, out var result, out var failure) ? new ValueTask<int>(this, token)
            : failure is null ? new ValueTask<int>(result)
            : ValueTask.FromException<int>(failure);
    }

    /// <summary>Takes what has arrived, without waiting.</summary>
    public bool TryTake(Span<byte> buffer, out int received)
    {
        Enter();
        try
        {
            // Once is enough. The asynchronous operations, which are all that is used besides, do not look at it.
            if (_socket.Blocking)
                _socket.Blocking = false;
            received = _socket.Receive(buffer, SocketFlags.None, out var error);
            return error switch
            {
                SocketError.Success => true,
                SocketError.WouldBlock => false,
                _ => throw new SocketException((int)error),
            };
        }
        catch (Exception exception) when (Translate(exception) is { } failure && failure != exception)
        {
            throw failure;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Blocks until something has arrived or the time is over.</summary>
    public bool Await(int milliseconds)
    {
        Enter();
        try
        {
            return _socket.Poll(milliseconds * 1000, SelectMode.SelectRead);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The receive that follows tells.
            return true;
        }
        finally
        {
            Leave();
        }
    }

    protected override bool Step(out int result)
    {
        if (!_isPending)
        {
            var receive = _tls is null ? _socket.ReceiveAsync(_buffer, SocketFlags.None, _ct) : _tls.ReadAsync(_buffer, _ct);
            _pending = receive.ConfigureAwait(false).GetAwaiter();
            if (!_pending.IsCompleted)
            {
                _isPending = true;
                result = 0;
                _pending.UnsafeOnCompleted(Resume);
                return false;
            }
        }

        _isPending = false;
        result = _pending.GetResult();
        return true;
    }

    protected override void Clear() => (_tls, _buffer, _ct, _pending) = (null, default, default, default);
}
