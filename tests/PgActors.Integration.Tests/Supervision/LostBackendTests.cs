using PgActors.Runtime;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Supervision;

public sealed class LostBackendTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Idle_sessions_that_the_server_ends_come_back_and_nobody_notices()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        await using var db = await server.OpenAsync("shared_sessions=4&application_name=idle");
        await server.UntilSessionsAsync("idle", 4);
        var before = await ProcessesAsync(server, "idle");
        using var watch = new SupervisionWatch(db);

        await server.QueryAsync(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = 'idle'", cancellationToken: Token);
        await ServerFacts.UntilAsync(() => watch.Count(SupervisionEventKind.Failed) == 4, "all losses were noticed");

        // They wait for the sessions to come back, and are sent then.
        var values = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => db.QuerySingleAsync<int>($"select {i}", Token).AsTask()));
        Assert.Equal(Enumerable.Range(0, 100), values);
        await server.UntilSessionsAsync("idle", 4);
        Assert.Empty((await ProcessesAsync(server, "idle")).Intersect(before));
        Assert.All(
            watch.Decisions.Where(decision => decision.Kind == SupervisionEventKind.Failed),
            decision => Assert.Contains("terminating connection due to administrator command", decision.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Restart_with_a_hundred_idle_sessions_is_noticed_by_nobody()
    {
        await using var server = await PostgresServer.StartAsync(
            new PostgresServerOptions { Settings = new Dictionary<string, string> { ["max_connections"] = "200" } }, Token);
        await using var db = await server.OpenAsync("shared_sessions=100&application_name=restart");
        await server.UntilSessionsAsync("restart", 100);

        await server.RestartAsync(cancellationToken: Token);

        var values = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => db.QuerySingleAsync<int>($"select {i}", Token).AsTask()));
        Assert.Equal(Enumerable.Range(0, 300), values);
        await server.UntilSessionsAsync("restart", 100);
    }

    [Fact]
    public async Task Busy_session_that_the_server_ends_tells_its_callers_what_it_said_and_how_far_they_got()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        await server.QueryAsync("CREATE TABLE busy (number int)", cancellationToken: Token);
        await using var db = await server.OpenAsync("shared_sessions=1&application_name=busy");
        var running = db.ExecuteAsync($"insert into busy select 1 from pg_sleep({600.0})", Token).AsTask();
        var behind = db.ExecuteAsync($"insert into busy values ({2})", Token).AsTask();
        await server.UntilSessionsAsync("busy", 1, "wait_event = 'PgSleep'");

        await server.QueryAsync(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = 'busy'", cancellationToken: Token);

        foreach (var command in new[] { running, behind })
        {
            var lost = await Assert.ThrowsAsync<PgConnectionException>(() => command);
            Assert.Equal(Outcome.RolledBack, lost.Outcome);
            Assert.Equal("57P01", lost.Error?.SqlState);
            Assert.Contains("terminating connection due to administrator command", lost.Message, StringComparison.Ordinal);
        }

        Assert.Equal(1, await db.ExecuteAsync($"insert into busy values ({3})", Token));
        Assert.Equal("3", await server.AskAsync("SELECT string_agg(number::text, ',') FROM busy"));
    }

    [Fact]
    public async Task Stream_whose_backend_is_killed_ends_in_an_error_and_the_next_gets_another_session()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        await using var db = await server.OpenAsync("shared_sessions=1&max_leased_sessions=1&application_name=stream");
        await using var rows = db.Query<(int, int)>(
            "select i, pg_backend_pid() from (select generate_series(1, 100000000) as i) s").GetAsyncEnumerator(Token);
        Assert.True(await rows.MoveNextAsync());

        await server.KillAsync(rows.Current.Item2, Token);

        var lost = await Assert.ThrowsAsync<PgConnectionException>(async () =>
        {
            while (await rows.MoveNextAsync())
            {
            }
        });
        Assert.Equal(Outcome.Unknown, lost.Outcome);
        await server.UntilUpAsync();
        var count = 0;
        await foreach (var _ in db.Query<int>("select generate_series(1, 10)").WithCancellation(Token))
            count++;
        Assert.Equal(10, count);
    }

    [Fact]
    public async Task Leased_sessions_that_died_idle_are_replaced_unseen()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        await using var db = await server.OpenAsync("shared_sessions=1&max_leased_sessions=2&application_name=leased");
        var process = 0;
        for (var round = 0; round < 10; round++)
        {
            await ServerFacts.UntilAsync(() => db.SessionCount == 1, "the pool had noticed");
            var before = process;
            await foreach (var row in db.Query<int>("select pg_backend_pid()").WithCancellation(Token))
                process = row;
            Assert.NotEqual(before, process);
            await server.QueryAsync($"SELECT pg_terminate_backend({process}, 10000)", cancellationToken: Token);
        }
    }

    [Fact]
    public async Task What_a_lost_session_had_not_sent_goes_to_its_sibling()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        await using var proxy = FaultProxy.Start(server.TcpEndPoint);
        await using var db = await server.OpenAsync("shared_sessions=2&application_name=sibling", proxy: proxy);
        await server.UntilSessionsAsync("sibling", 2);
        await ServerFacts.UntilAsync(() => db.SessionCount == 2, "both were ready");
        Assert.Equal(1, await db.QuerySingleAsync<int>("select 1", Token));
        var first = await proxy.ConnectionAsync(1, Token);
        var second = await proxy.ConnectionAsync(2, Token);
        first.Hold(FaultDirection.ToServer);
        second.Hold(FaultDirection.ToServer);

        // 512 may be in flight on each; the others wait.
        var commands = Enumerable.Range(0, 1_600).Select(i => db.QuerySingleAsync<int>($"select {i}", Token).AsTask()).ToArray();
        await ServerFacts.UntilAsync(() => db.Snapshot().Shared.Sessions.All(session => session.InFlight == 512), "both had sent what they may");
        proxy.RefuseConnections();
        first.Cut(FaultCut.Reset);
        second.Release(FaultDirection.ToServer);

        var answers = await Task.WhenAll(commands.Select(async (command, i) =>
        {
            try
            {
                Assert.Equal(i, await command);
                return null;
            }
            catch (PgConnectionException lost)
            {
                return lost;
            }
        }));
        var failures = answers.OfType<PgConnectionException>().ToList();
        Assert.InRange(failures.Count, 1, 512);
        Assert.All(failures, lost => Assert.Equal(Outcome.Unknown, lost.Outcome));
    }

    private static async Task<IReadOnlyList<string?>> ProcessesAsync(PostgresServer server, string application)
    {
        var rows = await server.QueryAsync(
            $"SELECT pid FROM pg_stat_activity WHERE application_name = '{application}'", cancellationToken: Token);
        return [.. rows.Select(row => row[0])];
    }
}
