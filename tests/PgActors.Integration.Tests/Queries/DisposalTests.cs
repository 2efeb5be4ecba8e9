using PgActors.Sessions;

namespace PgActors.Integration.Tests.Queries;

/// <summary>Closing a database while work is under way: everybody gets an answer, and nothing stays behind on the server.</summary>
public sealed class DisposalTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Command_in_flight_may_end()
    {
        const long Key = 70_001;
        await using var other = await servers.OpenAsync("shared_sessions=1");
        await using var holder = await other.LeaseAsync(Token);
        await holder.ExecuteAsync($"select pg_advisory_lock({Key})", Token);
        var db = await servers.OpenAsync("shared_sessions=1");
        var blocked = db.QuerySingleAsync<string>($"select 'done' from pg_advisory_xact_lock({Key}) /* disposal-1 */", Token);
        await servers.UntilRunningAsync("/* disposal-1 */");

        var disposal = db.DisposeAsync();
        Assert.False(disposal.IsCompleted);
        await holder.ExecuteAsync($"select pg_advisory_unlock({Key})", Token);

        Assert.Equal("done", await blocked);
        await disposal;
    }

    [Fact]
    public async Task Command_that_does_not_end_in_time_is_cancelled()
    {
        var db = await servers.OpenAsync("shared_sessions=1&cancellation_timeout=300ms");
        var endless = db.ExecuteAsync("select pg_sleep(600) /* disposal-2 */", Token);
        await servers.UntilRunningAsync("/* disposal-2 */");

        await db.DisposeAsync();

        var lost = await Assert.ThrowsAsync<PgConnectionException>(async () => await endless);
        Assert.Equal((SessionFailureKind.Closed, Outcome.RolledBack), (lost.Kind, lost.Outcome));
        Assert.Contains("closed before the command had ended, so it was cancelled", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_that_wait_are_answered_as_not_sent()
    {
        const long Key = 70_003;
        await using var other = await servers.OpenAsync("shared_sessions=1");
        await using var holder = await other.LeaseAsync(Token);
        await holder.ExecuteAsync($"select pg_advisory_lock({Key})", Token);
        var db = await servers.OpenAsync("shared_sessions=1&cancellation_timeout=60s");
        Assert.Equal(-1, await db.QuerySingleAsync<int>($"select {-1}", Token));
        var blocked = db.ExecuteAsync($"select pg_advisory_xact_lock({Key}) /* disposal-3 */", Token);
        await servers.UntilRunningAsync("/* disposal-3 */");
        var waiting = Enumerable.Range(0, 2_000).Select(n => db.QuerySingleAsync<int>($"select {n}", Token).AsTask()).ToArray();

        var disposal = db.DisposeAsync();
        var late = await Assert.ThrowsAsync<PgConnectionException>(async () => await db.QuerySingleAsync<int>("select 1", Token));
        Assert.Equal((SessionFailureKind.Closed, Outcome.NotSent), (late.Kind, late.Outcome));
        await holder.ExecuteAsync($"select pg_advisory_unlock({Key})", Token);
        await disposal;
        await blocked;

        // The first were on their way already and have their rows; of the others not one byte was sent.
        var answered = 0;
        for (var n = 0; n < waiting.Length; n++)
        {
            try
            {
                Assert.Equal(n, await waiting[n]);
                answered++;
            }
            catch (PgConnectionException refused)
            {
                Assert.Equal((SessionFailureKind.Closed, Outcome.NotSent), (refused.Kind, refused.Outcome));
            }
        }

        Assert.InRange(answered, 1, waiting.Length - 1);
    }

    [Fact]
    public async Task Stream_in_the_middle_ends_with_an_error()
    {
        var db = await servers.OpenAsync("shared_sessions=1&cancellation_timeout=300ms&max_leased_sessions=1");
        await using var rows = db.Query<int>("select generate_series(1, 2000000000)").GetAsyncEnumerator(Token);
        Assert.True(await rows.MoveNextAsync());
        var waiting = db.Query<int>("select 1").ToListAsync(Token);

        await db.DisposeAsync();

        Assert.Equal(Outcome.NotSent, (await Assert.ThrowsAsync<PgConnectionException>(async () => await waiting)).Outcome);
        var ended = await Assert.ThrowsAsync<PgConnectionException>(async () =>
        {
            while (await rows.MoveNextAsync())
            {
            }
        });
        Assert.Equal(SessionFailureKind.Closed, ended.Kind);
        Assert.False(await rows.MoveNextAsync());
    }

    [Fact]
    public async Task Closed_database_refuses_and_closes_again_without_harm()
    {
        var db = await servers.OpenAsync();
        await db.DisposeAsync();
        await db.DisposeAsync();

        var refused = await Assert.ThrowsAsync<PgConnectionException>(async () => await db.ExecuteAsync("select 1", Token));
        Assert.Contains("was closed", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PgConnectionException>(async () => await db.Query<int>("select 1").ToListAsync(Token));
    }

    [Fact]
    public async Task Nothing_stays_behind_on_the_server()
    {
        var db = await servers.OpenAsync("shared_sessions=3&application_name=leaves-nothing");
        await using (db)
        {
            var rows = db.Query<int>("select generate_series(1, 1000)");
            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => rows.CountAsync(Token).AsTask()));
            await foreach (var _ in db.Query<int>("select generate_series(1, 2000000000)").WithCancellation(Token))
                break;
        }

        var server = await servers.GetAsync();

        // A process takes a moment to leave after its client has said good-bye.
        await server.UntilSessionsAsync("leaves-nothing", 0);
    }
}
