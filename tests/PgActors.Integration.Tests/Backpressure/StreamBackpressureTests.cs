using PgActors.Rows;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Backpressure;

[Collection(nameof(ProcessWide))]
public sealed class StreamBackpressureTests
{
    private const int Rows = 10_000_000;
    private const long MemoryBound = 8 << 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Consumer_at_its_own_pace_makes_the_server_wait_and_nobody_else()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync("application_name=pace");
        await ReadAsync(db, 1000);
        var (memory, slabs) = Measure();
        await using var rows = db.Query<(int, string)>(
            $"select i, repeat('x', 40) from (select generate_series(1, {Rows}) as i) s").GetAsyncEnumerator(Token);
        var expected = 0;
        for (var round = 0; round < 4; round++)
        {
            for (var i = 0; i < 50_000; i++)
            {
                Assert.True(await rows.MoveNextAsync());
                Assert.Equal(++expected, rows.Current.Item1);
            }

            // The consumer rests; the server fills what lies between, and stops.
            await server.UntilSessionsAsync("pace", 1, "state = 'active' AND wait_event = 'ClientWrite'");
            AssertBounded(memory, slabs);

            // The others go on meanwhile, on shared sessions and with streams of their own.
            var values = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => db.QuerySingleAsync<int>($"select {i}", Token).AsTask()));
            Assert.Equal(Enumerable.Range(0, 200), values);
            await ReadAsync(db, 1000);
        }

        // The rest at full speed, looked at from time to time.
        while (await rows.MoveNextAsync())
        {
            if (++expected % 2_500_000 == 0)
                AssertBounded(memory, slabs);
        }

        Assert.Equal(Rows, expected);
    }

    [Fact]
    public async Task Consumer_who_takes_one_row_of_a_hundred_million_at_a_time_costs_no_memory()
    {
        const long ResidentBound = 64 << 20;
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync("application_name=crawl");
        await ReadAsync(db, 1000);
        var (memory, slabs) = Measure();
        var resident = Environment.WorkingSet;
        await using var rows = db.Query<(int, string)>(
            $"select i, repeat('x', 40) from (select generate_series(1, {100_000_000}) as i) s").GetAsyncEnumerator(Token);

        for (var expected = 1; expected <= 30; expected++)
        {
            // Not before everything between the two is full and nothing moves any more.
            Assert.True(await rows.MoveNextAsync());
            Assert.Equal(expected, rows.Current.Item1);
            await server.UntilSessionsAsync("crawl", 1, "state = 'active' AND wait_event = 'ClientWrite'");
            AssertBounded(memory, slabs);
        }

        Assert.InRange(Environment.WorkingSet - resident, long.MinValue, ResidentBound);
    }

    [Fact]
    public async Task Many_resting_consumers_hold_a_window_each_and_no_more()
    {
        const int Streams = 12;
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync("application_name=windows");
        await ReadAsync(db, 1000);
        var (_, slabs) = Measure();
        var streams = new List<IAsyncEnumerator<int>>();
        for (var i = 0; i < Streams; i++)
        {
            var rows = db.Query<int>($"select i from (select generate_series(1, {Rows}) as i) s").WithWindow(1).GetAsyncEnumerator(Token);
            Assert.True(await rows.MoveNextAsync());
            streams.Add(rows);
        }

        await server.UntilSessionsAsync("windows", Streams, "state = 'active' AND wait_event = 'ClientWrite'");
        Assert.InRange(RowSlab.Outstanding - slabs, 1, 2 * Streams);

        // Each goes on where it was, whichever comes first.
        for (var i = 2; i < 30_000; i++)
        {
            var rows = streams[i % Streams];
            var before = rows.Current;
            Assert.True(await rows.MoveNextAsync());
            Assert.Equal(before + 1, rows.Current);
        }

        foreach (var rows in streams)
            await rows.DisposeAsync();
        await server.UntilSessionsAsync("windows", 0, "state <> 'idle'");
        await ServerFacts.UntilAsync(() => RowSlab.Outstanding <= slabs + Streams, "the slabs had come back");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4_096)]
    [InlineData(1 << 20)]
    public async Task Every_row_arrives_once_and_in_order_whatever_the_window(long window)
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync();
        var expected = 0;
        await foreach (var (i, text) in db.Query<(int, string)>(
            $"select i, repeat('x', i % 3000) from generate_series(1, {20_000}) i").WithWindow(window).WithCancellation(Token))
        {
            Assert.Equal(++expected, i);
            Assert.Equal(i % 3000, text.Length);
        }

        Assert.Equal(20_000, expected);
    }

    [Fact]
    public async Task Slow_observer_makes_the_server_wait()
    {
        var server = await PostgresServer.Shared();
        await using var db = await server.OpenAsync("application_name=observer");
        await ReadAsync(db, 1000);
        var (memory, slabs) = Measure();
        using var mayGoOn = new SemaphoreSlim(0);
        var seen = 0;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = db.Query<int>($"select i from (select generate_series(1, {1_000_000}) as i) s").ToObservable().Subscribe(
            row =>
            {
                if (++seen == 1)
                    mayGoOn.Wait(Token);
                Assert.Equal(seen, row);
            },
            done.SetException,
            done.SetResult);

        await server.UntilSessionsAsync("observer", 1, "state = 'active' AND wait_event = 'ClientWrite'");
        Assert.Equal(1, seen);
        AssertBounded(memory, slabs);
        mayGoOn.Release();
        await done.Task;
        Assert.Equal(1_000_000, seen);
    }

    private static async Task ReadAsync(PgDatabase db, int count)
    {
        var seen = 0;
        await foreach (var row in db.Query<int>($"select generate_series(1, {count})").WithCancellation(Token))
            Assert.Equal(++seen, row);
        Assert.Equal(count, seen);
    }

    private static (long Memory, int Slabs) Measure() => (GC.GetTotalMemory(forceFullCollection: true), RowSlab.Outstanding);

    private static void AssertBounded(long memory, int slabs)
    {
        var now = Measure();
        Assert.InRange(now.Memory - memory, long.MinValue, MemoryBound);

        // The window of 256 KiB, the slab at hand, and the one of each other session.
        Assert.InRange(now.Slabs - slabs, int.MinValue, 12);
    }
}
