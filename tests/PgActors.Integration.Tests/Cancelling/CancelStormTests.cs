using PgActors.Testing;

namespace PgActors.Integration.Tests.Cancelling;

[Collection(nameof(ProcessWide))]
public sealed class CancelStormTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Innocent_commands_on_the_one_shared_session_survive_every_cancel()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync("shared_sessions=1&application_name=storm");
        var process = await db.QuerySingleAsync<int>("select pg_backend_pid()", Token);
        var struck = 0;
        var storm = new CancelStorm(
            async (number, isEndless, cancel) =>
            {
                try
                {
                    return await db.QuerySingleAsync<int>($"select {number} from pg_sleep({(isEndless ? 600.0 : 0.0)})", cancel);
                }
                catch (PgCanceledException canceled) when (canceled.Outcome == Outcome.RolledBack)
                {
                    Interlocked.Increment(ref struck);
                    throw;
                }
            },
            (number, cancel) => db.QuerySingleAsync<int>($"select {number}", cancel).AsTask());

        // When a cancel comes is the scheduler's choice: again, until enough of them came at each of the moments that matter.
        var (outran, innocents) = (0L, 0L);
        for (var seed = 1; struck <= 100 || outran <= 30 || innocents <= 1_000; seed++)
        {
            Assert.True(seed <= 10, $"{struck} on the server, {outran} too late, {innocents} innocents");
            var report = await storm.RunAsync(new CancelStormOptions { Seed = seed }, Token);
            Assert.Empty(report.Failures);
            Assert.Equal(2_000, report.Cancelled + report.Outran);
            (outran, innocents) = (outran + report.Outran, innocents + report.Innocents);
        }

        // Cancelled and drained, never reconnected.
        Assert.Equal(process, await db.QuerySingleAsync<int>("select pg_backend_pid()", Token));
    }

    [Fact]
    public async Task Writes_of_innocents_happen_exactly_once_amid_cancels()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Token);
        await server.QueryAsync("CREATE TABLE written (number int)", cancellationToken: Token);
        await using var db = await server.OpenAsync("shared_sessions=1");
        var storm = new CancelStorm(
            (number, isEndless, cancel) => db.QuerySingleAsync<int>(
                $"select {number} from pg_sleep({(isEndless ? 600.0 : 0.0)})", cancel).AsTask(),
            async (number, cancel) =>
            {
                Assert.Equal(1, await db.ExecuteAsync($"insert into written values ({number})", cancel));
                return number;
            });

        var report = await storm.RunAsync(new CancelStormOptions { Cancels = 500, Seed = 2 }, Token);

        Assert.Empty(report.Failures);
        Assert.Equal($"{report.Innocents}", await server.AskAsync("SELECT count(*) FROM written"));
    }
}
