namespace PgActors.Transports;

/// <summary>
/// A connected, ordered, two-way stream of bytes to one server. It knows no PostgreSQL message.
/// <para>Threads: one receive and one send may be outstanding at the same time, each started from any thread; they never wait for each
/// other. <see cref="Abort"/> and <see cref="IAsyncDisposable.DisposeAsync"/> may be called at any time. A second receive (or send) while
/// one is outstanding throws <see cref="InvalidOperationException"/>.</para>
/// <para>Every returned <see cref="ValueTask"/> must be awaited exactly once: its storage is reused by the next operation.</para>
/// <para>Errors: what the network or the peer does ends in a <see cref="TransportException"/>; a cancelled token in an
/// <see cref="OperationCanceledException"/>. After either, except a cancelled receive on an unencrypted transport (which loses nothing),
/// the stream may be cut in the middle of a message: the only thing left to do is <see cref="Abort"/>.</para>
/// </summary>
public interface ITransport : IAsyncDisposable
{
    /// <summary>What is known about the peer and its protection. A new value replaces it once <see cref="StartTlsAsync"/> has ended;
    /// safe to read from any thread.</summary>
    TransportFacts Facts { get; }

    /// <summary>Receives what has arrived, waiting for at least one byte. Never waits to fill the buffer.</summary>
    /// <param name="buffer">Where the bytes go, left alone by the caller until the operation ends. If it is empty, the operation only waits
    /// until there is something to receive, be it the end, and answers 0: so waiting takes no memory.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>How many bytes arrived; 0 when the peer ended its direction. Under TLS both a close_notify and a bare end of the socket
    /// between two records read as 0 (PostgreSQL frames its own messages, so a cut is seen there); an end inside a record fails with
    /// <see cref="TransportFailure.Reset"/>.</returns>
    /// <exception cref="TransportException">The peer reset the connection, or the transport was aborted or disposed.</exception>
    ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken ct = default);

    /// <summary>Whether <see cref="TryReceive"/> can take anything: a socket in clear can tell at once what has arrived, TLS cannot.</summary>
    bool CanPoll { get; }

    /// <summary>Receives what has arrived, if anything has; never waits. No receive may be outstanding.</summary>
    /// <param name="buffer">Where the bytes go: at least one byte.</param>
    /// <param name="received">How many bytes arrived; 0 when the peer ended its direction.</param>
    /// <returns>False if nothing has arrived, always so unless <see cref="CanPoll"/>.</returns>
    /// <exception cref="TransportException">As for <see cref="ReceiveAsync"/>.</exception>
    bool TryReceive(Span<byte> buffer, out int received);

    /// <summary>How much must have arrived before the wait of a receive ends; 1 at first. It is the low-water mark that socket(7) calls
    /// SO_RCVLOWAT: what is fewer stays with the system, and nobody is woken for it. The end of the stream ends the wait all the same, and a
    /// receive that begins takes what is there already, be it fewer.
    /// <para>May be changed while a receive waits; lowered, it ends the wait if what has arrived is enough now. Whoever raises it must lower it
    /// again in time: nobody else knows that no more will come. It is a wish: the system may bound it, and a transport that has no such mark
    /// (only Linux wakes by it; TLS has records of its own) goes on as with 1.</para></summary>
    /// <param name="bytes">At least 1.</param>
    void SetLowWaterMark(int bytes);

    /// <summary>Blocks the calling thread until what the low-water mark asks for has arrived, be it the end, or the time is over: cheaper than to
    /// be woken where the answer is a moment away and the thread has nothing else to do. No receive may be outstanding.</summary>
    /// <param name="milliseconds">How long at most.</param>
    /// <returns>Whether it has arrived; false at once where <see cref="TryReceive"/> cannot take it.</returns>
    bool AwaitArrival(int milliseconds) => false;

    /// <summary>Sends all the bytes: it ends when the local system has taken the last of them, not when the peer has.</summary>
    /// <param name="bytes">The bytes, left alone by the caller until the operation ends. None is allowed and does nothing.</param>
    /// <param name="ct">Ends the wait; an unknown part of the bytes may have gone.</param>
    /// <returns>Completes when all the bytes were taken.</returns>
    /// <exception cref="TransportException">The peer reset the connection, or the transport was aborted or disposed.</exception>
    ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct = default);

    /// <summary>
    /// Turns the stream into TLS, in place, as a client. No receive or send may be outstanding.
    /// <para>The caller must have received exactly the one answer byte before it (PostgreSQL documentation, "SSL Session Encryption"): when
    /// any byte is already waiting, somebody put plaintext in front of the handshake (CVE-2021-23222) and the upgrade is refused.</para>
    /// </summary>
    /// <param name="settings">What to offer and what to check.</param>
    /// <param name="ct">Ends the handshake.</param>
    /// <returns>Completes when the handshake and every check have passed.</returns>
    /// <exception cref="TransportException"><see cref="TransportFailure.PlaintextBeforeTls"/>, <see cref="TransportFailure.TlsFailed"/>,
    /// <see cref="TransportFailure.TlsSettingsInvalid"/>, <see cref="TransportFailure.CertificateRejected"/> or
    /// <see cref="TransportFailure.AlpnMissing"/>. The transport is aborted.</exception>
    ValueTask StartTlsAsync(TlsSettings settings, CancellationToken ct);

    /// <summary>Closes at once: nothing lingers, what was not yet sent is dropped, the peer sees a reset, and outstanding operations fail
    /// with <see cref="TransportFailure.Closed"/>. Never blocks and never throws; the second call does nothing; any thread may call it.
    /// <see cref="IAsyncDisposable.DisposeAsync"/> is still wanted afterwards, to free what TLS holds.</summary>
    void Abort();
}
