using PgActors.Protocol;
using PgActors.Testing;
using static PgActors.Actors.Tests.Scripted.ModelPipeline;

namespace PgActors.Actors.Tests.Scripted;

public sealed class ModelSimpleQueryTests : IAsyncDisposable
{
    private readonly MemoryConnector _connector = new();
    private readonly ModelServer _server;

    public ModelSimpleQueryTests() => _server = ModelServer.InMemory(_connector);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Each_statement_has_its_own_result_and_all_have_one_Ready()
    {
        await using var client = await WireClient.StartAsync(_connector);
        var messages = await client.AskAsync(new Query("select 1, 'it''s' as word, null, true; rows 2; notice 'hear'; begin work;"));

        Assert.IsType<RowDescription>(messages[0]);
        Assert.Equal([Row("1", "it's", null, "t"), Complete("SELECT", 1)], messages[1..3]);
        Assert.IsType<RowDescription>(messages[3]);
        Assert.Equal([Row("1"), Row("2"), Complete("SELECT", 2)], messages[4..7]);
        Assert.Equal("hear", Assert.IsType<NoticeResponse>(messages[7]).Error.Message);
        Assert.Equal([Complete("DO"), Complete("BEGIN"), Ready(TransactionStatus.InTransaction)], messages[8..]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ;; ")]
    public async Task A_text_without_a_statement_is_an_empty_query(string sql)
    {
        await using var client = await WireClient.StartAsync(_connector);

        Assert.Equal([new EmptyQueryResponse(), Ready()], await client.AskAsync(new Query(sql)));
    }

    [Theory]
    [InlineData("frobnicate", 1)]
    [InlineData("  select 1 2", 12)]
    [InlineData("select", 7)]
    [InlineData("select '\U0001F600', x", 13)]
    [InlineData("select 1; rows", 15)]
    [InlineData("select $0", 8)]
    [InlineData("select $65536", 8)]
    public async Task A_syntax_error_names_the_character_and_nothing_runs(string sql, int position)
    {
        await using var client = await WireClient.StartAsync(_connector);
        var messages = await client.AskAsync(new Query(sql));

        var error = Assert.IsType<ErrorResponse>(messages[0]).Error;
        Assert.Equal((SqlStates.SyntaxError, position), (error.SqlState, error.Position));
        Assert.Equal([Ready()], messages[1..]);
        Assert.Empty(_server.Log);
    }

    [Fact]
    public async Task An_error_ends_the_text_and_undoes_what_ran_before_it()
    {
        await using var client = await WireClient.StartAsync(_connector);
        Assert.Equal("22012", await client.FailAsync(new Query("select 1; fail 22012; select 2")));

        Assert.Equal(
            [("select 1", ModelStatementFate.RolledBack), ("fail 22012", ModelStatementFate.RolledBack)],
            _server.Log.Select(statement => (statement.Sql, statement.Fate)));
    }

    [Fact]
    public async Task A_parameter_has_no_value_in_a_text()
    {
        await using var client = await WireClient.StartAsync(_connector);

        Assert.Equal(SqlStates.UndefinedParameter, await client.FailAsync(new Query("select 1, $1")));
    }

    [Fact]
    public async Task A_fatal_error_ends_the_session()
    {
        await using var client = await WireClient.StartAsync(_connector);
        await client.SendAsync(new Query("fatal 57P05 'idle'"));

        Assert.True((await client.ReceiveAsync<ErrorResponse>()).Error.IsFatal);
        await client.ReceiveEndAsync();
        Assert.Empty(_server.Connections);
    }
}
