using PgActors.Protocol;
using PgActors.Sessions;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>The cancel gate, from the caller's wish to the bytes on both sockets.</summary>
public sealed class SessionCancelTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static IReadOnlyList<IBackendMessage> Struck { get; } = [Replies.Error(SqlStates.QueryCanceled), Replies.Ready];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_new_is_sent_until_both_the_socket_and_the_command_have_ended(bool socketEndsFirst) => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var cancelled = scene.Post();
        await Scene.ExpectStatementAsync(connection);
        scene.Session.Cancel(cancelled);
        var socket = await scene.Server.AcceptAsync(Ct);
        var request = await socket.ExpectCancelAsync(Ct);
        Assert.Equal(4711, request.ProcessId);

        var next = scene.Post("select name from towns");
        await scene.SettleAsync();
        AssertNothingSent(connection);
        if (socketEndsFirst)
            await socket.CloseAsync();
        else
            await connection.SendAsync(Struck, Ct);
        await scene.SettleAsync();
        AssertNothingSent(connection);
        if (socketEndsFirst)
            await connection.SendAsync(Struck, Ct);
        else
            await socket.CloseAsync();

        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync(Replies.TwoRows, Ct);
        var end = await cancelled.Ended;
        Assert.True(end.CancelWanted);
        Assert.Equal(SqlStates.QueryCanceled, end.Command.Error?.SqlState);
        Assert.Equal(Outcome.RolledBack, end.Command.Outcome);
        Assert.True((await next.Ended).Succeeded);
    });

    [Fact]
    public void Command_that_waits_is_cancelled_without_a_byte() => Scene.Play(async scene =>
    {
        var connection = await scene.ConnectAsync();
        var request = scene.Post();
        scene.Session.Cancel(request);

        var end = await request.Ended;
        Assert.Equal(Outcome.NotSent, end.Command.Outcome);
        Assert.True(end.CancelWanted);
        await connection.SendAsync(Replies.Welcome, Ct);
        await scene.SettleAsync();
        AssertNothingSent(connection);
        Assert.Single(scene.Connector.Attempts);
    });

    [Fact]
    public void Neighbour_hit_by_accident_runs_again() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var cancelled = scene.Post();
        var neighbour = scene.Post("select name from towns");
        await Scene.ExpectStatementAsync(connection);
        await Scene.ExpectStatementAsync(connection);
        scene.Session.Cancel(cancelled);
        var socket = await scene.Server.AcceptAsync(Ct);
        await socket.ExpectCancelAsync(Ct);

        // The signal comes one command late.
        await connection.SendAsync([.. Replies.TwoRows, .. Struck], Ct);
        await socket.CloseAsync();

        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync(Replies.TwoRows, Ct);
        Assert.True((await cancelled.Ended).Succeeded);
        Assert.True((await neighbour.Ended).Succeeded);
        Assert.Equal(["one", "two"], neighbour.Rows);
        Assert.Equal(1, neighbour.Ends);
    });

    [Fact]
    public void Cancel_whose_socket_never_ends_closes_the_session_at_its_deadline() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var cancelled = scene.Post();
        await Scene.ExpectStatementAsync(connection);
        var since = scene.Simulation.Time.Elapsed;
        scene.Session.Cancel(cancelled);
        var socket = await scene.Server.AcceptAsync(Ct);
        await socket.ExpectCancelAsync(Ct);
        await connection.SendAsync(Struck, Ct);
        var next = scene.Post("select name from towns");

        var failure = await scene.Ended;
        Assert.Equal(SessionFailureKind.TimedOut, failure.Kind);
        Assert.Equal(scene.Profile.CancelTimeout, scene.Simulation.Time.Elapsed - since);
        Assert.Equal(Outcome.RolledBack, (await cancelled.Ended).Command.Outcome);
        Assert.Equal(ClientEnd.Reset, await connection.ExpectEndAsync(Ct));
        Assert.Equal(ClientEnd.Closed, await socket.ExpectEndAsync(Ct));
        Assert.False(next.Ended.IsCompleted);
        scene.Session.Stop();
        Assert.Equal(Outcome.NotSent, (await next.Ended).Command.Outcome);
    });

    [Fact]
    public void Server_that_never_answers_a_cancelled_command_loses_its_connection_at_the_deadline() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var cancelled = scene.Post();
        await Scene.ExpectStatementAsync(connection);
        var since = scene.Simulation.Time.Elapsed;
        scene.Session.Cancel(cancelled);
        var closes = CloseCancelsAsync(scene);

        var end = await cancelled.Ended;
        Assert.True(end.CancelWanted);
        Assert.Equal(Outcome.Unknown, end.Command.Outcome);
        Assert.Equal(SessionFailureKind.TimedOut, (await scene.Ended).Kind);
        Assert.Equal(scene.Profile.CancelTimeout, scene.Simulation.Time.Elapsed - since);
        Assert.Equal(ClientEnd.Reset, await connection.ExpectEndAsync(Ct));

        // The first may come before the server has begun the command; so it is sent again, at growing distances.
        Assert.InRange(scene.Connector.Attempts.Count - 1, 3, 10);
        Assert.False(closes.IsFaulted);
    });

    // A server that takes every cancel and heeds none.
    private static async Task CloseCancelsAsync(Scene scene)
    {
        while (true)
        {
            var socket = await scene.Server.AcceptAsync(Ct);
            await socket.ExpectCancelAsync(Ct);
            await socket.CloseAsync();
        }
    }

    private static void AssertNothingSent(ScriptedConnection connection)
    {
        Assert.Equal(0, connection.BufferedBytes);
        Assert.Equal(0, Assert.IsType<MemoryTransport>(connection.Transport).UnreceivedBytes);
    }
}
