using System.Text;
using PgActors.Framing;
using PgActors.Protocol;
using PgActors.Testing;
using PgActors.Transports;

namespace PgActors.Actors.Tests.Scripted;

/// <summary>A client of bare messages: it sends what it is told and returns what comes.</summary>
internal sealed class WireClient : IAsyncDisposable
{
    private static readonly TransportEndpoint Anywhere = TransportEndpoint.Tcp("memory", 5432);

    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    public WireClient(ITransport transport) => Transport = transport;

    public ITransport Transport { get; }

    public FramingPhase Phase { get; set; } = FramingPhase.Startup;

    /// <summary>How many bytes each receive delivered.</summary>
    public List<int> Receives { get; } = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<WireClient> ConnectAsync(MemoryConnector connector) => new(await connector.ConnectAsync(Anywhere, Ct));

    /// <summary>Connects and starts a session with <c>user=app</c>.</summary>
    public static async Task<WireClient> StartAsync(MemoryConnector connector, ProtocolVersion? version = null)
    {
        var client = await ConnectAsync(connector);
        await client.SendAsync(Startup(version ?? ProtocolVersion.Version30));
        await client.ReceiveUntilReadyAsync();
        return client;
    }

    public static StartupMessage Startup(ProtocolVersion version, params StartupParameter[] more)
        => new(version, [new StartupParameter("user", "app"), .. more]);

    public static WireArray<byte> Text(string text) => WireArray.Adopt(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(params IFrontendMessage[] messages)
    {
        using var writer = new WireWriter();
        foreach (var message in messages)
            message.Write(writer);
        await Transport.SendAsync(writer.WrittenMemory, Ct);
    }

    public async Task SendRawAsync(params byte[] bytes) => await Transport.SendAsync(bytes, Ct);

    public async Task<IBackendMessage> ReceiveAsync()
    {
        while (true)
        {
            var pending = _buffer.AsMemory(_start, _end - _start);
            var scan = FrameScanner.Scan(pending.Span, MessageLimits.Default, Phase);
            Assert.NotEqual(FrameStatus.Violation, scan.Status);
            if (scan.Status == FrameStatus.Complete)
            {
                Assert.True(BackendMessages.TryRead(scan.Header.Type, scan.Body(pending.Span), out var message));
                _start += scan.FrameSize;
                Phase = message switch
                {
                    AuthenticationOk => FramingPhase.Authenticated,
                    ReadyForQuery => FramingPhase.Session,
                    _ => Phase,
                };
                return message;
            }

            Assert.NotEqual(0, await FillAsync());
        }
    }

    public async Task<TMessage> ReceiveAsync<TMessage>()
        where TMessage : struct, IBackendMessage
        => Assert.IsType<TMessage>(await ReceiveAsync());

    public async Task<List<IBackendMessage>> ReceiveAsync(int count)
    {
        var messages = new List<IBackendMessage>();
        while (messages.Count < count)
            messages.Add(await ReceiveAsync());
        return messages;
    }

    /// <summary>Everything up to and with ReadyForQuery.</summary>
    public async Task<List<IBackendMessage>> ReceiveUntilReadyAsync()
    {
        var messages = new List<IBackendMessage>();
        do
            messages.Add(await ReceiveAsync());
        while (messages[^1] is not ReadyForQuery);
        return messages;
    }

    public async Task<List<IBackendMessage>> AskAsync(params IFrontendMessage[] messages)
    {
        await SendAsync(messages);
        return await ReceiveUntilReadyAsync();
    }

    /// <summary>Asks and returns the SQLSTATE of the one error in the answer.</summary>
    public async Task<string?> FailAsync(params IFrontendMessage[] messages)
        => Assert.Single((await AskAsync(messages)).OfType<ErrorResponse>()).Error.SqlState;

    public async Task<char> ReceiveByteAsync()
    {
        if (_start == _end)
            Assert.NotEqual(0, await FillAsync());
        return (char)_buffer[_start++];
    }

    public async Task ReceiveEndAsync()
    {
        Assert.Equal(_start, _end);
        Assert.Equal(0, await FillAsync());
    }

    public ValueTask DisposeAsync() => Transport.DisposeAsync();

    private async Task<int> FillAsync()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var count = await Transport.ReceiveAsync(_buffer.AsMemory(_end), Ct);
        Receives.Add(count);
        _end += count;
        return count;
    }
}
