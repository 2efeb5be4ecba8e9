using PgActors.Sessions;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>A session in a host that is a bare loop: what it needs is in <see cref="ISessionHost"/>, and nothing hides in the
/// mailbox.</summary>
public sealed class SecondHostTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Session_lives_in_a_bare_loop() => Play(async (host, server) =>
    {
        var first = new TextRequest("select 'one'");
        host.Submit(first);
        host.Start();
        await host.Ready;
        var second = new TextRequest("select 'one'");
        host.Submit(second);

        Assert.True((await first.Ended).Succeeded);
        Assert.True((await second.Ended).Succeeded);
        Assert.Equal(["one"], first.Rows);
        Assert.Equal(["one"], second.Rows);
        Assert.Equal(2, server.Log.Count);
    });

    [Fact]
    public void Stream_goes_on_as_its_consumer_grants_credit() => Play(async (host, _) =>
    {
        host.Start();
        await host.Ready;
        var stream = new TextRequest("rows 1000", rowLimit: 10, window: 64, host.Consumed);
        host.Submit(stream);

        Assert.True((await stream.Ended).Succeeded);
        Assert.Equal(1_000, stream.Rows.Count);
    });

    [Fact]
    public void Cancel_reaches_the_server_and_the_session_goes_on() => Play(async (host, server) =>
    {
        host.Start();
        await host.Ready;
        var reached = server.ReachedAsync("ever", Ct);
        var waits = new TextRequest("wait ever");
        host.Submit(waits);
        await reached;
        host.Cancel(waits);

        var end = await waits.Ended;
        Assert.True(end.CancelWanted);
        Assert.Equal(SqlStates.QueryCanceled, end.Command.Error?.SqlState);
        var next = new TextRequest("select 'one'");
        host.Submit(next);
        Assert.True((await next.Ended).Succeeded);
    });

    [Fact]
    public void Cancel_of_what_was_not_sent_costs_no_byte() => Play(async (host, server) =>
    {
        var request = new TextRequest("select 'one'");
        host.Submit(request);
        host.Cancel(request);

        Assert.Equal(Outcome.NotSent, (await request.Ended).Command.Outcome);
        host.Start();
        await host.Ready;
        Assert.Empty(server.Log);
    });

    private static void Play(Func<ChannelHost, ModelServer, Task> script)
    {
        var simulation = new Simulation(1);
        var connector = new MemoryConnector(simulation.Schedule);
        var server = ModelServer.InMemory(connector, new ModelServerOptions { Schedule = simulation.Schedule });
        var host = new ChannelHost(simulation.Runtime, Scene.ProfileFor(connector));
        simulation.Run(async () =>
        {
            var running = host.RunAsync();
            await script(host, server);
            host.Stop();
            Assert.Equal(SessionFailureKind.Closed, (await running).Kind);
            await server.DisposeAsync();
        });
        simulation.RunUntilIdle();
        Assert.Equal(0, connector.Counters.Live);
        Assert.Null(simulation.Time.NextDue);
    }
}
