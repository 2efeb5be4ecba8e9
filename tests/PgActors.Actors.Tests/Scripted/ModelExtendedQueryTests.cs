using PgActors.Protocol;
using PgActors.Rows;
using PgActors.Testing;
using static PgActors.Actors.Tests.Scripted.ModelPipeline;

namespace PgActors.Actors.Tests.Scripted;

public sealed class ModelExtendedQueryTests : IAsyncDisposable
{
    private const uint Int4 = 23;
    private const uint Text = 25;
    private const uint Bytea = 17;

    private readonly MemoryConnector _connector = new();
    private readonly ModelServer _server;

    public ModelExtendedQueryTests() => _server = ModelServer.InMemory(_connector);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Select_echoes_its_parameters_in_the_formats_asked_for()
    {
        await using var client = await WireClient.StartAsync(_connector);
        var messages = await client.AskAsync(
            Parse("select $1, $2, $1 as again, $3", "", Int4, Text, Text),
            new Bind(
                "",
                "",
                [DataFormat.Binary, DataFormat.Text, DataFormat.Text],
                [WireArray.Create<byte>([0, 0, 0, 42]), WireClient.Text("x"), null],
                [DataFormat.Text, DataFormat.Text, DataFormat.Binary, DataFormat.Binary]),
            DescribePortal(),
            Execute(),
            Sync());

        Assert.Equal(
            [
                new ParseComplete(),
                new BindComplete(),
                new RowDescription(
                [
                    new ColumnDescription("?column?", 0, 0, Int4, 4, -1, DataFormat.Text),
                    new ColumnDescription("?column?", 0, 0, Text, -1, -1, DataFormat.Text),
                    new ColumnDescription("again", 0, 0, Int4, 4, -1, DataFormat.Binary),
                    new ColumnDescription("?column?", 0, 0, Text, -1, -1, DataFormat.Binary),
                ]),
                new DataRow([WireClient.Text("42"), WireClient.Text("x"), WireArray.Create<byte>([0, 0, 0, 42]), null]),
                Complete("SELECT", 1),
                Ready(),
            ],
            messages);
    }

    [Fact]
    public async Task A_statement_is_described_with_text_formats_and_inferred_parameters()
    {
        await using var client = await WireClient.StartAsync(_connector);
        var messages = await client.AskAsync(Parse("select $2", "s", Int4), DescribeStatement("s"), Sync());

        Assert.Equal(new ParameterDescription([Int4, Text]), messages[1]);
        Assert.Equal(new RowDescription([new ColumnDescription("?column?", 0, 0, Text, -1, -1, DataFormat.Text)]), messages[2]);
    }

    [Fact]
    public async Task A_statement_without_rows_is_described_as_such()
    {
        await using var client = await WireClient.StartAsync(_connector);

        Assert.Equal(
            [new ParseComplete(), new ParameterDescription([]), new NoData(), new BindComplete(), new NoData(), Ready()],
            await client.AskAsync(Parse("begin"), DescribeStatement(), Bind(), DescribePortal(), Sync()));
    }

    [Fact]
    public async Task An_empty_text_is_an_empty_query()
    {
        await using var client = await WireClient.StartAsync(_connector);

        Assert.Equal(
            [new ParseComplete(), new BindComplete(), new EmptyQueryResponse(), Ready()], await client.AskAsync(Run(" ; ")));
        Assert.Empty(_server.Log);
    }

    [Fact]
    public async Task A_portal_is_suspended_at_its_row_limit_and_goes_on()
    {
        await using var client = await WireClient.StartAsync(_connector);
        var messages = await client.AskAsync(
            Parse("rows 3"), Bind(), Execute(2), Execute(1), Execute(1), Execute(), Sync());

        Assert.Equal(
            [
                new ParseComplete(), new BindComplete(),
                Row("1"), Row("2"), new PortalSuspended(),
                Row("3"), new PortalSuspended(),
                Complete("SELECT", 0),
                Complete("SELECT", 0),
                Ready(),
            ],
            messages);
        Assert.Equal(ModelStatementOutcome.Completed, Assert.Single(_server.Log).Outcome);
    }

    [Fact]
    public async Task A_portal_ends_with_its_pipeline_but_lives_on_in_a_block()
    {
        await using var client = await WireClient.StartAsync(_connector);
        await client.AskAsync(Parse("rows 2"), Bind(portal: "p"), Execute(1, "p"), Sync());
        Assert.Equal(SqlStates.InvalidCursorName, await client.FailAsync(Execute(1, "p"), Sync()));

        await client.AskAsync(Run("begin"));
        await client.AskAsync(Parse("rows 2"), Bind(portal: "p"), Execute(1, "p"), Sync());

        Assert.Equal(
            [Row("2"), Complete("SELECT", 1), Ready(TransactionStatus.InTransaction)], await client.AskAsync(Execute(0, "p"), Sync()));
        await client.AskAsync(Run("commit"));
        Assert.Equal(SqlStates.InvalidCursorName, await client.FailAsync(Execute(1, "p"), Sync()));
    }

    [Fact]
    public async Task After_an_error_everything_is_skipped_up_to_Sync()
    {
        await using var client = await WireClient.StartAsync(_connector);
        var messages = await client.AskAsync(
            [Parse("fail 23505 'no'"), Bind(), Execute(), .. Run("select 1")[..3], new Query("select 2"), Sync()]);
        messages.AddRange(await client.AskAsync(Run("select 3")));

        Assert.Equal([new ParseComplete(), new BindComplete()], messages[..2]);
        var error = Assert.IsType<ErrorResponse>(messages[2]).Error;
        Assert.Equal(("ERROR", "23505", "no"), (error.Severity, error.SqlState, error.Message));
        Assert.Equal([Ready(), new ParseComplete(), new BindComplete(), Row("3"), Complete("SELECT", 1), Ready()], messages[3..]);
        Assert.Equal(["fail 23505 'no'", "select 3"], _server.Log.Select(statement => statement.Sql));
    }

    [Fact]
    public async Task Every_Sync_is_answered_by_one_Ready()
    {
        await using var client = await WireClient.StartAsync(_connector);
        await client.SendAsync(Sync(), Parse("nonsense"), Sync(), Sync());

        Assert.Equal(Ready(), await client.ReceiveAsync());
        Assert.IsType<ErrorResponse>(await client.ReceiveAsync());
        Assert.Equal([Ready(), Ready()], await client.ReceiveAsync(2));
    }

    [Fact]
    public async Task Flush_sends_what_would_wait_for_Sync()
    {
        await using var client = await WireClient.StartAsync(_connector);
        await client.SendAsync(Parse("select 1"));
        var server = Assert.Single(_server.Connections);
        var before = server.BytesSent;
        Assert.Equal(2, server.MessagesReceived);

        await client.SendAsync(new Flush());

        Assert.Equal(before + 5, server.BytesSent);
        await client.ReceiveAsync<ParseComplete>();
    }

    [Fact]
    public async Task Many_rows_are_sent_as_they_come_and_stop_when_the_client_does_not_read()
    {
        await using var client = await WireClient.StartAsync(_connector);
        await client.SendAsync(Run("rows 100000"));
        var server = Assert.Single(_server.Connections);
        Assert.InRange(server.BytesSent, 1, 200_000);

        var messages = await client.ReceiveUntilReadyAsync();

        Assert.Equal(Row("100000"), messages[^3]);
        Assert.Equal(Complete("SELECT", 100_000), messages[^2]);
    }

    [Fact]
    public async Task A_named_statement_stays_until_it_is_closed()
    {
        await using var client = await WireClient.StartAsync(_connector);
        await client.AskAsync(Parse("select 7", "s"), Sync());
        Assert.Equal(SqlStates.DuplicatePreparedStatement, await client.FailAsync(Parse("select 8", "s"), Sync()));
        await client.AskAsync(new Query("select 0"));
        Assert.Contains(Row("7"), await client.AskAsync(Bind("s"), Execute(), Sync()));

        Assert.Equal(
            [new CloseComplete(), new CloseComplete(), Ready()],
            await client.AskAsync(new Close(StatementOrPortal.Statement, "s"), new Close(StatementOrPortal.Portal, "never"), Sync()));
        Assert.Equal(SqlStates.InvalidSqlStatementName, await client.FailAsync(Bind("s"), Sync()));
    }

    [Fact]
    public async Task Closing_a_statement_closes_its_portals()
    {
        await using var client = await WireClient.StartAsync(_connector);

        Assert.Equal(
            SqlStates.InvalidCursorName,
            await client.FailAsync(
                Parse("select 1", "s"), Bind("s", "p"), new Close(StatementOrPortal.Statement, "s"), Execute(0, "p"), Sync()));
    }

    [Fact]
    public async Task A_simple_query_drops_the_unnamed_statement()
    {
        await using var client = await WireClient.StartAsync(_connector);
        await client.AskAsync(Parse("select 1"), Sync());
        await client.AskAsync(new Query(""));

        Assert.Equal(SqlStates.InvalidSqlStatementName, await client.FailAsync(Bind(), Sync()));
    }

    [Fact]
    public async Task Discard_all_drops_every_statement()
    {
        await using var client = await WireClient.StartAsync(_connector);
        await client.AskAsync(Parse("select 1", "s"), Sync());
        await client.AskAsync(new Query("discard all"));

        Assert.Equal(SqlStates.InvalidSqlStatementName, await client.FailAsync(Bind("s"), Sync()));
        await client.AskAsync(new Query("begin"));
        Assert.Equal(SqlStates.ActiveSqlTransaction, await client.FailAsync(new Query("discard all")));
    }

    [Theory]
    [InlineData("42601", "select 1; select 2")]
    [InlineData("42601", "selct 1")]
    [InlineData("42601", "rows many")]
    [InlineData("42601", "select 'open")]
    [InlineData("42601", "fail 4260")]
    public async Task A_text_outside_the_language_is_a_syntax_error(string sqlState, string sql)
    {
        await using var client = await WireClient.StartAsync(_connector);

        Assert.Equal(sqlState, await client.FailAsync(Parse(sql), Sync()));
        Assert.Empty(_server.Log);
    }

    [Theory]
    [InlineData("08P01", 0, new string[0], 0)]
    [InlineData("08P01", 2, new[] { "1" }, 0)]
    [InlineData("22P02", 0, new[] { "one" }, 0)]
    [InlineData("22003", 0, new[] { "3000000000" }, 0)]
    [InlineData("08P01", 0, new[] { "1" }, 2)]
    public async Task Bind_checks_what_it_is_given(string sqlState, int formats, string[] values, int resultFormats)
    {
        await using var client = await WireClient.StartAsync(_connector);
        var bind = new Bind(
            "",
            "",
            WireArray.Adopt(new DataFormat[formats]),
            WireArray.Adopt(values.Select(value => (WireArray<byte>?)WireClient.Text(value)).ToArray()),
            WireArray.Adopt(new DataFormat[resultFormats]));

        Assert.Equal(sqlState, await client.FailAsync(Parse("select $1", "", Int4), bind, Sync()));
    }

    [Theory]
    [InlineData("08P01", 3)]
    [InlineData("22P03", 5)]
    public async Task A_binary_value_of_a_wrong_length_is_refused(string sqlState, int length)
    {
        await using var client = await WireClient.StartAsync(_connector);
        var bind = new Bind("", "", [DataFormat.Binary], [WireArray.Adopt(new byte[length])], []);

        Assert.Equal(sqlState, await client.FailAsync(Parse("select $1", "", Int4), bind, Sync()));
    }

    [Fact]
    public async Task An_unknown_format_is_refused()
    {
        await using var client = await WireClient.StartAsync(_connector);

        Assert.Equal("22023", await client.FailAsync(Parse("select $1"), new Bind("", "", [(DataFormat)2], [null], []), Sync()));
        Assert.Equal("22023", await client.FailAsync(Parse("select 1"), new Bind("", "", [], [], [(DataFormat)2]), Sync()));
    }

    [Fact]
    public async Task A_type_that_the_model_does_not_know_passes_in_its_own_format_only()
    {
        await using var client = await WireClient.StartAsync(_connector);
        var bind = new Bind("", "", [DataFormat.Binary], [WireArray.Create<byte>([0, 255])], [DataFormat.Binary]);

        Assert.Contains(
            new DataRow([WireArray.Create<byte>([0, 255])]), await client.AskAsync(Parse("select $1", "", Bytea), bind, Execute(), Sync()));
        Assert.Equal("0A000", await client.FailAsync(Parse("select $1", "", Bytea), bind with { ResultFormats = [] }, Sync()));
    }

    [Theory]
    [InlineData("34000", "rows 1", "other")]
    [InlineData("55000", "begin", "")]
    public async Task A_portal_that_is_not_there_or_is_done_cannot_be_executed(string sqlState, string sql, string second)
    {
        await using var client = await WireClient.StartAsync(_connector);

        Assert.Equal(sqlState, await client.FailAsync(Parse(sql), Bind(), Execute(), Execute(0, second), Sync()));
    }

    [Fact]
    public async Task A_named_portal_cannot_be_bound_twice_but_the_unnamed_can()
    {
        await using var client = await WireClient.StartAsync(_connector);

        Assert.DoesNotContain(await client.AskAsync(Parse("rows 1"), Bind(), Bind(), Sync()), message => message is ErrorResponse);
        Assert.Equal("42P03", await client.FailAsync(Parse("rows 1"), Bind(portal: "p"), Bind(portal: "p"), Sync()));
    }

    [Fact]
    public async Task A_malformed_message_is_an_error_that_the_session_survives()
    {
        await using var client = await WireClient.StartAsync(_connector);
        await client.SendRawAsync((byte)'E', 0, 0, 0, 5, 1);
        Assert.Equal("08P01", (await client.ReceiveAsync<ErrorResponse>()).Error.SqlState);
        Assert.Equal([Ready()], await client.AskAsync(Sync()));

        await client.SendRawAsync((byte)'Q', 0, 0, 0, 5, 1);
        Assert.Equal("08P01", (await client.ReceiveAsync<ErrorResponse>()).Error.SqlState);
        Assert.Equal(Ready(), await client.ReceiveAsync());
    }

    [Fact]
    public async Task An_unknown_message_type_is_the_end_and_a_wrong_length_a_silent_one()
    {
        await using var client = await WireClient.StartAsync(_connector);
        await client.SendRawAsync((byte)'!', 0, 0, 0, 4);
        Assert.True((await client.ReceiveAsync<ErrorResponse>()).Error.IsFatal);
        await client.ReceiveEndAsync();

        await using var other = await WireClient.StartAsync(_connector);
        await other.SendRawAsync((byte)'S', 0, 0, 0, 3);
        await other.ReceiveEndAsync();
        Assert.Empty(_server.Connections);
    }

    [Fact]
    public async Task Remains_of_a_copy_are_passed_over_and_a_function_call_is_refused()
    {
        await using var client = await WireClient.StartAsync(_connector);
        await client.SendAsync(new CopyData([1]), new CopyDone(), new CopyFail("x"));

        Assert.Equal(SqlStates.UndefinedFunction, await client.FailAsync(new FunctionCall(1, [], [], DataFormat.Text)));
    }
}
