using PgActors.Protocol;
using PgActors.Runtime;
using PgActors.Sessions;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>What callers are told whose commands the closing of the session has ended: nobody is told of a cancel that he did not ask for.</summary>
public sealed class SessionClosingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Commands_that_are_cancelled_to_close_the_session_are_told_as_closed() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var last = new TextRequest("select name from towns");
        var first = new TextRequest("select name from names", last);
        Assert.Equal(PostResult.Accepted, scene.Session.TryPost(first));
        await connection.ExpectAsync<Parse>(Ct);
        await connection.ExpectAsync<Bind>(Ct);
        await connection.ExpectAsync<Describe>(Ct);
        await connection.ExpectAsync<Execute>(Ct);
        await Scene.ExpectStatementAsync(connection);

        scene.Session.Stop();
        var socket = await scene.Server.AcceptAsync(Ct);
        await socket.ExpectCancelAsync(Ct);
        await connection.SendAsync([Replies.Error(SqlStates.QueryCanceled), Replies.Ready], Ct);
        await socket.CloseAsync();

        foreach (var request in new[] { first, last })
            AssertClosed(await request.Ended, Outcome.RolledBack);
    });

    [Fact]
    public void Command_that_waits_and_command_that_the_server_never_ends_are_told_as_closed() => Scene.Play(
        async scene =>
        {
            var connection = await scene.StartAsync();
            var running = scene.Post();
            await Scene.ExpectStatementAsync(connection);
            var waiting = scene.Post("select name from towns");

            scene.Session.Stop();

            AssertClosed(await running.Ended, Outcome.Unknown);
            AssertClosed(await waiting.Ended, Outcome.NotSent);
        },
        profile => profile with { MaxInFlight = 1 });

    [Fact]
    public void Caller_who_did_cancel_is_told_so_although_the_session_closes() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var running = scene.Post();
        await Scene.ExpectStatementAsync(connection);
        scene.Session.Cancel(running);
        scene.Session.Stop();
        var socket = await scene.Server.AcceptAsync(Ct);
        await socket.ExpectCancelAsync(Ct);
        await connection.SendAsync([Replies.Error(SqlStates.QueryCanceled), Replies.Ready], Ct);
        await socket.CloseAsync();

        var failure = RequestFailure.Of(await running.Ended, new SqlStatement("select 1"), Ct);
        Assert.Equal(Outcome.RolledBack, Assert.IsType<PgCanceledException>(failure).Outcome);
    });

    private static void AssertClosed(in RequestEnd end, Outcome outcome)
    {
        var failure = Assert.IsType<PgConnectionException>(RequestFailure.Of(end, new SqlStatement("select 1"), default));
        Assert.Equal((SessionFailureKind.Closed, outcome), (failure.Kind, failure.Outcome));
    }
}
