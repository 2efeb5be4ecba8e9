using PgActors.Protocol;
using PgActors.Runtime;
using PgActors.Sessions;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>Requests that go together: one post, one write, one fate as far as they share a Sync.</summary>
public sealed class SessionTogetherTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static IReadOnlyList<IBackendMessage> Done { get; } =
        [new ParseComplete(), new BindComplete(), new NoData(), new CommandComplete(new CommandTag("BEGIN", null))];

    [Fact]
    public void What_stands_ahead_and_behind_leaves_in_the_same_write_under_one_sync() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var ahead = new TextRequest("begin").With(syncs: false);
        var behind = new TextRequest("delete from t3");
        var main = new TextRequest("delete from t2").With(ahead, behind, syncs: false);
        Assert.Equal(PostResult.Accepted, scene.Session.TryPost(main));

        foreach (var _ in new[] { ahead, main, behind })
        {
            await connection.ExpectAsync<Parse>(Ct);
            await connection.ExpectAsync<Bind>(Ct);
            await connection.ExpectAsync<Describe>(Ct);
            await connection.ExpectAsync<Execute>(Ct);
        }

        await connection.ExpectAsync<Sync>(Ct);
        await connection.SendAsync([.. Done, .. Done, .. Done, Replies.Ready], Ct);
        Assert.True((await ahead.Ended).Succeeded);
        Assert.True((await main.Ended).Succeeded);
        Assert.True((await behind.Ended).Succeeded);
    });

    [Fact]
    public void Failure_of_what_stands_ahead_keeps_the_rest_from_running() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var ahead = new TextRequest("begin").With(syncs: false);
        var main = new TextRequest("insert into t values (1)").With(ahead);
        scene.Session.TryPost(main);

        await connection.ReceiveAsync(Ct);
        await connection.SendAsync([Replies.Error(SqlStates.ActiveSqlTransaction), Replies.Ready], Ct);

        Assert.Equal(CommandEnd.Failed, (await ahead.Ended).Command.End);
        var end = await main.Ended;
        Assert.Equal((CommandEnd.Skipped, Outcome.RolledBack), (end.Command.End, end.Command.Outcome));
    });

    [Fact]
    public void What_stands_ahead_of_several_goes_with_the_first() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var ahead = new TextRequest("begin").With(syncs: false);
        var first = new TextRequest("delete from t1").With(ahead);
        var second = new TextRequest("delete from t2").With(ahead);
        scene.Session.TryPost(first);
        scene.Session.TryPost(second);

        var texts = new List<string>();
        for (var syncs = 0; syncs < 2;)
        {
            var message = await connection.ReceiveAsync(Ct);
            if (message is Parse parse)
                texts.Add(parse.Sql);
            syncs += message is Sync ? 1 : 0;
        }

        Assert.Equal(["begin", "delete from t1", "delete from t2"], texts);
        await connection.SendAsync([.. Done, .. Done, Replies.Ready, .. Done, Replies.Ready], Ct);
        Assert.True((await second.Ended).Succeeded);
    });

    [Fact]
    public void Request_that_is_cancelled_while_it_waits_takes_nothing_along() => Scene.Play(async scene =>
    {
        var connection = await scene.ConnectAsync();
        var ahead = new TextRequest("begin").With(syncs: false);
        var behind = new TextRequest("select 3");
        var main = new TextRequest("select 2").With(ahead, behind, syncs: false);
        scene.Session.TryPost(main);
        scene.Session.Cancel(main);
        Assert.Equal(Outcome.NotSent, (await main.Ended).Command.Outcome);

        var next = scene.Post();
        await connection.SendAsync(Replies.Welcome, Ct);
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync(Replies.TwoRows, Ct);
        Assert.True((await next.Ended).Succeeded);
        Assert.Equal((0, 0), (ahead.Ends, behind.Ends));
    });

    [Fact]
    public void Request_that_cannot_be_written_takes_back_what_was_written_with_it() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var ahead = new TextRequest("begin").With(syncs: false);
        var behind = new TextRequest("delete from t3").With(parameterCount: 70_000);
        var main = new TextRequest("delete from t2").With(ahead, behind, syncs: false);
        scene.Session.TryPost(main);

        Assert.Equal(SessionFailureKind.PolicyRefused, (await main.Ended).Failure?.Kind);
        Assert.Equal(SessionFailureKind.PolicyRefused, (await behind.Ended).Failure?.Kind);
        var next = new TextRequest("delete from t4").With(ahead);
        scene.Session.TryPost(next);
        Assert.Equal("begin", (await connection.ExpectAsync<Parse>(Ct)).Sql);
        for (var i = 0; i < 3; i++)
            await connection.ReceiveAsync(Ct);
        Assert.Equal("delete from t4", (await connection.ExpectAsync<Parse>(Ct)).Sql);
        await connection.SendAsync([.. Done, .. Done, Replies.Ready], Ct);
        Assert.True((await next.Ended).Succeeded);
    });

    [Fact]
    public void Rows_that_nobody_wants_are_awaited_for_a_moment_and_then_cancelled() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var request = new TextRequest("select name from names", window: 1_000);
        scene.Session.TryPost(request);
        await Scene.ExpectStatementAsync(connection);
        scene.Session.Abandon(request);
        await Task.Delay(TimeSpan.FromMilliseconds(19), scene.Simulation.Time, Ct);
        Assert.False(request.CancelWanted);

        var socket = await scene.Server.AcceptAsync(Ct);
        await socket.ExpectCancelAsync(Ct);
        await connection.SendAsync([Replies.Error(SqlStates.QueryCanceled), Replies.Ready], Ct);
        await socket.CloseAsync();
        Assert.True((await request.Ended).CancelWanted);
    });

    [Fact]
    public void Rows_that_nobody_wants_and_that_end_soon_are_not_cancelled() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var request = new TextRequest("select name from names", window: 1_000);
        scene.Session.TryPost(request);
        await Scene.ExpectStatementAsync(connection);
        scene.Session.Abandon(request);
        await connection.SendAsync(Replies.TwoRows, Ct);

        Assert.True((await request.Ended).Succeeded);
        await Task.Delay(TimeSpan.FromSeconds(1), scene.Simulation.Time, Ct);
        Assert.False(request.CancelWanted);
        Assert.Empty(request.Rows);
        Assert.Single(scene.Connector.Attempts);
    });
}
