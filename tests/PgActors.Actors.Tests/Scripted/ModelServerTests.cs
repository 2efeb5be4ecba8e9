using PgActors.Protocol;
using PgActors.Testing;
using PgActors.Transports;
using static PgActors.Actors.Tests.Scripted.ModelPipeline;

namespace PgActors.Actors.Tests.Scripted;

public sealed class ModelServerTests
{
    private readonly MemoryConnector _connector = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0x0003_0000, 0x0003_0000, 4)]
    [InlineData(0x0003_0002, 0x0003_0002, 32)]
    [InlineData(0x0003_270F, 0x0003_0002, 32)]
    public async Task A_start_up_agrees_on_a_version(int asked, int agreed, int keyLength)
    {
        await using var server = ModelServer.InMemory(_connector);
        await using var client = await WireClient.ConnectAsync(_connector);
        await client.SendAsync(WireClient.Startup(new ProtocolVersion(asked), new StartupParameter("application_name", "tests")));

        var messages = await client.ReceiveUntilReadyAsync();

        Assert.Equal(asked == agreed, messages[0] is AuthenticationOk);
        Assert.Equal(asked != agreed, messages[0] is NegotiateProtocolVersion { Version.Word: var word } && word == agreed);
        Assert.Equal(keyLength, messages.OfType<BackendKeyData>().Single().SecretKey.Length);
        Assert.Contains(new ParameterStatus("application_name", "tests"), messages);
        Assert.Contains(new ParameterStatus("session_authorization", "app"), messages);
        Assert.Equal(new ProtocolVersion(asked), Assert.Single(server.Connections).Startup!.Value.Version);
    }

    [Fact]
    public async Task Encryption_is_answered_as_told()
    {
        await using var server = ModelServer.InMemory(
            _connector, new ModelServerOptions { Startup = new ScriptedStartup { AcceptsTls = true } });
        await using var client = await WireClient.ConnectAsync(_connector);
        await client.SendAsync(new GssEncRequest());
        Assert.Equal('N', await client.ReceiveByteAsync());
        await client.SendAsync(new SslRequest());
        Assert.Equal('S', await client.ReceiveByteAsync());
        await client.SendAsync(WireClient.Startup(ProtocolVersion.Version30));

        await client.ReceiveUntilReadyAsync();
    }

    [Fact]
    public async Task Bytes_behind_a_request_for_encryption_end_the_connection()
    {
        await using var server = ModelServer.InMemory(
            _connector, new ModelServerOptions { Startup = new ScriptedStartup { AcceptsTls = true } });
        await using var client = await WireClient.ConnectAsync(_connector);
        await client.SendAsync(new SslRequest(), WireClient.Startup(ProtocolVersion.Version30));

        await client.ReceiveEndAsync();
    }

    [Fact]
    public async Task A_start_up_can_be_refused()
    {
        var full = new PgError { Severity = "FATAL", SqlState = SqlStates.TooManyConnections, Message = "full" };
        await using var server = ModelServer.InMemory(_connector, new ModelServerOptions { Refuse = _ => full });
        await using var client = await WireClient.ConnectAsync(_connector);
        await client.SendAsync(WireClient.Startup(ProtocolVersion.Version30));

        Assert.Equal(full, (await client.ReceiveAsync<ErrorResponse>()).Error);
        await client.ReceiveEndAsync();
        Assert.Equal((1, 0), (server.Counters.Connections, server.Counters.Sessions));
    }

    [Theory]
    [InlineData(0x0003_0000, "28000")]
    [InlineData(0x0004_0000, "0A000")]
    public async Task A_start_up_without_a_user_or_of_another_major_version_is_refused(int version, string sqlState)
    {
        await using var server = ModelServer.InMemory(_connector);
        await using var client = await WireClient.ConnectAsync(_connector);
        await client.SendAsync(new StartupMessage(new ProtocolVersion(version), []));

        Assert.Equal(sqlState, (await client.ReceiveAsync<ErrorResponse>()).Error.SqlState);
        await client.ReceiveEndAsync();
    }

    [Fact]
    public async Task Garbage_instead_of_a_start_up_ends_the_connection()
    {
        await using var server = ModelServer.InMemory(_connector);
        await using var client = await WireClient.ConnectAsync(_connector);
        await client.SendRawAsync("GET / HTTP/1.1\r\n"u8.ToArray());

        await client.ReceiveEndAsync();
        Assert.Empty(server.Connections);
    }

    [Fact]
    public async Task Terminate_ends_the_session_and_the_log_stays()
    {
        await using var server = ModelServer.InMemory(_connector);
        await using var client = await WireClient.StartAsync(_connector);
        await client.AskAsync(Parse("select $1"), Bind(values: WireClient.Text("x")), Execute(), Sync());
        await client.SendAsync(new Terminate());

        await client.ReceiveEndAsync();
        Assert.Empty(server.Connections);
        var ended = Assert.Single(server.History);
        Assert.True(ended.Completion.IsCompletedSuccessfully);
        Assert.Equal(
            new ModelStatement(
                1, "select $1", [WireClient.Text("x")], ModelStatementOutcome.Completed, null, ModelStatementFate.Committed),
            Assert.Single(ended.Log));
    }

    [Fact]
    public async Task A_server_without_a_log_still_counts()
    {
        await using var server = ModelServer.InMemory(_connector, new ModelServerOptions { KeepsLog = false });
        await using var client = await WireClient.StartAsync(_connector);
        await client.AskAsync(new Query("select 1; select 2"));

        Assert.Equal((1, 1, 2), (server.Counters.Connections, server.Counters.Sessions, server.Counters.Statements));
        Assert.Empty(server.History);
        Assert.Empty(server.Log);
    }

    [Fact]
    public async Task The_log_of_a_server_is_in_the_order_of_execution()
    {
        await using var server = ModelServer.InMemory(_connector);
        await using var first = await WireClient.StartAsync(_connector);
        await using var second = await WireClient.StartAsync(_connector);
        await second.AskAsync(new Query("select 1"));
        await first.AskAsync(new Query("select 2"));
        await second.AskAsync(new Query("select 3"));

        Assert.Equal(["select 1", "select 2", "select 3"], server.Log.Select(statement => statement.Sql));
    }

    [Fact]
    public async Task An_administrator_can_end_an_idle_and_a_waiting_session()
    {
        await using var server = ModelServer.InMemory(_connector);
        await using var idle = await WireClient.StartAsync(_connector);
        await using var waiting = await WireClient.StartAsync(_connector);
        await waiting.SendAsync(new Query("wait here"));
        var connections = server.Connections;

        foreach (var connection in connections)
            connection.Terminate();

        Assert.Equal(SqlStates.AdminShutdown, (await idle.ReceiveAsync<ErrorResponse>()).Error.SqlState);
        await idle.ReceiveEndAsync();
        Assert.Equal(SqlStates.AdminShutdown, (await waiting.ReceiveAsync<ErrorResponse>()).Error.SqlState);
        await waiting.ReceiveEndAsync();
        Assert.Equal(ModelStatementOutcome.Lost, Assert.Single(connections[1].Log).Outcome);
        connections[0].Terminate();
    }

    [Fact]
    public async Task Disposal_resets_every_client_and_refuses_new_ones()
    {
        var server = ModelServer.InMemory(_connector);
        await using var idle = await WireClient.StartAsync(_connector);
        await using var flooded = await WireClient.StartAsync(_connector);
        await flooded.SendAsync(new Query("rows 1000000"));

        await server.DisposeAsync();
        await server.DisposeAsync();

        Assert.Equal(TransportFailure.Reset, (await Assert.ThrowsAsync<TransportException>(idle.ReceiveAsync)).Kind);
        Assert.Empty(server.Connections);
        var refused = await Assert.ThrowsAsync<TransportException>(() => WireClient.ConnectAsync(_connector));
        Assert.Equal(TransportFailure.Refused, refused.Kind);
    }

    [Fact]
    public async Task A_connection_ends_at_the_message_that_a_fault_names()
    {
        await using var server = ModelServer.InMemory(
            _connector,
            new ModelServerOptions { Faults = number => number == 1 ? new ModelFaults { CloseAtMessage = 3 } : ModelFaults.None });
        await using var client = await WireClient.StartAsync(_connector);
        await client.AskAsync(new Query("select 1"));
        await client.SendAsync(new Query("select 2"));
        await client.ReceiveEndAsync();
        Assert.Equal("select 1", Assert.Single(server.Log).Sql);

        await using var other = await WireClient.StartAsync(_connector);
        await other.AskAsync(new Query("select 1"));
        Assert.Contains(Row("2"), await other.AskAsync(new Query("select 2")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_ends_after_the_bytes_that_a_fault_names(bool resets)
    {
        await using var server = ModelServer.InMemory(_connector);
        await using var client = await WireClient.StartAsync(_connector);
        var connection = Assert.Single(server.Connections);
        var sent = connection.BytesSent;
        connection.Faults = new ModelFaults { CloseAfterBytes = sent + 7, Resets = resets };
        await client.SendAsync(new Query("select 1"));

        var buffer = new byte[100];
        if (resets)
        {
            await Assert.ThrowsAsync<TransportException>(async () => await client.Transport.ReceiveAsync(buffer, Ct));
        }
        else
        {
            Assert.Equal(7, await client.Transport.ReceiveAsync(buffer, Ct));
            Assert.Equal(0, await client.Transport.ReceiveAsync(buffer, Ct));
        }

        Assert.Equal(sent + 7, connection.BytesSent);
        Assert.Equal(ModelStatementFate.Committed, Assert.Single(connection.Log).Fate);
        await connection.Completion;
    }

    [Fact]
    public async Task A_message_is_held_until_it_is_released()
    {
        await using var server = ModelServer.InMemory(
            _connector,
            new ModelServerOptions { Faults = _ => new ModelFaults { HoldBefore = message => message is Query ? "query" : null } });
        await using var client = await WireClient.StartAsync(_connector);
        await client.SendAsync(new Query("select 1"));
        await server.ReachedAsync("query", Ct);
        Assert.Empty(server.Log);

        server.Release("query");

        Assert.Contains(Row("1"), await client.ReceiveUntilReadyAsync());
        Assert.Contains(Row("2"), await client.AskAsync(new Query("select 2")));
        await server.ReachedAsync("query", 2, Ct);
    }

    [Fact]
    public async Task A_defect_in_a_callback_comes_out_of_the_connection()
    {
        var server = ModelServer.InMemory(
            _connector, new ModelServerOptions { Refuse = _ => throw new InvalidOperationException("of the test") });
        await using var client = await WireClient.ConnectAsync(_connector);
        var connection = Assert.Single(server.Connections);
        await client.SendAsync(WireClient.Startup(ProtocolVersion.Version30));

        await client.ReceiveEndAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => connection.Completion);
        await server.DisposeAsync();
    }

    [Fact]
    public void A_run_on_one_thread_is_the_same_every_time()
    {
        var first = RunInTurns(out var firstTurns);

        Assert.Equal(first, RunInTurns(out var secondTurns));
        Assert.Equal(firstTurns, secondTurns);
        Assert.Equal(6, first.Count);
    }

    [Fact]
    public async Task Real_sockets_carry_many_sessions_at_once()
    {
        const int Sessions = 8;
        await using var server = ModelServer.Listen();
        var connector = new SocketConnector(new TransportSettings(), TimeProvider.System);

        await Task.WhenAll(Enumerable.Range(0, Sessions).Select(async _ =>
        {
            await using var client = new WireClient(await connector.ConnectAsync(server.Endpoint!, Ct));
            await client.SendAsync(WireClient.Startup(ProtocolVersion.Version32));
            await client.ReceiveUntilReadyAsync();
            var messages = await client.AskAsync([.. Run("rows 5000"), .. Run("select 1")]);
            Assert.Equal(5000, messages.OfType<DataRow>().Count());
            Assert.Contains(Row("1"), await client.ReceiveUntilReadyAsync());
        }));

        Assert.Equal((Sessions, 2 * Sessions), (server.Counters.Sessions, server.Counters.Statements));
    }

    [Fact]
    public async Task A_cancel_over_real_sockets_ends_a_wait()
    {
        await using var server = ModelServer.Listen();
        var connector = new SocketConnector(new TransportSettings(), TimeProvider.System);
        await using var client = new WireClient(await connector.ConnectAsync(server.Endpoint!, Ct));
        await client.SendAsync(WireClient.Startup(ProtocolVersion.Version32));
        var key = (await client.ReceiveUntilReadyAsync()).OfType<BackendKeyData>().Single();
        await client.SendAsync(new Query("wait here"));
        await server.ReachedAsync("here", Ct);

        await using var canceller = new WireClient(await connector.ConnectAsync(server.Endpoint!, Ct));
        await canceller.SendAsync(new CancelRequest(key.ProcessId, key.SecretKey));
        await canceller.ReceiveEndAsync();

        Assert.Equal(SqlStates.QueryCanceled, (await client.ReceiveAsync<ErrorResponse>()).Error.SqlState);
    }

    // Every continuation is a turn in this queue; if one went elsewhere, the queue would run dry.
    private static List<(string, ModelStatementOutcome, ModelStatementFate)> RunInTurns(out int count)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var turns = new Queue<Action>();
            var connector = new MemoryConnector(turns.Enqueue);
            var server = ModelServer.InMemory(connector, new ModelServerOptions { Schedule = turns.Enqueue });
            var clients = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => WaitAndSelectAsync(connector)));
            var releasing = ReleaseAsync(server);
            for (count = 0; !(clients.IsCompleted && releasing.IsCompleted); count++)
                turns.Dequeue().Invoke();
            clients.GetAwaiter().GetResult();
            return [.. server.Log.Select(statement => (statement.Sql, statement.Outcome, statement.Fate))];
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private static async Task WaitAndSelectAsync(MemoryConnector connector)
    {
        await using var client = await WireClient.StartAsync(connector);
        await client.AskAsync(Run("select 1"));
        await client.AskAsync([.. Run("wait both")[..3], .. Run("rows 10000")]);
    }

    private static async Task ReleaseAsync(ModelServer server)
    {
        await server.ReachedAsync("both", 2, Ct);
        server.Release("both");
    }
}
