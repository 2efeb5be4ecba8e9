using PgActors.Runtime;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Cancelling;

public sealed class LateCancelTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancel_at_the_instant_of_the_end_does_not_reach_the_callers_next_command(bool endsFirst)
    {
        var server = await PostgresServer.Shared();
        var dispatcher = new HeldDispatcher();

        // Nobody looks types up beside them.
        await using var db = await server.OpenAsync(
            "shared_sessions=1",
            new PgDatabaseSettings { Runtime = ActorRuntime.Default with { Dispatcher = dispatcher }, LooksUpTypes = false });
        await db.QuerySingleAsync<int>($"select {0}", Token);

        // The supervisor, too, has said all that it has to say of the start.
        await server.AskAsync("SELECT 1");
        dispatcher.Hold();
        ValueTask<int> second;
        try
        {
            second = EndCancelAndGoOn(db, dispatcher, endsFirst);
        }
        finally
        {
            dispatcher.Release();
        }

        Assert.Equal(2, await second);
        Assert.Equal(3, await db.QuerySingleAsync<int>($"select {3}", Token));
    }

    // On one thread throughout, as the completion of a command is kept for the thread that takes it; and the end, the cancel and the next
    // command in an order that no scheduler could be made to choose.
    private static ValueTask<int> EndCancelAndGoOn(PgDatabase db, HeldDispatcher dispatcher, bool endsFirst)
    {
        using var cancel = new CancellationTokenSource();
        var ended = false;
#pragma warning disable CA2012 // Taken once, after its end.
        var first = db.QuerySingleAsync<int>($"select {1}", cancel.Token).GetAwaiter();
#pragma warning restore CA2012
        first.UnsafeOnCompleted(() => ended = true);
        dispatcher.RunNext();
        if (!endsFirst)
        {
            Assert.True(SpinWait.SpinUntil(() => dispatcher.HeldCount == 1, TimeSpan.FromSeconds(30)));
            cancel.Cancel();
        }

        dispatcher.RunNext();
        Assert.True(ended);
        cancel.Cancel();
        Assert.Equal(1, first.GetResult());
        return db.QuerySingleAsync<int>($"select {2}", Token);
    }

    [Fact]
    public async Task Cancel_of_a_command_that_waits_leaves_nothing_that_could_be_sent_later()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        await server.QueryAsync("CREATE TABLE late (number int)", cancellationToken: Token);
        await using var proxy = FaultProxy.Start(server.TcpEndPoint);
        await using var db = await server.OpenAsync("shared_sessions=1", proxy: proxy);
        proxy.RefuseConnections();
        proxy.CutAll();
        await ServerFacts.UntilAsync(() => db.SessionCount == 0, "the session had noticed");

        // Cancelled ones lie in the mailbox between others when the connection comes back.
        var commands = new List<(int Number, bool IsCancelled, Task<long> Task)>();
        for (var i = 0; i < 50; i++)
        {
            using var cancel = new CancellationTokenSource();
            var number = i;
            commands.Add((i, i % 2 == 1, db.ExecuteAsync($"insert into late values ({number})", cancel.Token).AsTask()));
            if (i % 2 == 1)
            {
                cancel.Cancel();
                await Assert.ThrowsAsync<PgCanceledException>(() => commands[^1].Task);
            }
        }

        proxy.AcceptConnections();
        foreach (var command in commands.Where(command => !command.IsCancelled))
            Assert.Equal(1, await command.Task);
        Assert.Equal(
            string.Join(',', Enumerable.Range(0, 25).Select(i => 2 * i)),
            await server.AskAsync("SELECT string_agg(number::text, ',' ORDER BY number) FROM late"));
    }
}
