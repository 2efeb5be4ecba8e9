using PgActors.Runtime;
using PgActors.Sessions;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Supervision;

public sealed class OutageTests
{
    // An outage is noticed as such after some tenths of a second instead of ten seconds.
    private static readonly RestartPolicy Impatient = new()
    {
        InitialBackoff = TimeSpan.FromMilliseconds(10),
        MaxBackoff = TimeSpan.FromMilliseconds(100),
        MaxRestarts = 3,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Database_does_not_open_on_a_server_that_is_not_there()
    {
        using var port = ClosedPort.Reserve();

        var refused = await Assert.ThrowsAsync<PgConnectionException>(
            () => PgDatabase.ConnectAsync($"postgres://app@127.0.0.1:{port.Port}/app", Token));

        Assert.Equal(Outcome.NotSent, refused.Outcome);
        Assert.Contains("refused", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_stays_down_is_told_to_every_caller_in_the_connections_own_words()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        await using var db = await server.OpenAsync(
            "shared_sessions=2", new PgDatabaseSettings { Supervision = new SupervisorOptions { Policy = Impatient } });
        using var watch = new SupervisionWatch(db);
        await server.StopAsync(StopMode.Kill, Token);
        await ServerFacts.UntilAsync(() => db.SessionCount == 0, "the sessions had noticed");

        var early = Enumerable.Range(0, 50).Select(i => db.QuerySingleAsync<int>($"select {i}", Token).AsTask()).ToArray();
        foreach (var caller in early)
            AssertRefused(await Assert.ThrowsAsync<PgConnectionException>(() => caller));

        // From now on nobody waits.
        await ServerFacts.UntilAsync(() => watch.Count(SupervisionEventKind.Escalated) == 1, "the escalation was told");
        for (var i = 0; i < 20; i++)
            AssertRefused(await Assert.ThrowsAsync<PgConnectionException>(() => db.QuerySingleAsync<int>("select 1", Token).AsTask()));
        AssertRefused(await Assert.ThrowsAsync<PgConnectionException>(async () =>
        {
            await foreach (var _ in db.Query<int>("select 1").WithCancellation(Token))
            {
            }
        }));

        await server.StartAgainAsync(Token);
        await ServerFacts.UntilAsync(() => watch.Count(SupervisionEventKind.Recovered) == 1, "the supervisor had recovered");
        await ServerFacts.UntilAsync(() => db.SessionCount == 2, "all sessions were back");
        Assert.Equal(7, await db.QuerySingleAsync<int>("select 7", Token));
        Assert.Equal(8, await db.QuerySingleAsync<int>("select 8", Token));
    }

    [Fact]
    public async Task Callers_who_are_to_wait_out_an_outage_do()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        await server.QueryAsync("CREATE TABLE patient (number int)", cancellationToken: Token);
        await using var db = await server.OpenAsync(
            "shared_sessions=2",
            new PgDatabaseSettings { Supervision = new SupervisorOptions { Policy = Impatient with { Waiters = WaiterPolicy.Keep } } });
        using var watch = new SupervisionWatch(db);
        await server.StopAsync(StopMode.Immediate, Token);
        await ServerFacts.UntilAsync(() => db.SessionCount == 0, "the sessions had noticed");
        var writes = Enumerable.Range(0, 100).Select(i => db.ExecuteAsync($"insert into patient values ({i})", Token).AsTask()).ToArray();
        await ServerFacts.UntilAsync(() => watch.Count(SupervisionEventKind.Escalated) == 1, "the supervisor had given up for a while");

        await server.StartAgainAsync(Token);

        await Task.WhenAll(writes);
        Assert.Equal("100", await server.AskAsync("SELECT count(*) FROM patient"));
    }

    [Fact]
    public async Task Thousand_waiters_over_a_restart_cost_no_more_connects_than_there_are_sessions_to_make()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        var connector = new CountingConnector();
        await using var db = await server.OpenAsync(
            "shared_sessions=8&application_name=waiters",
            new PgDatabaseSettings
            {
                Connector = connector,
                Supervision = new SupervisorOptions { Policy = Impatient with { Waiters = WaiterPolicy.Keep } },
            });
        await server.UntilSessionsAsync("waiters", 8);
        using var watch = new SupervisionWatch(db);
        await server.StopAsync(StopMode.Kill, Token);
        await ServerFacts.UntilAsync(() => db.SessionCount == 0, "the sessions had noticed");
        Assert.False(db.Snapshot().IsHealthy);
        var waiters = Enumerable.Range(0, 1_000).Select(i => db.QuerySingleAsync<int>($"select {i}", Token).AsTask()).ToArray();
        await ServerFacts.UntilAsync(() => db.Snapshot().Shared.HasEscalated, "the supervisor had given up for a while");

        await server.StartAgainAsync(Token);

        Assert.Equal(Enumerable.Range(0, 1_000), await Task.WhenAll(waiters));
        Assert.InRange(connector.MostAtATime, 1, 4);
        Assert.InRange(watch.MostStarting, 1, 4);
        await ServerFacts.UntilAsync(() => db.SessionCount == 8, "all sessions were back");
        var snapshot = db.Snapshot();
        Assert.True(snapshot.IsHealthy);
        Assert.Equal((8, 0), (snapshot.Shared.Ready, snapshot.Shared.Load));
        Assert.All(snapshot.Shared.Sessions, session =>
        {
            Assert.True(session.Restarts > 0);
            Assert.Equal(SessionState.Ready, session.State);
            Assert.NotEqual(0, session.ProcessId);
        });
        Assert.NotNull(snapshot.Shared.LastFailure);
    }

    [Fact]
    public async Task Session_that_cannot_come_back_sends_its_callers_to_the_one_that_lives()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        await using var proxy = FaultProxy.Start(server.TcpEndPoint);
        await using var db = await server.OpenAsync(
            "shared_sessions=2&application_name=half", new PgDatabaseSettings { Supervision = new SupervisorOptions { Policy = Impatient } }, proxy);
        await ServerFacts.UntilAsync(() => db.SessionCount == 2, "both were ready");
        using var watch = new SupervisionWatch(db);

        proxy.RefuseConnections();
        proxy.Connections[0].Cut(FaultCut.Reset);
        await ServerFacts.UntilAsync(() => watch.Count(SupervisionEventKind.Escalated) == 1, "the supervisor had given up for a while");

        for (var i = 0; i < 200; i++)
            Assert.Equal(i, await db.QuerySingleAsync<int>($"select {i}", Token));

        // Then that one is lost too: its callers hear of it, and do not wait for what the others gave up.
        proxy.Connections[1].Cut(FaultCut.Reset);
        await ServerFacts.UntilAsync(() => db.SessionCount == 0, "the second had noticed");
        AssertRefused(await Assert.ThrowsAsync<PgConnectionException>(() => db.QuerySingleAsync<int>("select 1", Token).AsTask()));

        proxy.AcceptConnections();
        await ServerFacts.UntilAsync(() => db.SessionCount == 2, "both were back");
        Assert.Equal(9, await db.QuerySingleAsync<int>("select 9", Token));
    }

    [Fact]
    public async Task Server_without_room_for_all_sessions_serves_everybody_through_those_it_has()
    {
        await using var server = await PostgresServer.StartAsync(
            new PostgresServerOptions
            {
                Settings = new Dictionary<string, string> { ["max_connections"] = "12" },
                InitSql = ["CREATE ROLE app LOGIN CONNECTION LIMIT 2"],
            },
            Token);
        await using var db = await PgDatabase.ConnectAsync(
            server.ConnectionUri("app", parameters: "shared_sessions=8&application_name=room"), Token);
        await server.UntilSessionsAsync("room", 2);

        var values = await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => db.QuerySingleAsync<int>($"select {i}", Token).AsTask()));

        Assert.Equal(Enumerable.Range(0, 2_000), values);
    }

    [Fact]
    public async Task Closing_while_the_server_is_down_answers_whoever_waits()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        var db = await server.OpenAsync("shared_sessions=2");
        await server.StopAsync(StopMode.Kill, Token);
        await ServerFacts.UntilAsync(() => db.SessionCount == 0, "the sessions had noticed");
        var waiting = Enumerable.Range(0, 20).Select(i => db.QuerySingleAsync<int>($"select {i}", Token).AsTask()).ToArray();

        await db.DisposeAsync();

        foreach (var caller in waiting)
            Assert.Equal(Outcome.NotSent, (await Assert.ThrowsAsync<PgConnectionException>(() => caller)).Outcome);
        Assert.Equal(
            Outcome.NotSent, (await Assert.ThrowsAsync<PgConnectionException>(() => db.QuerySingleAsync<int>("select 1", Token).AsTask())).Outcome);
    }

    [Fact]
    public async Task Closing_lets_a_short_command_end_and_stops_a_long_one_on_the_server()
    {
        var server = await PostgresServer.Shared();
        var db = await server.OpenAsync("shared_sessions=2&cancellation_timeout=1&application_name=closing");
        await ServerFacts.UntilAsync(() => db.SessionCount == 2, "both were ready");
        var endless = db.QuerySingleAsync<int>($"select 1 from pg_sleep({600.0})", Token).AsTask();
        await server.UntilSessionsAsync("closing", 1, "wait_event = 'PgSleep'");
        var brief = db.QuerySingleAsync<int>("select 2", Token).AsTask();

        await db.DisposeAsync();

        Assert.Equal("0", await server.AskAsync("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'closing'"));
        Assert.Equal(2, await brief);
        var cut = await Assert.ThrowsAsync<PgConnectionException>(() => endless);
        Assert.Equal(Outcome.RolledBack, cut.Outcome);
        Assert.Contains("closed before", cut.Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(PgConnectionException failure)
    {
        Assert.Equal(Outcome.NotSent, failure.Outcome);
        Assert.Contains("refused", failure.Message, StringComparison.Ordinal);
    }
}
