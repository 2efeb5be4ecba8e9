using System.Text;
using PgActors.Protocol;
using PgActors.Rows;
using PgActors.Sessions;
using PgActors.Testing;
using PgActors.Types;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>Requests that cannot be tried again are described before they are bound, once, and only if nobody knows their columns.</summary>
public sealed class SessionDescribingTests
{
    // Not built in, and nobody has looked it up.
    private const uint StrangeType = 123_456;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static ReadyForQuery InTransaction => new(TransactionStatus.InTransaction);

    [Fact]
    public void Column_of_an_unknown_type_is_text_inside_a_transaction() => Scene.Play(async scene =>
    {
        var connection = await BeginAsync(scene);
        var request = scene.Post();
        await AnswerDescriptionAsync(connection, StrangeType);

        Assert.Equal([DataFormat.Text], (await connection.ExpectAsync<Bind>(Ct)).ResultFormats.ToArray());
        await connection.ExpectAsync<Execute>(Ct);
        await connection.ExpectAsync<Sync>(Ct);
        await connection.SendAsync([new BindComplete(), Row("one"), Selected, InTransaction], Ct);
        Assert.True((await request.Ended).Succeeded);
        Assert.Equal(["one"], request.Rows);
    });

    [Fact]
    public void Where_there_may_be_strangers_a_statement_is_described_first_outside_of_transactions_too() => Scene.Play(async scene =>
    {
        scene.Profile.Formats.ExpectReviews();
        scene.Profile.Formats.EndReview(scene.Profile.Formats.TypesCreated, TypeStrangers.Known);
        scene.Profile.Formats.Learn(StrangeType, DataFormat.Text);
        var connection = await scene.StartAsync();
        var request = scene.Post();
        await AnswerDescriptionAsync(connection, StrangeType);
        Assert.Equal([DataFormat.Text], (await connection.ExpectAsync<Bind>(Ct)).ResultFormats.ToArray());
        await connection.ExpectAsync<Execute>(Ct);
        await connection.ExpectAsync<Sync>(Ct);
        await connection.SendAsync([new BindComplete(), Row("one"), Selected, Replies.Ready], Ct);
        Assert.True((await request.Ended).Succeeded);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_described_first_follows_nobody_whose_end_a_pooler_could_take_for_its_own(bool isGroup) => Scene.Play(async scene =>
    {
        scene.Profile.Formats.ExpectReviews();
        var connection = await scene.StartAsync();
        var before = scene.Post("delete from names");
        await Scene.ExpectStatementAsync(connection);
        var request = new TextRequest("select name from names");
        scene.Session.TryPost(isGroup ? new TextRequest("delete from others", request) : request);
        await scene.SettleAsync();
        Assert.Equal(0, connection.BufferedBytes);
        Assert.Equal(0, Assert.IsType<MemoryTransport>(connection.Transport).UnreceivedBytes);

        await connection.SendAsync([.. Done, Replies.Ready], Ct);
        Assert.True((await before.Ended).Succeeded);
        if (isGroup)
        {
            await ExpectUnsyncedAsync(connection);
            await connection.SendAsync(Done, Ct);
        }

        await AnswerDescriptionAsync(connection, PgTypeOid.Text);
        await connection.ExpectAsync<Bind>(Ct);
        await connection.ExpectAsync<Execute>(Ct);
        await connection.ExpectAsync<Sync>(Ct);
        await connection.SendAsync([new BindComplete(), Row("one"), Selected, Replies.Ready], Ct);
        Assert.True((await request.Ended).Succeeded);
    });

    [Fact]
    public void Types_that_a_session_creates_are_to_be_looked_over_at_once_and_when_they_are_committed() => Scene.Play(async scene =>
    {
        var formats = scene.Profile.Formats;
        formats.ExpectReviews();
        var connection = await BeginAsync(scene);
        var (created, before) = (scene.Post("create type mood"), formats.TypesCreated);
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync(
            [new ParseComplete(), new BindComplete(), new NoData(), new CommandComplete(new CommandTag("CREATE TYPE", null)), InTransaction], Ct);
        await created.Ended;
        Assert.Equal(before + 1, formats.TypesCreated);

        // A schema change lets go of what was prepared.
        var commit = scene.Post("commit");
        await connection.ExpectAsync<Close>(Ct);
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync(
            [new CloseComplete(), new ParseComplete(), new BindComplete(), new NoData(), new CommandComplete(new CommandTag("COMMIT", null)), Replies.Ready], Ct);
        await commit.Ended;
        Assert.Equal(before + 2, formats.TypesCreated);
    });

    [Fact]
    public void Known_columns_cost_their_round_trip_once() => Scene.Play(async scene =>
    {
        var connection = await BeginAsync(scene);
        var statement = new SqlStatement("select name from names");
        var first = new TextRequest(statement);
        scene.Session.TryPost(first);
        await AnswerDescriptionAsync(connection, PgTypeOid.Text);
        Assert.Equal([DataFormat.Binary], (await connection.ExpectAsync<Bind>(Ct)).ResultFormats.ToArray());
        await connection.ExpectAsync<Execute>(Ct);
        await connection.ExpectAsync<Sync>(Ct);
        await connection.SendAsync([new BindComplete(), Selected, InTransaction], Ct);
        Assert.True((await first.Ended).Succeeded);

        var second = new TextRequest(statement);
        scene.Session.TryPost(second);
        await connection.ExpectAsync<Bind>(Ct);
        await connection.ExpectAsync<Execute>(Ct);
        await connection.ExpectAsync<Sync>(Ct);
        await connection.SendAsync([new BindComplete(), Selected, InTransaction], Ct);
        Assert.True((await second.Ended).Succeeded);
    });

    [Fact]
    public void Columns_that_another_session_knows_cost_nothing() => Scene.Play(async scene =>
    {
        var statement = new SqlStatement("select name from names");
        scene.Profile.Formats.Choose(statement, LayoutOf(PgTypeOid.Text), isFinal: false);
        var connection = await BeginAsync(scene);
        var request = new TextRequest(statement);
        scene.Session.TryPost(request);

        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync(Replies.TwoRows, Ct);
        Assert.True((await request.Ended).Succeeded);
    });

    [Fact]
    public void Type_that_was_looked_up_is_binary_from_then_on() => Scene.Play(async scene =>
    {
        scene.Profile.Formats.Learn(StrangeType, DataFormat.Binary);
        var connection = await BeginAsync(scene);
        var request = scene.Post();
        await AnswerDescriptionAsync(connection, StrangeType);

        Assert.Equal([DataFormat.Binary], (await connection.ExpectAsync<Bind>(Ct)).ResultFormats.ToArray());
        await connection.ExpectAsync<Execute>(Ct);
        await connection.ExpectAsync<Sync>(Ct);
        await connection.SendAsync([new BindComplete(), Selected, InTransaction], Ct);
        Assert.True((await request.Ended).Succeeded);
    });

    [Theory]
    [InlineData("insert into t values (1)")]
    [InlineData("create table t (n int)")]
    [InlineData("")]
    public void Statement_without_a_result_is_not_described_first(string sql) => Scene.Play(async scene =>
    {
        var connection = await BeginAsync(scene);
        var request = scene.Post(sql);

        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync([new ParseComplete(), new BindComplete(), new NoData(), Selected, InTransaction], Ct);
        Assert.True((await request.Ended).Succeeded);
    });

    [Fact]
    public void Next_request_waits_until_the_one_before_is_bound() => Scene.Play(async scene =>
    {
        var connection = await BeginAsync(scene);
        var first = scene.Post();
        var second = scene.Post("delete from names");
        await AnswerDescriptionAsync(connection, PgTypeOid.Text);
        await connection.ExpectAsync<Bind>(Ct);
        await connection.ExpectAsync<Execute>(Ct);
        await connection.ExpectAsync<Sync>(Ct);
        await Scene.ExpectStatementAsync(connection);

        await connection.SendAsync([new BindComplete(), Selected, InTransaction], Ct);
        await connection.SendAsync([new ParseComplete(), new BindComplete(), new NoData(), Selected, InTransaction], Ct);
        Assert.True((await first.Ended).Succeeded);
        Assert.True((await second.Ended).Succeeded);
    });

    [Fact]
    public void Begin_travels_with_the_description_and_what_stands_behind_with_the_bind() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var behind = new TextRequest("delete from t");
        var main = new TextRequest("select 2", behind);
        var ahead = new TextRequest("begin", main);
        scene.Session.TryPost(ahead);
        await ExpectUnsyncedAsync(connection);
        await connection.SendAsync(Done, Ct);
        await AnswerDescriptionAsync(connection, StrangeType);
        await connection.ExpectAsync<Bind>(Ct);
        await connection.ExpectAsync<Execute>(Ct);
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync([new BindComplete(), Selected, .. Done, InTransaction], Ct);

        Assert.True((await ahead.Ended).Succeeded);
        Assert.True((await main.Ended).Succeeded);
        Assert.True((await behind.Ended).Succeeded);
    });

    [Fact]
    public void Statement_that_cannot_be_parsed_takes_what_stands_behind_along() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var behind = new TextRequest("delete from t");
        var main = new TextRequest("select nonsense", behind);
        var ahead = new TextRequest("begin", main);
        scene.Session.TryPost(ahead);
        await ExpectUnsyncedAsync(connection);
        await ExpectDescriptionAsync(connection);
        await connection.SendAsync([.. Done, Replies.Error(SqlStates.UndefinedColumn)], Ct);
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync([new ReadyForQuery(TransactionStatus.Failed)], Ct);

        Assert.Equal(CommandEnd.RolledBack, (await ahead.Ended).Command.End);
        Assert.Equal(SqlStates.UndefinedColumn, (await main.Ended).Command.Error?.SqlState);
        Assert.Equal(CommandEnd.Skipped, (await behind.Ended).Command.End);
    });

    [Fact]
    public void Group_that_would_do_something_twice_is_not_tried_again_but_described() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var last = new TextRequest("select strange from t");
        var first = new TextRequest("create table t (strange aclitem)", last);
        scene.Session.TryPost(first);
        await ExpectUnsyncedAsync(connection);
        await connection.SendAsync(Done, Ct);
        await AnswerDescriptionAsync(connection, PgTypeOid.AclItem);
        Assert.Equal([DataFormat.Text], (await connection.ExpectAsync<Bind>(Ct)).ResultFormats.ToArray());
        await connection.ExpectAsync<Execute>(Ct);
        await connection.ExpectAsync<Sync>(Ct);
        await connection.SendAsync([new BindComplete(), Selected, Replies.Ready], Ct);
        Assert.True((await last.Ended).Succeeded);
    });

    [Fact]
    public void Group_that_can_run_again_costs_no_round_trip_more() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var last = new TextRequest("select strange from t");
        scene.Session.TryPost(new TextRequest("select 1", last));
        await ExpectUnsyncedAsync(connection);
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync([.. Done, .. Done, Replies.Ready], Ct);
        Assert.True((await last.Ended).Succeeded);
    });

    [Fact]
    public void Connection_lost_before_the_bind_proves_that_nothing_ran() => Scene.Play(async scene =>
    {
        var connection = await BeginAsync(scene);
        var request = scene.Post("call pay()");
        await ExpectDescriptionAsync(connection);
        connection.Abort();

        var end = await request.Ended;
        Assert.Equal((CommandEnd.NeverRun, Outcome.RolledBack), (end.Command.End, end.Command.Outcome));
    });

    [Fact]
    public void Cancelled_request_that_waits_for_its_description_behind_another_ends_within_the_deadline() => Scene.Play(async scene =>
    {
        var connection = await BeginAsync(scene);
        var busy = scene.Post("delete from names");
        await Scene.ExpectStatementAsync(connection);
        var request = scene.Post();
        await ExpectDescriptionAsync(connection);
        scene.Session.Cancel(request);
        await scene.ElapseAsync(TimeSpan.FromSeconds(6));

        Assert.Equal(Outcome.RolledBack, (await request.Ended).Command.Outcome);
        Assert.Equal(Outcome.Unknown, (await busy.Ended).Command.Outcome);
    });

    private static IReadOnlyList<IBackendMessage> Done { get; } = [new ParseComplete(), new BindComplete(), new NoData(), Selected];

    private static CommandComplete Selected => new(new CommandTag("SELECT", 1));

    private static async Task<ScriptedConnection> BeginAsync(Scene scene)
    {
        var connection = await scene.StartAsync();
        var begin = scene.Post("begin");
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync([.. Done, InTransaction], Ct);
        await begin.Ended;
        return connection;
    }

    private static async Task ExpectUnsyncedAsync(ScriptedConnection connection)
    {
        await connection.ExpectAsync<Parse>(Ct);
        await connection.ExpectAsync<Bind>(Ct);
        await connection.ExpectAsync<Describe>(Ct);
        await connection.ExpectAsync<Execute>(Ct);
    }

    private static async Task ExpectDescriptionAsync(ScriptedConnection connection)
    {
        var parse = await connection.ExpectAsync<Parse>(Ct);
        var describe = await connection.ExpectAsync<Describe>(Ct);
        Assert.Equal((StatementOrPortal.Statement, parse.Statement), (describe.Target, describe.Name));
        await connection.ExpectAsync<Flush>(Ct);
    }

    private static async Task AnswerDescriptionAsync(ScriptedConnection connection, uint type)
    {
        await ExpectDescriptionAsync(connection);
        await connection.SendAsync(
            [
                new ParseComplete(),
                new ParameterDescription(default),
                new RowDescription(WireArray.Adopt(LayoutOf(type).Columns.ToArray())),
            ],
            Ct);
    }

    // A statement's columns are described in text, whatever is bound later.
    private static RowLayout LayoutOf(uint type) => new([new ColumnDescription("name", 0, 0, type, -1, -1, DataFormat.Text)]);

    private static DataRow Row(string value) =>
        new(WireArray.Adopt(new WireArray<byte>?[] { WireArray.Adopt(Encoding.UTF8.GetBytes(value)) }));
}
