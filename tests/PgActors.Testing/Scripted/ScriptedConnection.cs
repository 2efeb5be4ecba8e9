using PgActors.Framing;
using PgActors.Protocol;
using PgActors.Transports;

namespace PgActors.Testing;

/// <summary>
/// The server's end of one connection, played by a test: it receives typed messages, sends typed messages or raw bytes, cut where the test
/// wants, and closes. It waits only for its transport, never for a clock.
/// <para>Threads: one receive and one send may be outstanding at the same time. Every method that waits may throw
/// <see cref="OperationCanceledException"/>, and a sending one <see cref="TransportException"/> if the client is gone.</para>
/// </summary>
public sealed class ScriptedConnection : IAsyncDisposable
{
    private const int RememberedMessages = 8;

    private readonly FrontendReceiver _receiver;
    private readonly Queue<string> _recent = new();

    /// <summary>Plays the server over a transport.</summary>
    /// <param name="transport">The server's end; the connection owns it.</param>
    /// <param name="limits">How long messages may be; PostgreSQL's own limits when <see langword="null"/>.</param>
    public ScriptedConnection(ITransport transport, FrontendLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        Transport = transport;
        _receiver = new FrontendReceiver(limits ?? FrontendLimits.Default);
    }

    /// <summary>The transport; after TLS, the one that <see cref="AnswerTlsAsync"/> was given.</summary>
    public ITransport Transport { get; private set; }

    /// <summary>What the next received bytes are read as. Follows the authentication messages that are sent; to be set by hand only after
    /// such a message went out as raw bytes.</summary>
    public FrontendPhase Phase
    {
        get => _receiver.Phase;
        set => _receiver.Phase = value;
    }

    /// <summary>Bytes that were received and not yet taken as a message: what the client sent together with the last one.</summary>
    public int BufferedBytes => _receiver.Buffered;

    /// <summary>The bytes of messages, one behind the other.</summary>
    /// <param name="messages">The messages.</param>
    /// <returns>Their frames.</returns>
    /// <exception cref="ArgumentException">One has no form on the wire.</exception>
    public static byte[] Encode(IReadOnlyList<IBackendMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var writer = new WireWriter();
        foreach (var message in messages)
            message.Write(writer);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>The next message, whatever it is.</summary>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The message.</returns>
    /// <exception cref="ScriptFailureException">The client ended the connection, or sent bytes that are no message of this
    /// <see cref="Phase"/>.</exception>
    public Task<IFrontendMessage> ReceiveAsync(CancellationToken ct) => ReceiveAsync("a message", ct);

    /// <summary>The next message, which must be a <typeparamref name="TMessage"/>.</summary>
    /// <typeparam name="TMessage">The message's type.</typeparam>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The message.</returns>
    /// <exception cref="ScriptFailureException">Another message came, or none; the text says which.</exception>
    public async Task<TMessage> ExpectAsync<TMessage>(CancellationToken ct)
        where TMessage : struct, IFrontendMessage
    {
        var message = await ReceiveAsync(typeof(TMessage).Name, ct).ConfigureAwait(false);
        return message is TMessage expected ? expected : throw Unexpected(typeof(TMessage).Name, $"the client sent {message}");
    }

    /// <summary>The end of what the client sends; nothing else may come before it, not even <see cref="Terminate"/>.</summary>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="ScriptFailureException">Something else came; the text says what.</exception>
    public async Task<ClientEnd> ExpectEndAsync(CancellationToken ct)
    {
        const string Expected = "the end of the connection";
        try
        {
            var read = await ReadAsync(ct).ConfigureAwait(false);
            return read is { Kind: FrontendReadKind.End, Rest: 0 } ? ClientEnd.Closed : throw Unexpected(Expected, Describe(read));
        }
        catch (TransportException failure) when (failure.Kind == TransportFailure.Reset)
        {
            return ClientEnd.Reset;
        }
    }

    /// <summary>Sends one message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Completes when the transport has taken it.</returns>
    public Task SendAsync(IBackendMessage message, CancellationToken ct) => SendAsync([message], ct);

    /// <summary>Sends messages in one write.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Completes when the transport has taken them.</returns>
    public async Task SendAsync(IReadOnlyList<IBackendMessage> messages, CancellationToken ct)
    {
        var bytes = Encode(messages);
        Follow(messages);
        await Transport.SendAsync(bytes, ct).ConfigureAwait(false);
    }

    /// <summary>Sends bytes as they are, in one write. <see cref="Phase"/> does not follow them.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Completes when the transport has taken them.</returns>
    public async Task SendRawAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
        => await Transport.SendAsync(bytes, ct).ConfigureAwait(false);

    /// <summary>Sends messages in pieces of a size; see <see cref="SendRawSplitAsync"/>.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="pieceSize">Bytes of each piece, at least 1; the last may be shorter.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Completes when the transport has taken them.</returns>
    public async Task SendSplitAsync(IReadOnlyList<IBackendMessage> messages, int pieceSize, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pieceSize, 1);
        var bytes = Encode(messages);
        var offsets = new List<int>();
        for (var offset = pieceSize; offset < bytes.Length; offset += pieceSize)
            offsets.Add(offset);
        Follow(messages);
        await SendRawSplitAsync(bytes, offsets, ct).ConfigureAwait(false);
    }

    /// <summary>Sends messages in pieces; see <see cref="SendRawSplitAsync"/>.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="offsets">Where a new piece begins, counted from the first byte, ascending.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Completes when the transport has taken them.</returns>
    public async Task SendSplitAsync(IReadOnlyList<IBackendMessage> messages, IReadOnlyList<int> offsets, CancellationToken ct)
    {
        var bytes = Encode(messages);
        Follow(messages);
        await SendRawSplitAsync(bytes, offsets, ct).ConfigureAwait(false);
    }

    /// <summary>
    /// Sends bytes in pieces, one write each. Over a <see cref="MemoryTransport"/> no receive of the client delivers bytes of two pieces;
    /// over a socket the system may join what the client has not read yet.
    /// </summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="offsets">Where a new piece begins, counted from the first byte, ascending.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Completes when the transport has taken them.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An offset is outside the bytes, or smaller than the one before it. Nothing behind the
    /// one before it was sent.</exception>
    public async Task SendRawSplitAsync(ReadOnlyMemory<byte> bytes, IReadOnlyList<int> offsets, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(offsets);
        var start = 0;
        foreach (var end in offsets.Append(bytes.Length))
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(end, start, nameof(offsets));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(end, bytes.Length, nameof(offsets));
            await Transport.SendAsync(bytes[start..end], ct).ConfigureAwait(false);
            (Transport as MemoryTransport)?.EndPacket();
            start = end;
        }
    }

    /// <summary>
    /// Says yes to an <see cref="SslRequest"/> that was just received, and goes over to the protected transport. A
    /// <see cref="MemoryTransport"/> only pretends: there is no handshake, and the bytes stay as they are.
    /// </summary>
    /// <param name="handshake">Makes the protected transport of the plain one; <see langword="null"/> to go on with the plain one.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Completes when the handshake has ended.</returns>
    /// <exception cref="ScriptFailureException">The client sent more than the request: a server must not take such bytes for protected
    /// ones (CVE-2021-23214).</exception>
    public async Task AnswerTlsAsync(Func<ITransport, CancellationToken, ValueTask<ITransport>>? handshake, CancellationToken ct)
    {
        if (BufferedBytes > 0)
            throw Unexpected("nothing behind the SslRequest", $"the client sent {BufferedBytes} bytes more");
        await SendRawAsync("S"u8.ToArray(), ct).ConfigureAwait(false);
        if (handshake is not null)
            Transport = await handshake(Transport, ct).ConfigureAwait(false);
    }

    /// <summary>Closes in order: what was sent still arrives, then the end.</summary>
    /// <returns>Completes when everything is freed.</returns>
    public ValueTask CloseAsync() => Transport.DisposeAsync();

    /// <summary>Breaks the connection off: the client sees a reset.</summary>
    public void Abort() => Transport.Abort();

    /// <summary>The same as <see cref="CloseAsync"/>.</summary>
    /// <returns>Completes when everything is freed.</returns>
    public ValueTask DisposeAsync() => CloseAsync();

    internal ValueTask<FrontendRead> ReadAsync(CancellationToken ct) => _receiver.ReadAsync(Transport, ct);

    /// <summary>The next message, or nothing if the client left instead: by ending or breaking the connection, or with
    /// <see cref="Terminate"/>.</summary>
    internal async Task<TMessage?> ExpectUnlessGoneAsync<TMessage>(CancellationToken ct)
        where TMessage : struct, IFrontendMessage
    {
        try
        {
            var read = await ReadAsync(ct).ConfigureAwait(false);
            return read switch
            {
                { Message: TMessage expected } => expected,
                { Message: Terminate } or { Kind: FrontendReadKind.End, Rest: 0 } => null,
                _ => throw Unexpected(typeof(TMessage).Name, Describe(read)),
            };
        }
        catch (TransportException failure) when (failure.Kind == TransportFailure.Reset)
        {
            return null;
        }
    }

    internal ScriptFailureException Unexpected(string expected, string instead)
        => new($"Expected {expected}, but {instead}{(_recent.Count == 0 ? "" : $" (after {string.Join(", ", _recent)})")}.");

    private static string Describe(FrontendRead read) => read.Kind switch
    {
        FrontendReadKind.Message => $"the client sent {read.Message}",
        FrontendReadKind.Malformed => $"the client sent a malformed message, {read.Scan.Header}",
        FrontendReadKind.Violation => $"the client sent bytes that begin no message: {read.Scan.Violation.ToString().TrimEnd('.')}",
        FrontendReadKind.End => read.Rest == 0
            ? "the client ended the connection"
            : $"the client ended the connection in the middle of a message, after {read.Rest} bytes of it",
    };

    private static FrontendPhase? PhaseAfter(IBackendMessage message) => message switch
    {
        AuthenticationCleartextPassword or AuthenticationMd5Password or AuthenticationCryptPassword => FrontendPhase.Password,
        AuthenticationSasl => FrontendPhase.SaslInitial,
        AuthenticationSaslContinue => FrontendPhase.Sasl,
        AuthenticationGss or AuthenticationSspi or AuthenticationGssContinue => FrontendPhase.Gss,
        AuthenticationOk => FrontendPhase.Session,
        _ => null,
    };

    private async Task<IFrontendMessage> ReceiveAsync(string expected, CancellationToken ct)
    {
        FrontendRead read;
        try
        {
            read = await ReadAsync(ct).ConfigureAwait(false);
        }
        catch (TransportException failure)
        {
            throw new ScriptFailureException(Unexpected(expected, "the connection was lost").Message, failure);
        }

        if (read.Message is not { } message)
            throw Unexpected(expected, Describe(read));
        if (_recent.Count == RememberedMessages)
            _recent.Dequeue();
        _recent.Enqueue(message.GetType().Name);
        return message;
    }

    private void Follow(IReadOnlyList<IBackendMessage> messages)
    {
        foreach (var message in messages)
            Phase = PhaseAfter(message) ?? Phase;
    }
}
