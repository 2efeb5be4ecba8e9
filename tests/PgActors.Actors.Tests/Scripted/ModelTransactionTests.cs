using PgActors.Protocol;
using PgActors.Testing;
using static PgActors.Actors.Tests.Scripted.ModelPipeline;

namespace PgActors.Actors.Tests.Scripted;

public sealed class ModelTransactionTests : IAsyncDisposable
{
    private readonly MemoryConnector _connector = new();
    private readonly ModelServer _server;

    public ModelTransactionTests() => _server = ModelServer.InMemory(_connector);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_block_reports_its_status_and_commits_at_its_end()
    {
        await using var client = await WireClient.StartAsync(_connector);
        Assert.Equal(
            [Complete("BEGIN"), Ready(TransactionStatus.InTransaction)], await client.AskAsync(new Query("BEGIN ISOLATION LEVEL X")));
        await client.AskAsync(Run("select 1"));
        Assert.Equal(ModelStatementFate.Open, _server.Log[^1].Fate);
        Assert.Equal(TransactionStatus.InTransaction, Assert.Single(_server.Connections).Status);

        Assert.Equal([Complete("COMMIT"), Ready()], await client.AskAsync(new Query("commit")));

        Assert.All(_server.Log, statement => Assert.Equal(ModelStatementFate.Committed, statement.Fate));
    }

    [Fact]
    public async Task A_block_rolled_back_leaves_nothing()
    {
        await using var client = await WireClient.StartAsync(_connector);
        await client.AskAsync(new Query("begin; select 1"));

        Assert.Equal([Complete("ROLLBACK"), Ready()], await client.AskAsync(new Query("rollback")));

        Assert.All(_server.Log, statement => Assert.Equal(ModelStatementFate.RolledBack, statement.Fate));
    }

    [Fact]
    public async Task A_failed_block_takes_only_its_end_and_its_commit_is_a_rollback()
    {
        await using var client = await WireClient.StartAsync(_connector);
        await client.AskAsync(Parse("select 1", "s"), Sync());
        await client.AskAsync(new Query("begin"));
        Assert.Equal(Ready(TransactionStatus.Failed), (await client.AskAsync(new Query("fail 40001")))[^1]);

        Assert.Equal(SqlStates.InFailedSqlTransaction, await client.FailAsync(new Query("select 1")));
        Assert.Equal(SqlStates.InFailedSqlTransaction, await client.FailAsync(Parse("select 1"), Sync()));
        Assert.Equal(SqlStates.InFailedSqlTransaction, await client.FailAsync(Bind("s"), Sync()));
        Assert.Equal(SqlStates.InFailedSqlTransaction, await client.FailAsync(DescribeStatement("s"), Sync()));
        Assert.Equal(
            [new ParseComplete(), new BindComplete(), new NoData(), Complete("ROLLBACK"), Ready()],
            await client.AskAsync(Parse("commit"), Bind(), DescribePortal(), Execute(), Sync()));
    }

    [Fact]
    public async Task A_pipeline_commits_at_Sync_and_is_undone_by_an_error()
    {
        await using var client = await WireClient.StartAsync(_connector);
        await client.SendAsync([.. Run("select 1")[..3], new Flush()]);
        await client.ReceiveAsync(4);
        Assert.Equal(ModelStatementFate.Open, _server.Log[0].Fate);
        await client.AskAsync(Sync());
        Assert.Equal(ModelStatementFate.Committed, _server.Log[0].Fate);

        await client.AskAsync([.. Run("select 2")[..3], .. Run("fail 22012")]);
        Assert.Equal(ModelStatementFate.RolledBack, _server.Log[1].Fate);
        Assert.Equal((ModelStatementOutcome.Failed, "22012"), (_server.Log[2].Outcome, _server.Log[2].SqlState));
    }

    [Fact]
    public async Task Begin_takes_earlier_statements_of_a_pipeline_in()
    {
        await using var client = await WireClient.StartAsync(_connector);
        await client.AskAsync([.. Run("select 1")[..3], .. Run("begin")]);
        await client.AskAsync(new Query("rollback"));

        Assert.Equal(ModelStatementFate.RolledBack, _server.Log[0].Fate);
    }

    [Fact]
    public async Task Commit_inside_a_text_ends_the_implicit_block_with_a_warning()
    {
        await using var client = await WireClient.StartAsync(_connector);
        var messages = await client.AskAsync(new Query("select 1; commit; fail 22012"));

        Assert.Equal(SqlStates.NoActiveSqlTransaction, Assert.Single(messages.OfType<NoticeResponse>()).Error.SqlState);
        Assert.Equal(
            [ModelStatementFate.Committed, ModelStatementFate.Committed, ModelStatementFate.RolledBack],
            _server.Log.Select(statement => statement.Fate));
    }

    [Fact]
    public async Task A_second_begin_warns()
    {
        await using var client = await WireClient.StartAsync(_connector);
        await client.AskAsync(new Query("begin"));
        var messages = await client.AskAsync(new Query("start transaction"));

        Assert.Equal(SqlStates.ActiveSqlTransaction, Assert.Single(messages.OfType<NoticeResponse>()).Error.SqlState);
        Assert.Equal(Ready(TransactionStatus.InTransaction), messages[^1]);
    }

    [Fact]
    public async Task A_lost_connection_rolls_its_block_back()
    {
        var client = await WireClient.StartAsync(_connector);
        await client.AskAsync(new Query("select 0"));
        await client.AskAsync(new Query("begin; select 1"));
        var connection = Assert.Single(_server.Connections);

        await client.DisposeAsync();

        await connection.Completion;
        Assert.Equal(
            [ModelStatementFate.Committed, ModelStatementFate.RolledBack, ModelStatementFate.RolledBack],
            connection.Log.Select(statement => statement.Fate));
    }
}
