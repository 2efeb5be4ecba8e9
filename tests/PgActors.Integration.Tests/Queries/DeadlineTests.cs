using PgActors.Testing;

namespace PgActors.Integration.Tests.Queries;

public sealed class DeadlineTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Command_over_its_time_is_stopped_on_the_server_and_says_so()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1&command_timeout=300ms&application_name=overdue");
        var table = Tables.NewName("overdue");
        await db.ExecuteAsync($"create table {table} (n int)", Token);

        var overdue = await Assert.ThrowsAsync<PgTimeoutException>(
            async () => await db.ExecuteAsync($"insert into {table} select 1 from pg_sleep({600.0})", Token));

        Assert.Equal(Outcome.RolledBack, overdue.Outcome);
        Assert.Equal(TimeSpan.FromMilliseconds(300), overdue.Timeout);
        Assert.True(overdue.Elapsed >= overdue.Timeout);
        Assert.True(overdue.CancelWasSent);
        Assert.Equal(CommandPhase.Executing, overdue.Phase);
        Assert.Equal(SqlStates.QueryCanceled, overdue.SqlState);
        Assert.Equal(0, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    // As behind a load balancer that acknowledges everything and passes on nothing: keepalive finds no fault there.
    [Theory]
    [InlineData(FaultDirection.ToServer)]
    [InlineData(FaultDirection.ToClient)]
    public async Task Network_that_swallows_everything_costs_a_caller_no_more_than_its_deadlines(FaultDirection direction)
    {
        var server = await servers.GetAsync();
        await using var proxy = FaultProxy.Start(server.TcpEndPoint);
        await using var db = await server.OpenAsync("shared_sessions=1&sslmode=disable&cancellation_timeout=300ms", proxy: proxy);
        var limit = TimeSpan.FromMilliseconds(300);
        Assert.Equal(0, await db.QuerySingleAsync<int>($"select {0}", Token));
        proxy.Connections[0].Stall(direction);

        var overdue = await Assert.ThrowsAsync<PgTimeoutException>(
            async () => await db.WithTimeout(limit).QuerySingleAsync<int>($"select {1}", Token));

        // Both deadlines, and what a busy machine adds.
        Assert.Equal(Outcome.Unknown, overdue.Outcome);
        Assert.InRange(overdue.Elapsed!.Value, 2 * limit, 20 * limit);
        Assert.Equal(2, await db.QuerySingleAsync<int>($"select {2}", Token));
    }

    [Fact]
    public async Task Stream_may_take_longer_than_a_command_once_it_has_begun()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1&command_timeout=1&stream_window_bytes=4096");

        var rows = 0;
        await foreach (var _ in db.Query<int>("select g from generate_series(1, 20) g, pg_sleep(0.1)").WithCancellation(Token))
            rows++;
        var overdue = await Assert.ThrowsAsync<PgTimeoutException>(async () =>
        {
            await foreach (var _ in db.Query<int>("select 1 from pg_sleep(600)").WithCancellation(Token))
            {
            }
        });

        Assert.Equal(20, rows);
        Assert.Equal(Outcome.RolledBack, overdue.Outcome);
    }
}
