namespace PgActors.Integration.Tests.Queries;

public sealed class StreamTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_of_no_rows_is_empty()
    {
        await using var db = await servers.OpenAsync();

        Assert.Empty(await db.Query<int>("select 1 where false").ToListAsync(Token));
        Assert.Empty(await db.Query<int>("select 1 where false").WithFetchSize(10).ToListAsync(Token));
    }

    [Fact]
    public async Task Query_runs_anew_at_each_enumeration()
    {
        await using var db = await servers.OpenAsync("max_leased_sessions=1");
        var table = Tables.NewName("again");
        await db.ExecuteAsync($"create table {table} (id int)", Token);
        var query = db.Query<int>($"insert into {table} select {7} returning id");

        Assert.Equal(0, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
        Assert.Equal([7], await query.ToListAsync(Token));
        Assert.Equal([7], await query.ToListAsync(Token));
        Assert.Equal(2, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    // Against the contract of enumerators, but streams of others do it when they are cancelled.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Consumer_that_leaves_while_it_waits_gives_its_session_back(bool inTransaction)
    {
        await using var db = await servers.OpenAsync("shared_sessions=1&max_leased_sessions=1");
        await using (var tx = inTransaction ? await db.BeginAsync(cancellationToken: Token) : null)
        {
            var rows = ((PgCommands?)tx ?? db).Query<int>("select 1 from pg_sleep(600) /* leaves while it waits */").GetAsyncEnumerator(Token);
            var move = rows.MoveNextAsync().AsTask();
            await servers.UntilRunningAsync("/* leaves while it waits */");

            await rows.DisposeAsync();

            Assert.Equal(Outcome.RolledBack, (await Assert.ThrowsAsync<PgCanceledException>(() => move)).Outcome);
        }

        await using var session = await db.LeaseAsync(Token);
        Assert.Equal(1, await session.QuerySingleAsync<int>("select 1", Token));
    }

    [Theory]
    [InlineData(64 << 10)]
    [InlineData(1)]
    [InlineData(16 << 20)]
    public async Task Rows_larger_than_a_slab_arrive_whole(long window)
    {
        await using var db = await servers.OpenAsync();
        var n = 0;

        await foreach (var (number, text) in db.Query<(int, string)>(
            "select n, repeat(chr(65 + n), 1048576 + n) from generate_series(0, 19) n").WithWindow(window).WithCancellation(Token))
        {
            Assert.Equal(n, number);
            Assert.Equal((1_048_576 + n, n), (text.Length, text[0] - 65));
            Assert.False(text.AsSpan().ContainsAnyExcept(text[0]));
            n++;
        }

        Assert.Equal(20, n);
    }

    [Theory]
    [InlineData(100, 50)]
    [InlineData(100, 100)]
    [InlineData(100, 1)]
    [InlineData(100, 33)]
    [InlineData(100, 1_000)]
    [InlineData(10_000, 7)]
    [InlineData(0, 7)]
    public async Task Fetching_in_parts_gives_all_rows_once(int rows, int fetchSize)
    {
        await using var db = await servers.OpenAsync("max_leased_sessions=1");
        var query = db.Query<int>($"select generate_series(1, {rows})").WithFetchSize(fetchSize);

        for (var i = 0; i < 2; i++)
            Assert.Equal(Enumerable.Range(1, rows), await query.ToListAsync(Token));
    }

    [Fact]
    public async Task Fetching_in_parts_with_a_small_window_gives_all_rows()
    {
        await using var db = await servers.OpenAsync("max_leased_sessions=1");

        Assert.Equal(
            Enumerable.Range(1, 5_000),
            await db.Query<int>("select generate_series(1, 5000)").WithFetchSize(500).WithWindow(100).ToListAsync(Token));
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(null, 5_000)]
    [InlineData(1, 1)]
    [InlineData(50, 1)]
    [InlineData(50, 50)]
    [InlineData(50, 51)]
    [InlineData(50, 100)]
    public async Task Breaking_out_gives_the_same_session_back_at_once(int? fetchSize, int taken)
    {
        await using var db = await servers.OpenAsync("max_leased_sessions=1");
        var endless = db.Query<(int, int)>("select generate_series(1, 2000000000), pg_backend_pid()");
        if (fetchSize is { } rows)
            endless = endless.WithFetchSize(rows);
        var processes = new HashSet<int>();

        for (var i = 0; i < 5; i++)
        {
            var next = 1;
            await foreach (var (n, process) in endless.WithCancellation(Token))
            {
                processes.Add(process);
                Assert.Equal(next, n);
                if (next++ == taken)
                    break;
            }
        }

        processes.Add(await db.Query<int>("select pg_backend_pid()").FirstAsync(Token));
        Assert.Single(processes);
    }

    [Fact]
    public async Task Consumers_exception_gives_the_session_back()
    {
        await using var db = await servers.OpenAsync("max_leased_sessions=1");

        await Assert.ThrowsAsync<FormatException>(async () =>
        {
            await foreach (var n in db.Query<int>("select generate_series(1, 1000000)").WithCancellation(Token))
                throw new FormatException($"{n}");
        });

        Assert.Equal([1], await db.Query<int>("select 1").ToListAsync(Token));
    }

    [Fact]
    public async Task Error_in_the_middle_comes_after_the_rows_before_it()
    {
        await using var db = await servers.OpenAsync("max_leased_sessions=1");
        var query = db.Query<int>("select 100 / (50 - n) from generate_series(1, 100) n").WithFetchSize(10);
        var seen = new List<int>();

        var error = await Assert.ThrowsAsync<PgServerException>(async () =>
        {
            await foreach (var n in query.WithCancellation(Token))
                seen.Add(n);
        });

        Assert.Equal(SqlStates.DivisionByZero, error.SqlState);
        Assert.Equal(49, seen.Count);
        Assert.Equal([1], await db.Query<int>("select 1").ToListAsync(Token));
    }

    [Fact]
    public async Task Cancelled_stream_ends_and_gives_its_session_back()
    {
        await using var db = await servers.OpenAsync("max_leased_sessions=1");
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var seen = 0;

        var cancelled = await Assert.ThrowsAsync<PgCanceledException>(async () =>
        {
            await foreach (var n in db.Query<int>("select generate_series(1, 2000000000)").WithCancellation(cancellation.Token))
            {
                if (++seen == 1_000)
                    await cancellation.CancelAsync();
            }
        });

        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        Assert.Equal([1], await db.Query<int>("select 1").ToListAsync(Token));
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(4, 40)]
    [InlineData(1, 10)]
    public async Task Parallel_streams_share_the_sessions_there_may_be(int sessions, int streams)
    {
        await using var db = await servers.OpenAsync($"shared_sessions=1&max_leased_sessions={sessions}");

        var sums = await Task.WhenAll(Enumerable.Range(0, streams).Select(async i =>
        {
            var sum = 0L;
            await foreach (var n in db.Query<int>($"select n + {i} from generate_series(1, 20000) n").WithCancellation(Token))
                sum += n;
            return sum - 20_000L * i;
        }));

        Assert.All(sums, sum => Assert.Equal(200_010_000, sum));
        Assert.InRange(db.SessionCount, 2, 1 + sessions);
    }

    [Fact]
    public async Task Stream_that_waits_for_a_session_can_be_cancelled()
    {
        await using var db = await servers.OpenAsync("max_leased_sessions=1");
        await using var holder = db.Query<int>("select generate_series(1, 2000000000)").GetAsyncEnumerator(Token);
        Assert.True(await holder.MoveNextAsync());
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var waiting = db.Query<int>("select 1").ToListAsync(cancellation.Token);
        Assert.False(waiting.IsCompleted);
        await cancellation.CancelAsync();

        var cancelled = await Assert.ThrowsAsync<PgCanceledException>(async () => await waiting);
        Assert.Equal(Outcome.NotSent, cancelled.Outcome);
        Assert.True(await holder.MoveNextAsync());
        Assert.Equal(2, holder.Current);
    }

    [Fact]
    public async Task Stalled_consumer_holds_up_nobody_else()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var endless = db.Query<string>("select repeat('x', 1000 + 0 * generate_series(1, 2000000000))");
        await using var stalled = endless.GetAsyncEnumerator(Token);
        Assert.True(await stalled.MoveNextAsync());

        for (var i = 0; i < 50; i++)
            Assert.Equal([i], await db.Query<int>($"select {i}").ToListAsync(Token));
        Assert.Equal(1, await db.QuerySingleAsync<int>("select 1", Token));
        Assert.True(await stalled.MoveNextAsync());
    }
}
