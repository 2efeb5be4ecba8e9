namespace PgActors.Integration.Tests.Costs;

/// <summary>What a statement costs that is sent together with others.</summary>
[Collection(nameof(ProcessWide))]
public sealed class SeriesCostTests(TestServers servers)
{
    private const int Rows = 10_000;

    private readonly TrafficMeter _meter = new();

    // Taken once: to ask for it takes memory.
    private readonly CancellationToken _token = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10, BatchMode.Atomic)]
    [InlineData(10, BatchMode.Independent)]
    [InlineData(100, BatchMode.Atomic)]
    [InlineData(100, BatchMode.Independent)]
    public async Task Batch_takes_one_send_and_little_memory_for_a_statement(int size, BatchMode mode)
    {
        const int statements = 10_000;
        await using var db = await OpenAsync();
        var results = new PgBatchResult<int>[size];

        var cost = await Cost.MeasureAsync(_meter, statements, async () =>
        {
            var sum = 0L;
            for (var left = statements; left > 0; left -= size)
            {
                var batch = db.CreateBatch(mode);
                for (var i = 0; i < size; i++)
                    results[i] = batch.QuerySingle<int>($"select {i}");
                await batch.RunAsync(_token);
                foreach (var result in results)
                    sum += result.Result;
            }

            Assert.Equal(statements * (size - 1L) / 2, sum);
        });

        Assert.Equal(1.0 / size, cost.Sends);

        // The server flushes at each Sync, of which an atomic batch has one.
        if (mode == BatchMode.Atomic)
            Assert.InRange(cost.Receives * size, 1, 2);
        Assert.InRange(cost.Bytes, 0, 64);
    }

    [Fact]
    public async Task Inserts_awaited_together_share_sends_and_take_little_memory()
    {
        await using var db = await OpenAsync($"max_queued_commands={Rows}");
        await MakeTableAsync(db);
        var inserts = new ValueTask<long>[Rows];

        var cost = await Cost.MeasureAsync(_meter, Rows, async () =>
        {
            await using var transaction = await db.BeginAsync(cancellationToken: _token);
            var inserted = 0L;

            // The first takes BEGIN along, for which the others wait. Each is awaited once, below.
#pragma warning disable CA2012
            for (var i = 0; i < Rows; i++)
                inserts[i] = transaction.ExecuteAsync($"insert into cost_rows values ({i})", CancellationToken.None);
#pragma warning restore CA2012
            for (var i = 0; i < Rows; i++)
                inserted += await inserts[i];
            Assert.Equal(Rows, inserted);
            await transaction.CommitAsync(_token);
        });

        Assert.InRange(cost.Sends, 0, 0.75);
        Assert.InRange(cost.Bytes, 0, 128);
    }

    [Fact]
    public async Task Inserts_in_bulk_share_sends_and_take_little_memory()
    {
        await using var db = await OpenAsync();
        await MakeTableAsync(db);

        var cost = await Cost.MeasureAsync(_meter, Rows, async () =>
        {
            var result = await db.ExecuteManyAsync(
                BatchMode.Atomic, Enumerable.Range(0, Rows), (bulk, i) => bulk.Add($"insert into cost_rows values ({i})"), _token);
            Assert.Equal(Rows, result.Rows);
        });

        Assert.InRange(cost.Sends, 0, 0.1);
        Assert.InRange(cost.Bytes, 0, 128);
    }

    // A name that is part of the text, as it mostly is.
    private async Task MakeTableAsync(PgDatabase db) =>
        await db.ExecuteAsync("create unlogged table if not exists cost_rows (n int)", _token);

    private Task<PgDatabase> OpenAsync(string parameters = "") =>
        servers.OpenAsync($"sslmode=disable&{parameters}", new PgDatabaseSettings { Connector = _meter });
}
