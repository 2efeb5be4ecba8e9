namespace PgActors.Integration.Tests.Queries;

/// <summary>What a statement leaves behind in a shared session without its text showing it.</summary>
public sealed class LeftBehindTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(18)]
    [InlineData(14)]
    public async Task Setting_changed_inside_a_function_is_gone_for_the_next_caller(int major)
    {
        await using var db = await servers.OpenAsync(major, "shared_sessions=1");
        var resets = new TaskCompletionSource<PgSessionResetEvent>();
        using var watch = db.Events.Subscribe(happened =>
        {
            if (happened is PgSessionResetEvent reset)
                resets.TrySetResult(reset);
        });
        var before = await db.QuerySingleAsync<string>("select current_setting('TimeZone')", Token);

        await db.ExecuteAsync("do $$ begin perform set_config('TimeZone', 'Asia/Tokyo', false); end $$", Token);

        Assert.Equal(before, await db.QuerySingleAsync<string>("select current_setting('TimeZone')", Token));
        Assert.Contains("TimeZone", (await resets.Task.WaitAsync(Token)).Reason, StringComparison.Ordinal);
        Assert.Equal(3, await db.QuerySingleAsync<int>($"select {1} + {2}", Token));
    }

    [Fact]
    public async Task Subscription_made_inside_a_function_is_dropped_when_it_speaks()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        await db.ExecuteAsync("do $$ begin listen sneaked; end $$", Token);
        Assert.Equal(1, await db.QuerySingleAsync<long>("select count(*) from pg_listening_channels()", Token));

        await db.ExecuteAsync("notify sneaked", Token);

        Assert.Equal(0, await db.QuerySingleAsync<long>("select count(*) from pg_listening_channels()", Token));
    }
}
