using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

// This type is itself an awaiter: it keeps the inner task's, and takes its result once.
#pragma warning disable CA2012

namespace PgActors.Transports;

/// <summary>The sending direction of a <see cref="SocketTransport"/>: it goes on until the socket has taken the last byte.</summary>
internal sealed class SendOperation : TransportOperation
{
    private readonly Socket _socket;
    private SslStream? _tls;
    private ReadOnlyMemory<byte> _rest;
    private CancellationToken _ct;
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _pending;
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _pendingTls;
    private bool _isPending;

    public SendOperation(Socket socket, Func<Exception, Exception> translate)
        : base(translate)
        => _socket = socket;

    public ValueTask Start(SslStream? tls, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        Enter();
        (_tls, _rest, _ct) = (tls, bytes, ct);
        return !Start(out var token, out _, out var failure) ? new ValueTask(this, token)
            : failure is null ? ValueTask.CompletedTask
            : ValueTask.FromException(failure);
    }

    protected override bool Step(out int result)
    {
        result = 0;
        return _tls is { } tls ? StepTls(tls) : StepSocket();
    }

    protected override void Clear() => (_tls, _rest, _ct, _pending, _pendingTls) = (null, default, default, default, default);

    private bool StepTls(SslStream tls)
    {
        if (!_isPending)
        {
            _pendingTls = tls.WriteAsync(_rest, _ct).ConfigureAwait(false).GetAwaiter();
            if (!_pendingTls.IsCompleted)
            {
                _isPending = true;
                _pendingTls.UnsafeOnCompleted(Resume);
                return false;
            }
        }

        _isPending = false;
        _pendingTls.GetResult();
        return true;
    }

    private bool StepSocket()
    {
        while (true)
        {
            if (!_isPending)
            {
                if (_rest.IsEmpty)
                {
                    return true;
                }

                if (TrySend(out var sent))
                {
                    _rest = _rest[sent..];
                    continue;
                }

                _pending = _socket.SendAsync(_rest, SocketFlags.None, _ct).ConfigureAwait(false).GetAwaiter();
                if (!_pending.IsCompleted)
                {
                    _isPending = true;
                    _pending.UnsafeOnCompleted(Resume);
                    return false;
                }
            }

            // The socket may take a part only.
            _isPending = false;
            _rest = _rest[_pending.GetResult()..];
        }
    }

    // The system mostly has room at once, and an asynchronous send, which finds the same, would keep its own objects for each socket.
    private bool TrySend(out int sent)
    {
        _ct.ThrowIfCancellationRequested();
        if (_socket.Blocking)
            _socket.Blocking = false;
        sent = _socket.Send(_rest.Span, SocketFlags.None, out var error);
        return error switch
        {
            SocketError.Success => true,
            SocketError.WouldBlock => false,
            _ => throw new SocketException((int)error),
        };
    }
}
