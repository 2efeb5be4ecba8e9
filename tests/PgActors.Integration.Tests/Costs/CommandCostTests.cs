using PgActors.Integration.Tests.Cancelling;
using PgActors.Runtime;

namespace PgActors.Integration.Tests.Costs;

/// <summary>What commands cost that share sessions, or take one each: bytes beside the caller's own result, and trips to the kernel.</summary>
[Collection(nameof(ProcessWide))]
public sealed class CommandCostTests(TestServers servers)
{
    private const int Callers = 64;

    private readonly TrafficMeter _meter = new();

    // Taken once: to ask for it takes memory.
    private readonly CancellationToken _token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lone_query_of_one_row_takes_one_send_and_next_to_no_memory()
    {
        const int queries = 2_000;
        await using var db = await OpenAsync("");

        var cost = await Cost.MeasureAsync(_meter, queries, () => SelectAsync(db, queries));

        Assert.Equal(1, cost.Sends);
        Assert.InRange(cost.Receives, 1, 2);
        Assert.InRange(cost.Bytes, 0, 128);
    }

    [Fact]
    public async Task Queries_of_many_callers_share_sends_and_allocate_next_to_nothing()
    {
        const int each = 100;
        await using var db = await OpenAsync("");

        var cost = await Cost.MeasureAsync(
            _meter, Callers * each, () => Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => SelectAsync(db, each)))));

        // Far fewer where nothing else runs; how many share one is the scheduler's doing.
        Assert.InRange(cost.Sends, 0, 0.75);
        Assert.InRange(cost.Receives, 0, 0.75);
        Assert.InRange(cost.Bytes, 0, 200);
    }

    [Fact]
    public async Task Queries_that_come_while_their_session_is_busy_leave_in_one_send()
    {
        var dispatcher = new HeldDispatcher();
        await using var db = await OpenAsync("shared_sessions=1", ActorRuntime.Default with { Dispatcher = dispatcher });
        await SelectAsync(db, 1);
        var before = _meter.Sends;

        dispatcher.Hold();
        var queries = Enumerable.Range(0, Callers).Select(i => db.QuerySingleAsync<int>($"select {i}", _token).AsTask()).ToArray();
        dispatcher.Release();

        Assert.Equal(Enumerable.Range(0, Callers), await Task.WhenAll(queries));
        Assert.Equal(1, _meter.Sends - before);
    }

    [Fact]
    public async Task Lease_with_one_query_takes_one_send_and_little_memory()
    {
        const int leases = 2_000;
        await using var db = await OpenAsync("max_leased_sessions=8");

        var cost = await Cost.MeasureAsync(_meter, leases, () => LeaseAsync(db, leases));

        Assert.Equal(1, cost.Sends);
        Assert.InRange(cost.Receives, 1, 2);
        Assert.InRange(cost.Bytes, 0, 300);
    }

    [Fact]
    public async Task Leases_that_have_to_wait_take_one_send_and_little_memory()
    {
        // So many that what the callers' own tasks take, and the lists that grow with the pool's moods, does not count.
        const int each = 200;
        await using var db = await OpenAsync("max_leased_sessions=8");

        var cost = await Cost.MeasureAsync(
            _meter, Callers * each, () => Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => LeaseAsync(db, each)))));

        Assert.Equal(1, cost.Sends);
        Assert.InRange(cost.Receives, 1, 2);
        Assert.InRange(cost.Bytes, 0, 300);
    }

    private static long SumBelow(long count) => count * (count - 1) / 2;

    private async Task SelectAsync(PgDatabase db, int count)
    {
        var sum = 0L;
        for (var i = 0; i < count; i++)
            sum += await db.QuerySingleAsync<int>($"select {i}", _token);
        Assert.Equal(SumBelow(count), sum);
    }

    private async Task LeaseAsync(PgDatabase db, int count)
    {
        var sum = 0L;
        for (var i = 0; i < count; i++)
        {
            await using var session = await db.LeaseAsync(_token);
            sum += await session.QuerySingleAsync<int>($"select {i}", _token);
        }

        Assert.Equal(SumBelow(count), sum);
    }

    private Task<PgDatabase> OpenAsync(string parameters, ActorRuntime? runtime = null) => servers.OpenAsync(
        $"sslmode=disable&{parameters}", new PgDatabaseSettings { Connector = _meter, Runtime = runtime ?? ActorRuntime.Default });
}
