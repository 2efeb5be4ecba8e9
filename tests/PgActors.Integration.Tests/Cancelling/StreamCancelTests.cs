using PgActors.Testing;

namespace PgActors.Integration.Tests.Cancelling;

public sealed class StreamCancelTests
{
    private const string Endless = "select i from (select generate_series(1, 2000000000) as i) s";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(5_000)]
    [InlineData(300_000)]
    public async Task Token_ends_a_stream_in_the_middle_and_its_session_serves_the_next(int rows)
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync("shared_sessions=1&max_leased_sessions=1&application_name=midway" + rows);
        var process = await LeasedProcessAsync(db);
        using var cancel = new CancellationTokenSource();
        var seen = 0;

        var canceled = await Assert.ThrowsAsync<PgCanceledException>(async () =>
        {
            await foreach (var row in db.Query<int>(Endless).WithCancellation(cancel.Token))
            {
                Assert.Equal(++seen, row);
                if (seen == rows)
                    cancel.Cancel();
            }
        });

        Assert.Equal(cancel.Token, canceled.CancellationToken);
        Assert.Equal(Outcome.RolledBack, canceled.Outcome);
        Assert.Equal(process, await LeasedProcessAsync(db));
        await server.UntilSessionsAsync("midway" + rows, 0, "state <> 'idle'");
    }

    [Fact]
    public async Task Stalled_stream_ends_at_its_token_without_being_read()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync("shared_sessions=1&max_leased_sessions=1&application_name=stalled");
        var process = await LeasedProcessAsync(db);
        using var cancel = new CancellationTokenSource();
        await using var rows = db.Query<int>(Endless).GetAsyncEnumerator(cancel.Token);
        Assert.True(await rows.MoveNextAsync());
        await server.UntilSessionsAsync("stalled", 1, "wait_event = 'ClientWrite'");

        cancel.Cancel();

        // Nobody reads on, and yet the server's backend comes to rest.
        await server.UntilSessionsAsync("stalled", 0, "state <> 'idle'");
        await Assert.ThrowsAsync<PgCanceledException>(async () =>
        {
            while (await rows.MoveNextAsync())
            {
            }
        });
        Assert.Equal(process, await LeasedProcessAsync(db));
    }

    [Fact]
    public async Task Half_read_streams_give_the_one_session_back_every_time()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync("shared_sessions=1&max_leased_sessions=1&application_name=halfread");
        var process = await LeasedProcessAsync(db);
        var random = new Random(3);
        for (var i = 0; i < 100; i++)
        {
            var query = i % 2 == 0 ? db.Query<int>(Endless) : db.Query<int>(Endless).WithFetchSize(50);
            var take = random.Next(200);
            var seen = 0;
            await foreach (var row in query.WithCancellation(Token))
            {
                Assert.Equal(++seen, row);
                if (seen > take)
                    break;
            }
        }

        Assert.Equal(process, await LeasedProcessAsync(db));
        Assert.Equal(2, db.SessionCount);
        await server.UntilSessionsAsync("halfread", 0, "state <> 'idle'");
    }

    [Fact]
    public async Task Streams_that_come_to_their_end_as_they_are_cancelled_are_whole_or_cancelled()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync("shared_sessions=1&max_leased_sessions=2&application_name=instant");
        var whole = 0;
        for (var i = 0; i < 200; i++)
        {
            using var cancel = new CancellationTokenSource();
            var seen = 0;
            try
            {
                await foreach (var row in db.Query<int>("select generate_series(1, 2000)").WithCancellation(cancel.Token))
                {
                    if (++seen == i * 10)
                        cancel.Cancel();
                }

                Assert.Equal(2000, seen);
                whole++;
            }
            catch (PgCanceledException)
            {
                Assert.True(seen >= i * 10);
            }
        }

        Assert.True(whole > 0);
        await server.UntilSessionsAsync("instant", 0, "state <> 'idle'");
    }

    [Theory]
    [InlineData(Endless)]
    [InlineData("select generate_series(1, 1000000)")]
    public async Task Stream_that_closing_cuts_short_does_not_look_complete(string sql)
    {
        var server = await PostgresServer.Shared();
        var db = await server.OpenAsync("shared_sessions=1&max_leased_sessions=1&cancellation_timeout=1&application_name=cut");
        await using var rows = db.Query<int>(sql).GetAsyncEnumerator(Token);
        Assert.True(await rows.MoveNextAsync());

        await db.DisposeAsync();

        Assert.Equal("0", await server.AskAsync($"SELECT count(*) FROM pg_stat_activity WHERE application_name = 'cut' AND query = '{sql}'"));
        await Assert.ThrowsAsync<PgConnectionException>(async () =>
        {
            while (await rows.MoveNextAsync())
            {
            }
        });
    }

    [Fact]
    public async Task Waiting_for_a_session_ends_at_the_token_and_the_session_is_not_lost()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync("shared_sessions=1&max_leased_sessions=1");
        using var cancel = new CancellationTokenSource();
        await using (var first = db.Query<int>(Endless).GetAsyncEnumerator(Token))
        {
            Assert.True(await first.MoveNextAsync());
            await using var second = db.Query<int>("select 2").GetAsyncEnumerator(cancel.Token);
            var waiting = second.MoveNextAsync().AsTask();
            cancel.Cancel();
            var canceled = await Assert.ThrowsAsync<PgCanceledException>(() => waiting);
            Assert.Equal(Outcome.NotSent, canceled.Outcome);
            Assert.Equal(cancel.Token, canceled.CancellationToken);
        }

        await LeasedProcessAsync(db);
    }

    private static async Task<int> LeasedProcessAsync(PgDatabase db)
    {
        var process = 0;
        await foreach (var row in db.Query<int>("select pg_backend_pid()").WithCancellation(Token))
            process = row;
        return process;
    }
}
