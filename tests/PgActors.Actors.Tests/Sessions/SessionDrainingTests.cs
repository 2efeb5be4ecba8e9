using PgActors.Testing;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>Rows that nobody wants any more.</summary>
public sealed class SessionDrainingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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
