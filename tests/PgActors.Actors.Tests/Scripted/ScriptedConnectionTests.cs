using PgActors.Protocol;
using PgActors.Testing;
using PgActors.Transports;

namespace PgActors.Actors.Tests.Scripted;

public sealed class ScriptedConnectionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_sent_in_one_write_are_received_one_by_one()
    {
        var (client, server) = await SessionAsync();
        await client.SendAsync(new Parse("s", "select 1", [23]), new Sync());

        Assert.Equal(new Parse("s", "select 1", [23]), await server.ExpectAsync<Parse>(Ct));
        Assert.Equal(5, server.BufferedBytes);
        Assert.Equal(new Sync(), await server.ReceiveAsync(Ct));
        Assert.Equal(0, server.BufferedBytes);
    }

    [Fact]
    public async Task A_message_that_arrives_byte_by_byte_is_whole()
    {
        var (client, server) = Pair(new MemoryTransportOptions { MaxBytesPerReceive = 1 });
        server.Phase = FrontendPhase.Session;
        var sql = new string('x', 10_000);
        await client.SendAsync(new Query(sql));

        Assert.Equal(sql, (await server.ExpectAsync<Query>(Ct)).Sql);
    }

    [Fact]
    public async Task Another_message_than_expected_is_named_with_what_came_before()
    {
        var (client, server) = await SessionAsync();
        await client.SendAsync(new Sync(), new Query("select 1"));
        await server.ExpectAsync<Sync>(Ct);

        var failure = await Assert.ThrowsAsync<ScriptFailureException>(() => server.ExpectAsync<Parse>(Ct));

        Assert.StartsWith("Expected Parse, but the client sent Query { Sql = select 1 }", failure.Message, StringComparison.Ordinal);
        Assert.Contains("(after StartupMessage, Sync, Query)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_is_not_named()
    {
        var (client, server) = Pair();
        await server.SendAsync(new AuthenticationCleartextPassword(), Ct);
        await client.SendAsync(new PasswordMessage("hunter2"));

        var failure = await Assert.ThrowsAsync<ScriptFailureException>(() => server.ExpectAsync<SaslResponse>(Ct));

        Assert.DoesNotContain("hunter2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_malformed_body_is_named_by_its_type()
    {
        var (client, server) = await SessionAsync();
        await client.SendRawAsync((byte)'S', 0, 0, 0, 5, 7);

        var failure = await Assert.ThrowsAsync<ScriptFailureException>(() => server.ReceiveAsync(Ct));

        Assert.Contains("malformed message, 'S' of length 5", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('S', 3)]
    [InlineData('S', int.MaxValue)]
    [InlineData('!', 4)]
    public async Task Bytes_that_begin_no_message_fail_at_once(char type, int length)
    {
        var (client, server) = await SessionAsync();
        await client.SendRawAsync((byte)type, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length);

        var failure = await Assert.ThrowsAsync<ScriptFailureException>(() => server.ReceiveAsync(Ct));

        Assert.Contains("bytes that begin no message", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_the_client_is_seen_and_named()
    {
        var (client, server) = await SessionAsync();
        await client.DisposeAsync();

        var failure = await Assert.ThrowsAsync<ScriptFailureException>(() => server.ExpectAsync<Query>(Ct));

        Assert.StartsWith("Expected Query, but the client ended the connection", failure.Message, StringComparison.Ordinal);
        Assert.Equal(ClientEnd.Closed, await server.ExpectEndAsync(Ct));
    }

    [Fact]
    public async Task An_end_inside_a_message_is_no_end()
    {
        var (client, server) = await SessionAsync();
        await client.SendRawAsync((byte)'S', 0, 0);
        await client.DisposeAsync();

        var failure = await Assert.ThrowsAsync<ScriptFailureException>(() => server.ExpectEndAsync(Ct));

        Assert.Contains("in the middle of a message, after 3 bytes of it", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_by_the_client_is_an_end_of_another_kind()
    {
        var (client, server) = await SessionAsync();
        client.Transport.Abort();

        Assert.Equal(ClientEnd.Reset, await server.ExpectEndAsync(Ct));
        await Assert.ThrowsAsync<ScriptFailureException>(() => server.ReceiveAsync(Ct));
    }

    [Fact]
    public async Task A_message_before_the_end_is_no_end()
    {
        var (client, server) = await SessionAsync();
        await client.SendAsync(new Terminate());
        await client.DisposeAsync();

        await Assert.ThrowsAsync<ScriptFailureException>(() => server.ExpectEndAsync(Ct));
    }

    [Fact]
    public async Task Several_messages_go_out_in_one_write()
    {
        var (client, server) = await SessionAsync();
        client.Receives.Clear();
        await server.SendAsync([new ParseComplete(), new BindComplete(), new ReadyForQuery(TransactionStatus.Idle)], Ct);

        await client.ReceiveUntilReadyAsync();

        Assert.Equal([5 + 5 + 6], client.Receives);
    }

    [Fact]
    public async Task A_split_at_offsets_lands_in_receives_of_its_own()
    {
        var (client, server) = await SessionAsync();
        client.Receives.Clear();
        await server.SendSplitAsync([new ParseComplete(), new ReadyForQuery(TransactionStatus.Idle)], [1, 4, 7], Ct);

        Assert.Equal([new ParseComplete(), new ReadyForQuery(TransactionStatus.Idle)], await client.ReceiveUntilReadyAsync());
        Assert.Equal([1, 3, 3, 4], client.Receives);
    }

    [Fact]
    public async Task A_split_in_pieces_lands_in_receives_of_its_own_and_ends_there()
    {
        var (client, server) = await SessionAsync();
        client.Receives.Clear();
        await server.SendSplitAsync([new ReadyForQuery(TransactionStatus.Failed)], 4, Ct);
        await server.SendAsync(new ReadyForQuery(TransactionStatus.Idle), Ct);

        Assert.Equal(new ReadyForQuery(TransactionStatus.Failed), await client.ReceiveAsync());
        Assert.Equal(new ReadyForQuery(TransactionStatus.Idle), await client.ReceiveAsync());
        Assert.Equal([4, 2, 6], client.Receives);
    }

    [Theory]
    [InlineData(5, 4)]
    [InlineData(-1, 4)]
    [InlineData(1, 7)]
    public async Task Offsets_that_go_back_or_beyond_are_refused(int first, int second)
    {
        var (_, server) = await SessionAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => server.SendSplitAsync([new ReadyForQuery(TransactionStatus.Idle)], [first, second], Ct));
    }

    [Fact]
    public async Task Closing_lets_the_client_read_what_was_sent()
    {
        var (client, server) = await SessionAsync();
        await server.SendAsync(new ReadyForQuery(TransactionStatus.Idle), Ct);
        await server.CloseAsync();

        await client.ReceiveAsync<ReadyForQuery>();
        await client.ReceiveEndAsync();
    }

    [Fact]
    public async Task Aborting_resets_the_client()
    {
        var (client, server) = await SessionAsync();
        server.Abort();

        var failure = await Assert.ThrowsAsync<TransportException>(client.ReceiveAsync);

        Assert.Equal(TransportFailure.Reset, failure.Kind);
    }

    [Fact]
    public async Task A_cancelled_receive_loses_nothing()
    {
        var (client, server) = await SessionAsync();
        using var source = new CancellationTokenSource();
        var receiving = server.ReceiveAsync(source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving);

        await client.SendAsync(new Sync());

        await server.ExpectAsync<Sync>(Ct);
    }

    [Fact]
    public async Task A_real_socket_carries_a_session()
    {
        await using var server = ScriptedServer.Listen();
        var connector = new SocketConnector(new TransportSettings(), TimeProvider.System);
        var accepting = server.AcceptAsync(Ct);
        await using var client = new WireClient(await connector.ConnectAsync(server.Endpoint, Ct));
        var connection = await accepting;

        await client.SendAsync(WireClient.Startup(ProtocolVersion.Version30));
        await connection.AcceptTrustAsync(Ct);
        await client.ReceiveUntilReadyAsync();
        await client.SendAsync(new Query("select 1"));

        Assert.Equal("select 1", (await connection.ExpectAsync<Query>(Ct)).Sql);
        await client.DisposeAsync();
        Assert.Equal(ClientEnd.Closed, await connection.ExpectEndAsync(Ct));
        Assert.Same(connection, Assert.Single(server.Connections));
    }

    [Fact]
    public async Task A_disposed_server_accepts_no_more()
    {
        var server = ScriptedServer.Listen();
        var accepting = server.AcceptAsync(Ct);
        await server.DisposeAsync();

        Assert.Equal(TransportFailure.Closed, (await Assert.ThrowsAsync<TransportException>(() => accepting)).Kind);
    }

    private static (WireClient Client, ScriptedConnection Server) Pair(MemoryTransportOptions? serverOptions = null)
    {
        var (client, server) = MemoryTransport.CreatePair(server: serverOptions);
        return (new WireClient(client), new ScriptedConnection(server));
    }

    private static async Task<(WireClient Client, ScriptedConnection Server)> SessionAsync()
    {
        var (client, server) = Pair();
        await client.SendAsync(WireClient.Startup(ProtocolVersion.Version30));
        await server.AcceptTrustAsync(Ct);
        await client.ReceiveUntilReadyAsync();
        return (client, server);
    }
}
