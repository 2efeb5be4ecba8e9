using PgActors.Protocol;
using PgActors.Sessions;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>The connection ends, in order or not, after each message of a start-up and a query.</summary>
public sealed class SessionLossTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Loss_at_every_step_of_start_up_fails_the_start_and_sends_nothing(bool isReset)
    {
        // A server that leaves without a word may know only an older protocol; here none is acceptable.
        for (var told = 0; told < Replies.Welcome.Count; told++)
        {
            var said = told;
            Scene.Play(
                async scene =>
                {
                    var connection = await scene.ConnectAsync();
                    var request = scene.Post();
                    await connection.SendAsync([.. Replies.Welcome.Take(said)], Ct);
                    await LoseAsync(scene, connection, isReset);

                    var failure = await scene.Ended;
                    Assert.Equal(SessionFailureKind.ConnectionLost, failure.Kind);
                    Assert.False(request.Ended.IsCompleted);
                    scene.Session.Stop();
                    var end = await request.Ended;
                    Assert.Equal(Outcome.NotSent, end.Command.Outcome);
                    Assert.Equal(1, request.Ends);
                },
                profile => profile with { Startup = profile.Startup with { MinVersion = ProtocolVersion.Version32 } });
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Loss_at_every_step_of_a_query_leaves_its_outcome_unknown(bool isReset)
    {
        for (var told = 0; told < Replies.TwoRows.Count; told++)
        {
            var said = told;
            Scene.Play(async scene =>
            {
                var connection = await scene.StartAsync();
                var request = scene.Post();
                await Scene.ExpectStatementAsync(connection);
                await connection.SendAsync([.. Replies.TwoRows.Take(said)], Ct);
                await LoseAsync(scene, connection, isReset);

                var end = await request.Ended;
                Assert.Equal(CommandEnd.Lost, end.Command.End);
                Assert.Equal(Outcome.Unknown, end.Command.Outcome);
                Assert.Equal(SessionFailureKind.ConnectionLost, end.Failure?.Kind);
                Assert.Equal(1, request.Ends);
            });
        }
    }

    [Fact]
    public void Loss_behind_the_last_message_does_not_touch_a_success() => Scene.Play(async scene =>
    {
        var connection = await scene.StartAsync();
        var request = scene.Post();
        await Scene.ExpectStatementAsync(connection);
        await connection.SendAsync(Replies.TwoRows, Ct);
        await connection.CloseAsync();

        Assert.True((await request.Ended).Succeeded);
        Assert.Equal(SessionFailureKind.ConnectionLost, (await scene.Ended).Kind);
    });

    [Fact]
    public void Error_at_each_step_of_a_pipeline_fails_that_command_alone()
    {
        // Behind this many messages of its own answer the command fails: by its Parse, its Bind, or while it runs.
        foreach (var told in (int[])[0, 1, 3, 4])
        {
            for (var failing = 0; failing < 3; failing++)
            {
                var (said, failed) = (told, failing);
                Scene.Play(async scene =>
                {
                    var connection = await scene.StartAsync();
                    TextRequest[] requests = [scene.Post(), scene.Post("select name from towns"), scene.Post("select name from rivers")];
                    for (var i = 0; i < requests.Length; i++)
                        await Scene.ExpectStatementAsync(connection);
                    for (var i = 0; i < requests.Length; i++)
                    {
                        await connection.SendAsync(
                            i == failed ? [.. Replies.TwoRows.Take(said), Replies.Error("22012"), Replies.Ready] : Replies.TwoRows, Ct);
                    }

                    for (var i = 0; i < requests.Length; i++)
                    {
                        var end = await requests[i].Ended;
                        Assert.Equal(i == failed ? CommandEnd.Failed : CommandEnd.Succeeded, end.Command.End);
                        Assert.Equal(i == failed ? "22012" : null, end.Command.Error?.SqlState);
                        if (i == failed)
                            Assert.Equal(Outcome.RolledBack, end.Command.Outcome);
                        else
                            Assert.Equal(["one", "two"], requests[i].Rows);
                    }
                });
            }
        }
    }

    private static async Task LoseAsync(Scene scene, ScriptedConnection connection, bool isReset)
    {
        // A reset takes with it what the client has not read.
        await scene.SettleAsync();
        if (isReset)
            connection.Abort();
        else
            await connection.CloseAsync();
    }
}
