namespace PgActors.Integration.Tests.Security;

/// <summary>The majors between those of the matrix, in the small.</summary>
public sealed class OtherMajorsTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(14)]
    [InlineData(16)]
    [InlineData(17)]
    public async Task Major_answers_streams_and_cancels(int major)
    {
        await using var db = await servers.OpenAsync(major, "shared_sessions=1");

        Assert.Equal(major, await db.QuerySingleAsync<int>("select current_setting('server_version_num')::int / 10000", Token));
        Assert.Equal(50_000, await db.Query<int>("select generate_series(1, 50000)").CountAsync(Token));

        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var endless = db.QuerySingleAsync<string>("select pg_sleep(600)::text /* smoke */", cancellation.Token);
        await servers.UntilRunningAsync("/* smoke */", major: major);
        await cancellation.CancelAsync();
        var cancelled = await Assert.ThrowsAsync<PgCanceledException>(async () => await endless);

        Assert.Equal(Outcome.RolledBack, cancelled.Outcome);
        Assert.Equal(1, await db.QuerySingleAsync<int>("select 1", Token));
    }
}
