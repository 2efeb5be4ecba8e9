using PgActors.Transports;

namespace PgActors.Testing;

/// <summary>
/// One end of a pair of transports joined in memory, for tests: bounded, scripted, counted, and with no thread of its own. What can be done
/// at once is done inside the call; what had to wait is resumed by the call that ends the wait, or by the schedule given to
/// <see cref="CreatePair"/>, so that a simulation decides the order. Safe to use from many threads at once.
/// </summary>
public sealed class MemoryTransport : ITransport
{
    private readonly Lock _gate = new();
    private readonly MemoryPipe _incoming;
    private readonly MemoryPipe _outgoing;
    private readonly MemoryTransportOptions _options;
    private readonly Action<Action>? _schedule;
    private readonly TransportCounters? _counters;
    private readonly List<TlsSettings> _tlsStarts = [];
    private TransportFacts _facts;
    private MemoryWait<int>? _handshake;
    private bool _isClosed;
    private bool _wasAborted;
    private long _sends;
    private long _receives;

    private MemoryTransport(
        MemoryPipe incoming, MemoryPipe outgoing, MemoryTransportOptions options, TransportFacts facts, Action<Action>? schedule,
        TransportCounters? counters)
    {
        _incoming = incoming;
        _outgoing = outgoing;
        _options = options;
        _facts = facts;
        _schedule = schedule;
        _counters = counters;
        _counters?.RecordOpened();
    }

    /// <inheritdoc/>
    public TransportFacts Facts => Read(() => _facts);

    /// <summary>Receives begun.</summary>
    public long Receives => Interlocked.Read(ref _receives);

    /// <summary>Sends begun.</summary>
    public long Sends => Interlocked.Read(ref _sends);

    /// <summary>Bytes of this end's sends that the pair has taken.</summary>
    public long BytesSent => _outgoing.Accepted;

    /// <summary>Bytes handed out by this end's receives, or lost in a break.</summary>
    public long BytesReceived => _incoming.Taken;

    /// <summary>Bytes that wait for this end to receive them; never over <see cref="MemoryTransportOptions.Capacity"/>.</summary>
    public int UnreceivedBytes => _incoming.Waiting;

    /// <summary>Whether a receive waits for bytes.</summary>
    public bool IsReceivePending => _incoming.HasReceiver;

    /// <summary>Whether the peer's receive waits for bytes.</summary>
    public bool IsPeerReceiving => _outgoing.HasReceiver;

    /// <summary>Whether the peer's receive waits without a buffer.</summary>
    public bool IsPeerListening => _outgoing.HasListener;

    /// <summary>How much must wait for the peer before its receive ends.</summary>
    public int PeerLowWaterMark => _outgoing.LowWaterMark;

    /// <summary>How often the peer has waited by <see cref="AwaitArrival"/>.</summary>
    public int PeerWaits => _outgoing.Waits;

    /// <summary>Whether a send waits for room.</summary>
    public bool IsSendPending => _outgoing.HasSender;

    /// <summary>Operations that wait: 0 to 3 with a stalled TLS handshake.</summary>
    public int PendingOperations => (IsReceivePending ? 1 : 0) + (IsSendPending ? 1 : 0) + (Read(() => _handshake) is null ? 0 : 1);

    /// <summary>Whether this end was aborted or disposed.</summary>
    public bool IsClosed => Read(() => _isClosed);

    /// <summary>Whether this end was aborted.</summary>
    public bool WasAborted => Read(() => _wasAborted);

    /// <summary>What each <see cref="StartTlsAsync"/> asked for, in order, also those that failed.</summary>
    public IReadOnlyList<TlsSettings> TlsStarts => Read(() => _tlsStarts.ToArray());

    /// <summary>Makes two joined ends.</summary>
    /// <param name="client">How the client end receives and how its TLS is answered; defaults when <see langword="null"/>.</param>
    /// <param name="server">The same for the server end.</param>
    /// <param name="schedule">Runs the continuation of an operation that had to wait; inline when <see langword="null"/>. It may run them
    /// later and in any order, each once.</param>
    /// <param name="endpoint">The server's name in the client's facts and messages.</param>
    /// <param name="counters">Where the client end is counted.</param>
    /// <returns>The two ends.</returns>
    public static (MemoryTransport Client, MemoryTransport Server) CreatePair(
        MemoryTransportOptions? client = null,
        MemoryTransportOptions? server = null,
        Action<Action>? schedule = null,
        TransportEndpoint? endpoint = null,
        TransportCounters? counters = null)
    {
        client ??= new MemoryTransportOptions();
        server ??= new MemoryTransportOptions();
        var serverName = endpoint?.ToString() ?? "memory server";
        var toClient = new MemoryPipe(client, schedule, "memory");
        var toServer = new MemoryPipe(server, schedule, "memory");
        var serverFacts = new TransportFacts { RemoteEndpoint = serverName, IsUnixSocket = endpoint is { IsUnixSocket: true } };
        return (
            new MemoryTransport(toClient, toServer, client, serverFacts, schedule, counters),
            new MemoryTransport(toServer, toClient, server, new TransportFacts { RemoteEndpoint = "memory client" }, schedule, null));
    }

    /// <inheritdoc/>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken ct = default)
    {
        Interlocked.Increment(ref _receives);
        return _incoming.ReceiveAsync(buffer, ct);
    }

    /// <inheritdoc/>
    public bool CanPoll => _options.CanPoll;

    /// <inheritdoc/>
    public bool TryReceive(Span<byte> buffer, out int received)
    {
        received = 0;
        return CanPoll && _incoming.TryReceive(buffer, out received);
    }

    /// <inheritdoc/>
    public void SetLowWaterMark(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        _incoming.SetLowWaterMark(bytes);
    }

    /// <summary>Does not wait: whoever shares a thread with the sender would wait in vain.</summary>
    /// <returns>Whether a receive would get what the mark asks for.</returns>
    public bool AwaitArrival(int milliseconds) => CanPoll && _incoming.AwaitArrival();

    /// <inheritdoc/>
    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct = default)
    {
        Interlocked.Increment(ref _sends);
        return _outgoing.SendAsync(bytes, ct);
    }

    /// <summary>Pretends a handshake: refuses when plaintext waits, then ends as <see cref="MemoryTransportOptions.Tls"/> says. The bytes
    /// stay as they are.</summary>
    /// <inheritdoc/>
    public async ValueTask StartTlsAsync(TlsSettings settings, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (IsReceivePending || IsSendPending)
        {
            throw new InvalidOperationException("An operation is still outstanding on this transport.");
        }

        lock (_gate)
        {
            if (_facts.IsEncrypted)
            {
                throw new InvalidOperationException("The transport is already encrypted.");
            }

            _tlsStarts.Add(settings);
        }

        try
        {
            var answer = _options.Tls?.Invoke(settings) ?? MemoryTlsAnswer.Accepted;
            if (Refusal(settings, answer) is { } refusal)
            {
                throw refusal;
            }

            if (answer.Stalls)
            {
                await StallAsync(ct);
            }

            lock (_gate)
            {
                _facts = Extend(_facts, settings, answer);
            }
        }
        catch
        {
            Abort();
            throw;
        }
    }

    /// <summary>Ends a packet: no receive of the peer delivers bytes from both sides of what this end has sent so far. Like
    /// <see cref="MemoryTransportOptions.SplitAt"/>, but decided while sending.</summary>
    public void EndPacket() => _outgoing.EndPacket();

    /// <summary>Ends this end's sending; the peer gets what waits and then 0, and can still send. A socket's shutdown.</summary>
    public void CompleteSending() => _outgoing.End();

    /// <summary>Breaks both directions: what waits in them is lost, this end's operations fail with
    /// <see cref="TransportFailure.Closed"/>, the peer's with <see cref="TransportFailure.Reset"/>.</summary>
    public void Abort()
    {
        if (TryClose(aborted: true))
        {
            _outgoing.Break(receiverSees: TransportFailure.Reset, senderSees: TransportFailure.Closed);
            _incoming.Break(receiverSees: TransportFailure.Closed, senderSees: TransportFailure.Reset);
        }
    }

    /// <summary>Closes in order: the peer gets what waits and then 0; what it sends from now on is answered by a reset.</summary>
    /// <returns>A completed task.</returns>
    public ValueTask DisposeAsync()
    {
        if (TryClose(aborted: false))
        {
            _outgoing.End();
            _incoming.Break(receiverSees: TransportFailure.Closed, senderSees: TransportFailure.Reset);
        }

        return ValueTask.CompletedTask;
    }

    private TransportException? Refusal(TlsSettings settings, MemoryTlsAnswer answer)
    {
        var peer = Facts.RemoteEndpoint;
        if (IsClosed)
        {
            return ClosedHere();
        }

        if (UnreceivedBytes > 0)
        {
            return new TransportException(
                TransportFailure.PlaintextBeforeTls, $"Refused to start TLS to {peer}: unencrypted bytes are waiting.");
        }

        if (answer.Failure is not null)
        {
            return answer.Failure;
        }

        return settings.RequireAlpn && answer.ApplicationProtocol != "postgresql"
            ? new TransportException(TransportFailure.AlpnMissing, $"The server at {peer} did not select 'postgresql'.")
            : null;
    }

    private async Task StallAsync(CancellationToken ct)
    {
        var wait = new MemoryWait<int>(_schedule);
        lock (_gate)
        {
            if (_isClosed)
            {
                throw ClosedHere();
            }

            _handshake = wait;
        }

        wait.CancelWith(WithdrawHandshake, ct);
        await wait.Task;
    }

    private static TransportFacts Extend(TransportFacts facts, TlsSettings settings, MemoryTlsAnswer answer) => facts with
    {
        IsEncrypted = true,
        ServerCertificate = answer.ServerCertificate,
        TlsVersion = answer.Version,
        ApplicationProtocol = answer.ApplicationProtocol,
        ChecksPassed = settings.Checks,
        ServerVerified = settings.Checks == CertificateChecks.Full || (settings.Checks == CertificateChecks.Ca && settings.PinsRoots),
        ClientCertificateSent = answer.ClientCertificateSent,
    };

    private bool TryClose(bool aborted)
    {
        MemoryWait<int>? handshake;
        lock (_gate)
        {
            if (_isClosed)
            {
                return false;
            }

            _isClosed = true;
            _wasAborted = aborted;
            (handshake, _handshake) = (_handshake, null);
        }

        _counters?.RecordClosed();
        handshake?.Fail(ClosedHere());
        return true;
    }

    private bool WithdrawHandshake(MemoryWait<int> wait)
    {
        lock (_gate)
        {
            if (_handshake != wait)
            {
                return false;
            }

            _handshake = null;
            return true;
        }
    }

    private TransportException ClosedHere()
        => new(TransportFailure.Closed, $"The transport to {_facts.RemoteEndpoint} was closed on this side.");

    private T Read<T>(Func<T> value)
    {
        lock (_gate)
        {
            return value();
        }
    }
}
