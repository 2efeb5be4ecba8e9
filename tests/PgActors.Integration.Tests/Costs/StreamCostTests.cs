namespace PgActors.Integration.Tests.Costs;

/// <summary>What a row costs that is streamed.</summary>
[Collection(nameof(ProcessWide))]
public sealed class StreamCostTests(TestServers servers)
{
    private const int Rows = 100_000;

    // Of each text in the mixed rows, so that it is known what the strings take.
    private const int TextLength = 16;

    private readonly TrafficMeter _meter = new();

    private readonly CancellationToken _token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_of_a_number_allocate_nothing()
    {
        await using var db = await OpenAsync();

        var cost = await Cost.MeasureAsync(_meter, Rows, async () =>
        {
            var sum = 0L;
            await foreach (var value in db.Query<long>($"select generate_series(1::int8, {Rows})").WithCancellation(_token))
                sum += value;
            Assert.Equal((long)Rows * (Rows + 1) / 2, sum);
        });

        Assert.InRange(cost.Bytes, 0, 1);
        Assert.InRange(cost.Receives, 0, 0.01);
    }

    [Fact]
    public async Task Rows_of_mixed_columns_allocate_nothing_but_their_strings()
    {
        await using var db = await OpenAsync();
        var ofStrings = BytesOfString();

        var cost = await Cost.MeasureAsync(_meter, Rows, async () =>
        {
            var characters = 0L;
            var rows = db.Query<(int Int4, long Int8, double Float8, string Text, DateTime Time, bool Truth)>(
                $"""
                select i::int4, i::int8, i::float8, lpad(i::text, {TextLength}, '0'), timestamptz 'epoch' + i * interval '1 second', i % 3 = 0
                from generate_series(1, {Rows}) as i
                """);
            await foreach (var row in rows.WithCancellation(_token))
                characters += row.Text.Length;
            Assert.Equal((long)Rows * TextLength, characters);
        });

        Assert.InRange(cost.Bytes - ofStrings, 0, 1);
        Assert.InRange(cost.Receives, 0, 0.05);
    }

    private static double BytesOfString()
    {
        const int strings = 1_000;
        var all = new string[strings];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < strings; i++)
            all[i] = new string('x', TextLength);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(all);
        return (double)bytes / strings;
    }

    private Task<PgDatabase> OpenAsync() => servers.OpenAsync("sslmode=disable", new PgDatabaseSettings { Connector = _meter });
}
