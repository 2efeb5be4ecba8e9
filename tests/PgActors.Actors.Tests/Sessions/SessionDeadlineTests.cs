using PgActors.Runtime;
using PgActors.Sessions;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>A command's own deadline, from the mailbox to the server.</summary>
public sealed class SessionDeadlineTests
{
    // How far apart deadlines may lie that are looked at together.
    private static readonly TimeSpan Coarseness = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Command_that_waits_for_a_connection_is_dropped_unsent() => Play(async scene =>
    {
        var connection = await scene.ConnectAsync();
        var since = scene.Simulation.Time.Elapsed;
        var request = scene.Post();

        AssertOverdue(await request.Ended, Outcome.NotSent);
        Assert.InRange(scene.Simulation.Time.Elapsed - since, Timeout, Timeout + Coarseness);
        await connection.SendAsync(Replies.Welcome, Ct);
        await scene.SettleAsync();
        Assert.Equal(0, connection.BufferedBytes);
        Assert.Equal(1, request.Ends);
    });

    [Fact]
    public void Command_that_waits_behind_others_is_dropped_unsent_and_they_go_on() => Play(
        async scene =>
        {
            var connection = await scene.StartAsync();
            var slow = scene.Post();
            await Scene.ExpectStatementAsync(connection);
            await scene.ElapseAsync(Timeout / 2);
            var waiting = scene.Post("select name from towns");
            await connection.SendAsync([.. Replies.TwoRows.SkipLast(1)], Ct);
            await scene.ElapseAsync(Timeout / 4);
            Assert.False(slow.Ended.IsCompleted);
            await connection.SendAsync([Replies.Ready], Ct);
            Assert.True((await slow.Ended).Succeeded);

            // Now it is sent, and has the rest of its time.
            await Scene.ExpectStatementAsync(connection);
            await connection.SendAsync(Replies.TwoRows, Ct);
            Assert.True((await waiting.Ended).Succeeded);
        },
        profile => profile with { MaxInFlight = 1 });

    [Fact]
    public void Full_pipeline_lets_nobody_wait_beyond_the_deadline() => Play(
        async scene =>
        {
            var connection = await scene.StartAsync();
            scene.Post();
            await Scene.ExpectStatementAsync(connection);
            await scene.ElapseAsync(Timeout / 3);
            var waiting = scene.Post("select name from towns");
            var since = scene.Simulation.Time.Elapsed;
            _ = CloseCancelsAsync(scene);

            AssertOverdue(await waiting.Ended, Outcome.NotSent);
            Assert.InRange(scene.Simulation.Time.Elapsed - since, Timeout, Timeout + Coarseness);
        },
        profile => profile with { MaxInFlight = 1 });

    [Fact]
    public void Command_on_the_server_is_cancelled_there_and_told_as_undone() => Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var since = scene.Simulation.Time.Elapsed;
        var request = scene.Post();
        await Scene.ExpectStatementAsync(connection);

        var socket = await scene.Server.AcceptAsync(Ct);
        await socket.ExpectCancelAsync(Ct);
        Assert.InRange(scene.Simulation.Time.Elapsed - since, Timeout, Timeout + Coarseness);
        await connection.SendAsync([Replies.Error(SqlStates.QueryCanceled), Replies.Ready], Ct);
        await socket.CloseAsync();

        AssertOverdue(await request.Ended, Outcome.RolledBack);
        Assert.True(request.Ended.Result.Command.CancelSent);
        await AssertServesOnAsync(scene, connection);
    });

    [Fact]
    public void Command_that_wins_the_race_against_its_cancel_has_succeeded() => Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var request = scene.Post();
        await Scene.ExpectStatementAsync(connection);
        var socket = await scene.Server.AcceptAsync(Ct);
        await socket.ExpectCancelAsync(Ct);

        await connection.SendAsync(Replies.TwoRows, Ct);
        Assert.True((await request.Ended).Succeeded);
        await socket.CloseAsync();
        await AssertServesOnAsync(scene, connection);
    });

    [Fact]
    public void Silent_server_costs_the_deadline_and_the_time_of_the_cancel_and_no_more() => Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var since = scene.Simulation.Time.Elapsed;
        var request = scene.Post();
        await Scene.ExpectStatementAsync(connection);
        _ = CloseCancelsAsync(scene);

        AssertOverdue(await request.Ended, Outcome.Unknown);
        var limit = Timeout + scene.Profile.CancelTimeout;
        Assert.InRange(scene.Simulation.Time.Elapsed - since, limit, limit + Coarseness);
    });

    [Fact]
    public void Rows_that_have_begun_to_come_are_the_consumers_own_time() => Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var stream = new TextRequest("select name from names", window: 1);
        Assert.Equal(PostResult.Accepted, scene.Session.TryPost(stream));
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync([.. Replies.TwoRows.Take(5)], Ct);
        await scene.ElapseAsync(Timeout * 3);

        Assert.False(stream.Ended.IsCompleted);
        scene.Session.Consumed(stream, long.MaxValue);
        await connection.SendAsync([.. Replies.TwoRows.Skip(5)], Ct);
        Assert.True((await stream.Ended).Succeeded);
    });

    [Fact]
    public void Caller_who_waits_for_room_waits_no_longer_than_the_deadline() => Scene.Play(
        async scene =>
        {
            await scene.ConnectAsync();
            for (var i = 0; i < MailboxBounds.Default.MaxCommands; i++)
                scene.Post();
            await scene.ElapseAsync(Timeout / 2);
            var late = new TextRequest("select name from towns");
            var since = scene.Simulation.Time.Elapsed;

            var overdue = await Assert.ThrowsAsync<PgTimeoutException>(() => scene.Session.PostAsync(late, Ct).AsTask());
            Assert.Equal((Outcome.NotSent, CommandPhase.Waiting), (overdue.Outcome, overdue.Phase));
            Assert.Equal(Timeout, scene.Simulation.Time.Elapsed - since);
            Assert.False(late.Ended.IsCompleted);
        },
        profile => profile with { CommandTimeout = Timeout, ConnectTimeout = TimeSpan.FromHours(1) });

    [Fact]
    public void Busy_session_ends_nobody_whose_time_is_not_over() => Play(async scene =>
    {
        var connection = await scene.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            var request = scene.Post($"select name from names{i}");
            await Scene.ExpectStatementAsync(connection);
            await scene.ElapseAsync(Timeout / 3);
            await connection.SendAsync(Replies.TwoRows, Ct);
            Assert.True((await request.Ended).Succeeded);
        }

        Assert.Single(scene.Connector.Attempts);
    });

    private static void Play(Func<Scene, Task> script, Func<SessionProfile, SessionProfile>? vary = null) => Scene.Play(
        script,
        profile => (vary?.Invoke(profile) ?? profile) with { CommandTimeout = Timeout, ConnectTimeout = TimeSpan.FromHours(1) });

    private static void AssertOverdue(in RequestEnd end, Outcome outcome)
    {
        Assert.Equal(Timeout, end.Deadline);
        var exception = Assert.IsType<PgTimeoutException>(RequestFailure.Of(end, new SqlStatement("select 1"), default));
        Assert.Equal(outcome, exception.Outcome);
        Assert.Equal(Timeout, exception.Timeout);
        Assert.True(exception.Elapsed >= Timeout);
        Assert.Contains("command_timeout", exception.Message, StringComparison.Ordinal);
    }

    private static async Task AssertServesOnAsync(Scene scene, ScriptedConnection connection)
    {
        var next = scene.Post("select name from towns");
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync(Replies.TwoRows, Ct);
        Assert.True((await next.Ended).Succeeded);
    }

    private static async Task CloseCancelsAsync(Scene scene)
    {
        while (true)
        {
            var socket = await scene.Server.AcceptAsync(Ct);
            await socket.ExpectCancelAsync(Ct);
            await socket.CloseAsync();
        }
    }
}
