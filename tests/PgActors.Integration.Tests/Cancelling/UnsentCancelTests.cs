using PgActors.Testing;

namespace PgActors.Integration.Tests.Cancelling;

public sealed class UnsentCancelTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancel_of_a_command_that_waits_behind_a_full_pipeline_sends_nothing()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        await server.QueryAsync("CREATE TABLE unsent (number int)", cancellationToken: Token);
        await using var proxy = FaultProxy.Start(server.TcpEndPoint);
        await using var db = await server.OpenAsync("shared_sessions=1&sslmode=disable", proxy: proxy);
        Assert.Equal(1, await db.QuerySingleAsync<int>("select 1", Token));
        using var cancel = new CancellationTokenSource();
        using var cancelSleep = new CancellationTokenSource();

        // 512 may be in flight; what follows waits in the mailbox.
        var sleeping = db.QuerySingleAsync<int>($"select 1 from pg_sleep({600.0})", cancelSleep.Token).AsTask();
        var filling = Enumerable.Range(0, 511).Select(i => db.QuerySingleAsync<int>($"select {i}", Token).AsTask()).ToArray();
        var link = await proxy.ConnectionAsync(1, Token);
        var waiting = Enumerable.Range(0, 20).Select(i => db.ExecuteAsync($"insert into unsent values ({i})", cancel.Token).AsTask()).ToArray();
        await server.UntilAsync("1", "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
        var sent = link.BytesToServer;

        cancel.Cancel();
        foreach (var command in waiting)
        {
            var canceled = await Assert.ThrowsAsync<PgCanceledException>(() => command);
            Assert.Equal(Outcome.NotSent, canceled.Outcome);
            Assert.Equal(cancel.Token, canceled.CancellationToken);
        }

        Assert.Equal(sent, link.BytesToServer);
        Assert.Equal(1, proxy.ConnectionCount);
        cancelSleep.Cancel();
        await Assert.ThrowsAsync<PgCanceledException>(() => sleeping);
        Assert.Equal(Enumerable.Range(0, 511), await Task.WhenAll(filling));
        Assert.Equal("0", await server.AskAsync("SELECT count(*) FROM unsent"));
    }

    [Fact]
    public async Task Cancel_while_there_is_no_connection_sends_nothing()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        await server.QueryAsync("CREATE TABLE unsent (number int)", cancellationToken: Token);
        await using var proxy = FaultProxy.Start(server.TcpEndPoint);
        await using var db = await server.OpenAsync("shared_sessions=1", proxy: proxy);
        proxy.RefuseConnections();
        proxy.CutAll();
        await ServerFacts.UntilAsync(() => db.SessionCount == 0, "the session had noticed");
        using var cancel = new CancellationTokenSource();
        var waiting = db.ExecuteAsync($"insert into unsent values ({1})", cancel.Token).AsTask();
        var staying = db.ExecuteAsync($"insert into unsent values ({2})", Token).AsTask();

        cancel.Cancel();
        var canceled = await Assert.ThrowsAsync<PgCanceledException>(() => waiting);

        Assert.Equal(Outcome.NotSent, canceled.Outcome);
        proxy.AcceptConnections();
        Assert.Equal(1, await staying);
        Assert.Equal("2", await server.AskAsync("SELECT string_agg(number::text, ',') FROM unsent"));
    }

    [Fact]
    public async Task Cancel_while_waiting_for_room_in_the_mailbox_gives_the_place_up()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        await server.QueryAsync("CREATE TABLE unsent (number int)", cancellationToken: Token);
        await using var proxy = FaultProxy.Start(server.TcpEndPoint);
        await using var db = await server.OpenAsync("shared_sessions=1&max_queued_commands=2", proxy: proxy);
        proxy.RefuseConnections();
        proxy.CutAll();
        await ServerFacts.UntilAsync(() => db.SessionCount == 0, "the session had noticed");
        using var cancel = new CancellationTokenSource();
        var queued = Enumerable.Range(0, 2).Select(i => db.ExecuteAsync($"insert into unsent values ({i})", Token).AsTask()).ToArray();
        var outside = Enumerable.Range(10, 10).Select(i => db.ExecuteAsync($"insert into unsent values ({i})", cancel.Token).AsTask()).ToArray();
        var last = db.ExecuteAsync($"insert into unsent values ({2})", Token).AsTask();

        cancel.Cancel();
        foreach (var command in outside)
            Assert.Equal(Outcome.NotSent, (await Assert.ThrowsAsync<PgCanceledException>(() => command)).Outcome);

        proxy.AcceptConnections();
        await Task.WhenAll([.. queued, last]);
        Assert.Equal("0,1,2", await server.AskAsync("SELECT string_agg(number::text, ',' ORDER BY number) FROM unsent"));
    }
}
