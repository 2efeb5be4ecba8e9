using PgActors.Protocol;
using PgActors.Sessions;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>What a shared session does about a statement that has left something behind in it, and about statements that went stale.</summary>
public sealed class SessionSharingTests
{
    private static readonly CommandTag Discarded = new("DISCARD ALL", null);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Setting_that_changed_unasked_is_reset_before_anything_new_is_sent() => PlayShared(async scene =>
    {
        var connection = await scene.StartAsync();
        var first = scene.Post();
        await Scene.ExpectStatementAsync(connection);
        var behind = scene.Post("select name from towns");
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync([.. Replies.TwoRows.SkipLast(1), new ParameterStatus("TimeZone", "Asia/Tokyo"), Replies.Ready], Ct);
        Assert.True((await first.Ended).Succeeded);
        var next = scene.Post("select name from lakes");
        await scene.SettleAsync();
        await connection.SendAsync(Replies.TwoRows, Ct);
        Assert.True((await behind.Ended).Succeeded);

        Assert.Equal("DISCARD ALL", (await connection.ExpectAsync<Query>(Ct)).Sql);
        await scene.SettleAsync();
        Assert.Equal(0, connection.BufferedBytes);
        await connection.SendAsync([new CommandComplete(Discarded), new ParameterStatus("TimeZone", "UTC"), Replies.Ready], Ct);

        // Prepared anew, all of it.
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync(Replies.TwoRows, Ct);
        Assert.True((await next.Ended).Succeeded);
        var again = scene.Post();
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync(Replies.TwoRows, Ct);
        Assert.True((await again.Ended).Succeeded);
        var news = Assert.Single(scene.News, item => item.Kind == SessionNewsKind.Reset);
        Assert.Contains("TimeZone", (string)news.Detail, StringComparison.Ordinal);
    });

    [Fact]
    public void Cancel_during_the_sessions_own_command_sends_nothing() => PlayShared(async scene =>
    {
        var connection = await scene.StartAsync();
        var first = scene.Post();
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync([.. Replies.TwoRows.SkipLast(1), new ParameterStatus("TimeZone", "Asia/Tokyo"), Replies.Ready], Ct);
        await connection.ExpectAsync<Query>(Ct);
        Assert.True((await first.Ended).Succeeded);
        var waiting = scene.Post("select name from towns");
        scene.Session.Cancel(waiting);
        scene.Session.Cancel(first);

        Assert.Equal((CommandEnd.NotSent, true), ((await waiting.Ended).Command.End, waiting.CancelWanted));
        scene.Session.CancelAll();
        await scene.SettleAsync();
        Assert.Single(scene.Connector.Attempts);
        await connection.SendAsync([new CommandComplete(Discarded), Replies.Ready], Ct);
        var next = scene.Post();
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync(Replies.TwoRows, Ct);
        Assert.True((await next.Ended).Succeeded);
    });

    [Fact]
    public void Subscription_that_nobody_should_have_is_dropped() => PlayShared(async scene =>
    {
        var connection = await scene.StartAsync();
        await connection.SendAsync([new NotificationResponse(1, "prices", "")], Ct);

        Assert.Equal("DISCARD ALL", (await connection.ExpectAsync<Query>(Ct)).Sql);
        await connection.SendAsync([new CommandComplete(Discarded), Replies.Ready], Ct);
        await scene.SettleAsync();
        Assert.Single(scene.News, item => item.Kind == SessionNewsKind.Reset);
    });

    [Fact]
    public void Change_of_the_servers_role_is_nobodys_leak() => PlayShared(async scene =>
    {
        var connection = await scene.StartAsync();
        await connection.SendAsync([new ParameterStatus("in_hot_standby", "off")], Ct);

        await scene.SettleAsync();
        Assert.Equal(0, connection.BufferedBytes);
        Assert.DoesNotContain(scene.News, item => item.Kind == SessionNewsKind.Reset);
    });

    [Fact]
    public void Session_that_cannot_be_reset_is_closed_and_what_waits_is_kept() => PlayShared(async scene =>
    {
        var connection = await scene.StartAsync();
        await connection.SendAsync([new ParameterStatus("TimeZone", "Asia/Tokyo")], Ct);
        await connection.ExpectAsync<Query>(Ct);
        var waiting = scene.Post();
        await connection.SendAsync([Replies.Error(SqlStates.InsufficientPrivilege), Replies.Ready], Ct);

        Assert.Equal(SessionFailureKind.ServerEnded, (await scene.Ended).Kind);
        Assert.False(waiting.Ended.IsCompleted);
    });

    [Fact]
    public void Open_transaction_closes_the_session_and_nobody_is_told_of_success() => PlayShared(async scene =>
    {
        var connection = await scene.StartAsync();
        var opener = scene.Post();
        var behind = scene.Post("select name from towns");
        await Scene.ExpectStatementAsync(connection);
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync([.. Replies.TwoRows.SkipLast(1), new ReadyForQuery(TransactionStatus.InTransaction)], Ct);

        Assert.Equal(SessionFailureKind.Retired, (await scene.Ended).Kind);
        foreach (var request in new[] { opener, behind })
        {
            var failure = Assert.IsType<PgConnectionException>(RequestFailure.Of(await request.Ended, new SqlStatement("x"), default));
            Assert.Equal((Outcome.Unknown, SessionFailureKind.Retired), (failure.Outcome, failure.Kind));
            Assert.Contains("InTransactionAsync", failure.Message, StringComparison.Ordinal);
        }
    });

    [Fact]
    public void Exclusive_session_may_be_changed_by_its_holder() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var request = scene.Post();
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync(
            [.. Replies.TwoRows.SkipLast(1), new ParameterStatus("TimeZone", "Asia/Tokyo"), new ReadyForQuery(TransactionStatus.InTransaction)], Ct);

        Assert.True((await request.Ended).Succeeded);
        await scene.SettleAsync();
        Assert.Equal(0, connection.BufferedBytes);
    });

    [Theory]
    [InlineData("ALTER TABLE")]
    [InlineData("DROP VIEW")]
    [InlineData("CREATE TABLE")]
    public void Schema_change_has_statements_prepared_anew(string verb) => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        await RunAsync(scene, connection, "select name from names");
        await RunAsync(scene, connection, "alter", Reply(new CommandTag(verb, null)));

        // The old one is closed in front of the first command that comes along.
        var again = scene.Post("select name from towns");
        await connection.ExpectAsync<Close>(Ct);
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync([new CloseComplete(), .. Replies.TwoRows], Ct);
        Assert.True((await again.Ended).Succeeded);
    });

    [Fact]
    public void Changed_search_path_has_statements_prepared_anew() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var statement = new SqlStatement("select name from names");
        await RunAsync(scene, connection, statement);
        await connection.SendAsync([new ParameterStatus("search_path", "other")], Ct);
        await scene.SettleAsync();

        var again = new TextRequest(statement);
        scene.Session.TryPost(again);
        await connection.ExpectAsync<Close>(Ct);
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync([new CloseComplete(), .. Replies.TwoRows], Ct);
        Assert.True((await again.Ended).Succeeded);
    });

    [Theory]
    [InlineData(SqlStates.InvalidSqlStatementName, true)]
    [InlineData(SqlStates.DuplicatePreparedStatement, false)]
    public void Name_that_a_pooler_lost_or_gave_away_is_done_without(string sqlState, bool isPrepared) => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var statement = new SqlStatement("select name from names");
        if (isPrepared)
            await RunAsync(scene, connection, statement);
        var request = new TextRequest(statement);
        scene.Session.TryPost(request);
        await connection.ReceiveAsync(Ct);
        await connection.SendAsync([Replies.Error(sqlState), Replies.Ready], Ct);
        while (await connection.ReceiveAsync(Ct) is not Sync)
        {
        }

        IFrontendMessage next;
        while ((next = await connection.ReceiveAsync(Ct)) is Close)
        {
        }

        Assert.Equal("", Assert.IsType<Parse>(next).Statement);
        await connection.SendAsync(isPrepared ? [new CloseComplete(), .. Replies.TwoRows] : Replies.TwoRows, Ct);
        Assert.True((await request.Ended).Succeeded);
        Assert.Equal(["one", "two"], request.Rows);
    });

    [Fact]
    public void Close_that_a_failed_group_skipped_is_sent_again() => Scene.Play(
        async scene =>
        {
            var connection = await scene.StartAsync();
            await RunAsync(scene, connection, "select name from names");
            var second = scene.Post("select name from towns");
            var closed = await connection.ExpectAsync<Close>(Ct);
            await Scene.ExpectStatementAsync(connection);
            await connection.SendAsync([Replies.Error(SqlStates.QueryCanceled), Replies.Ready], Ct);
            Assert.False((await second.Ended).Succeeded);

            var third = scene.Post("select name from lakes");
            Assert.Equal(closed.Name, (await connection.ExpectAsync<Close>(Ct)).Name);
            await Scene.ExpectStatementAsync(connection);
            await connection.SendAsync([new CloseComplete(), .. Replies.TwoRows], Ct);
            Assert.True((await third.Ended).Succeeded);
        },
        profile => profile with { StatementCacheSize = 1 });

    [Fact]
    public void Pooler_that_prepares_by_itself_is_asked_for_the_columns_each_time() => Scene.Play(
        async scene =>
        {
            var connection = await scene.StartAsync();
            var statement = new SqlStatement("select name from names");
            await RunAsync(scene, connection, statement);
            var again = new TextRequest(statement);
            scene.Session.TryPost(again);
            await connection.ExpectAsync<Bind>(Ct);
            await connection.ExpectAsync<Describe>(Ct);
            await connection.ExpectAsync<Execute>(Ct);
            await connection.ExpectAsync<Sync>(Ct);
            await connection.SendAsync([.. Replies.TwoRows.Skip(1)], Ct);
            Assert.True((await again.Ended).Succeeded);
            Assert.Equal(["one", "two"], again.Rows);
        },
        profile => profile with { DescribesAlways = true });

    private static void PlayShared(Func<Scene, Task> script) => Scene.Play(script, profile => profile with { IsShared = true });

    private static Task RunAsync(Scene scene, ScriptedConnection connection, string sql, IReadOnlyList<IBackendMessage>? reply = null) =>
        RunAsync(scene, connection, new SqlStatement(sql), reply);

    private static async Task RunAsync(
        Scene scene, ScriptedConnection connection, SqlStatement statement, IReadOnlyList<IBackendMessage>? reply = null)
    {
        var request = new TextRequest(statement);
        scene.Session.TryPost(request);
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync(reply ?? Replies.TwoRows, Ct);
        Assert.True((await request.Ended).Succeeded);
    }

    private static IReadOnlyList<IBackendMessage> Reply(CommandTag tag) =>
        [new ParseComplete(), new BindComplete(), new NoData(), new CommandComplete(tag), Replies.Ready];
}
