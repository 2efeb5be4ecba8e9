using PgActors.Protocol;
using PgActors.Testing;
using static PgActors.Actors.Tests.Scripted.ModelPipeline;

namespace PgActors.Actors.Tests.Scripted;

public sealed class ModelCancelTests : IAsyncDisposable
{
    private readonly MemoryConnector _connector = new();
    private readonly ModelServer _server;

    public ModelCancelTests() => _server = ModelServer.InMemory(_connector);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_wait_answers_when_it_is_released()
    {
        await using var client = await WireClient.StartAsync(_connector);
        await client.SendAsync(Run("wait here"));
        await _server.ReachedAsync("here", Ct);
        Assert.Equal(ModelStatementOutcome.Running, Assert.Single(_server.Log).Outcome);

        _server.Release("here");

        Assert.Equal([new ParseComplete(), new BindComplete(), Complete("WAIT"), Ready()], await client.ReceiveUntilReadyAsync());
        await client.AskAsync(Run("wait here"));
    }

    [Fact]
    public async Task Others_go_on_while_one_waits()
    {
        await using var waiting = await WireClient.StartAsync(_connector);
        await using var other = await WireClient.StartAsync(_connector);
        var reached = _server.ReachedAsync("here", Ct);
        await waiting.SendAsync(new Query("wait here; select 2"));
        await reached;

        Assert.Contains(Row("1"), await other.AskAsync(new Query("select 1")));
        Assert.Equal(2, _server.Connections.Count);
        _server.Release("here");

        Assert.Contains(Row("2"), await waiting.ReceiveUntilReadyAsync());
    }

    [Theory]
    [InlineData(0x0003_0000)]
    [InlineData(0x0003_0002)]
    public async Task A_cancel_on_another_connection_ends_the_statement(int version)
    {
        await using var client = await WireClient.StartAsync(_connector, new ProtocolVersion(version));
        var session = Assert.Single(_server.Connections);
        await client.SendAsync([.. Run("wait here")[..3], .. Run("select 1")]);
        await _server.ReachedAsync("here", Ct);

        await CancelAsync(session.Key!.Value);

        var messages = await client.ReceiveUntilReadyAsync();
        Assert.Equal(SqlStates.QueryCanceled, Assert.Single(messages.OfType<ErrorResponse>()).Error.SqlState);
        Assert.DoesNotContain(messages, message => message is DataRow);
        Assert.Equal(
            (ModelStatementOutcome.Cancelled, "57014", ModelStatementFate.RolledBack),
            (session.Log[0].Outcome, session.Log[0].SqlState, session.Log[0].Fate));
        Assert.Single(session.Log);
        Assert.Equal((1, 1), (_server.Counters.CancelRequests, _server.Counters.CancelledStatements));
        Assert.Contains(Row("2"), await client.AskAsync(Run("select 2")));
    }

    [Fact]
    public async Task A_cancel_ends_rows_that_the_client_does_not_read()
    {
        await using var client = await WireClient.StartAsync(_connector);
        await client.SendAsync(new Query("rows 1000000"));

        await CancelAsync(Assert.Single(_server.Connections).Key!.Value);

        var messages = await client.ReceiveUntilReadyAsync();
        Assert.Equal(SqlStates.QueryCanceled, Assert.Single(messages.OfType<ErrorResponse>()).Error.SqlState);
        Assert.InRange(messages.OfType<DataRow>().Count(), 1, 50_000);
    }

    [Fact]
    public async Task A_cancel_between_statements_does_nothing_also_to_the_next()
    {
        await using var client = await WireClient.StartAsync(_connector);
        await CancelAsync(Assert.Single(_server.Connections).Key!.Value);

        Assert.Contains(Row("1"), await client.AskAsync(Run("select 1")));
        Assert.Equal((1, 0), (_server.Counters.CancelRequests, _server.Counters.CancelledStatements));
    }

    [Fact]
    public async Task A_cancel_with_a_wrong_key_does_nothing()
    {
        await using var client = await WireClient.StartAsync(_connector);
        var key = Assert.Single(_server.Connections).Key!.Value;
        await client.SendAsync(new Query("wait here"));
        await _server.ReachedAsync("here", Ct);

        await CancelAsync(key with { SecretKey = [9, 9, 9, 9] });
        await CancelAsync(key with { ProcessId = key.ProcessId + 1 });
        await CancelAsync(key with { SecretKey = WireArray.Create(key.SecretKey.Span[..3]) });
        _server.Release("here");

        Assert.Equal([Complete("WAIT"), Ready()], await client.ReceiveUntilReadyAsync());
    }

    [Fact]
    public async Task Sessions_have_keys_of_their_own()
    {
        await using var first = await WireClient.StartAsync(_connector);
        await using var second = await WireClient.StartAsync(_connector);
        var keys = _server.Connections.Select(connection => connection.Key!.Value).ToArray();

        Assert.NotEqual(keys[0].ProcessId, keys[1].ProcessId);
        Assert.NotEqual(keys[0].SecretKey, keys[1].SecretKey);
    }

    [Fact]
    public async Task A_release_can_be_put_in_an_order_by_the_test()
    {
        var turns = new Queue<Action>();
        var server = new ModelServer(new ModelServerOptions { Schedule = turns.Enqueue });
        await using var client = Serve(server);
        await client.SendAsync(WireClient.Startup(ProtocolVersion.Version30));
        await client.ReceiveUntilReadyAsync();
        await client.SendAsync(new Query("wait here"));
        server.Release("here");
        var connection = Assert.Single(server.Connections);
        Assert.Equal(ModelStatementOutcome.Running, Assert.Single(connection.Log).Outcome);

        Assert.Single(turns).Invoke();

        Assert.Equal(ModelStatementOutcome.Completed, Assert.Single(connection.Log).Outcome);
        await server.DisposeAsync();
    }

    private static WireClient Serve(ModelServer server)
    {
        var (client, transport) = MemoryTransport.CreatePair();
        server.Serve(transport);
        return new WireClient(client);
    }

    private async Task CancelAsync(BackendKeyData key)
    {
        await using var canceller = await WireClient.ConnectAsync(_connector);
        await canceller.SendAsync(new CancelRequest(key.ProcessId, key.SecretKey));
        await canceller.ReceiveEndAsync();
    }
}
