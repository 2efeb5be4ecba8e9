namespace PgActors.Integration.Tests.Types;

public sealed class RowTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tuples_take_columns_by_position_whatever_their_number()
    {
        await using var db = await servers.OpenAsync();

        Assert.Equal(("a", 1), await db.QuerySingleAsync<(string, int)>("select 'a', 1", Token));
        Assert.Equal(
            (1, 2, 3, 4, 5, 6, 7, 8L, "nine", (int?)null),
            await db.QuerySingleAsync<(int, int, int, int, int, int, int, long, string, int?)>(
                "select 1, 2, 3, 4, 5, 6, 7, 8::bigint, 'nine', null::int", Token));
    }

    [Fact]
    public async Task Records_classes_and_structs_take_columns_by_name()
    {
        await using var db = await servers.OpenAsync();
        const string Sql = "select 12.50::numeric as total, 7 as order_id, null::text as note, now() as created_at";

        var record = await db.QuerySingleAsync<Order>(Sql, Token);
        Assert.Equal((7, 12.50m, null), (record.OrderId, record.Total, record.Note));
        Assert.Equal(DateTimeKind.Utc, record.CreatedAt.Kind);
        var properties = await db.QuerySingleAsync<OrderProperties>(Sql, Token);
        Assert.Equal((7, 12.50m, null), (properties.OrderId, properties.Sum, properties.Note));
        Assert.Equal(7, (await db.QuerySingleAsync<OrderStruct>(Sql, Token)).OrderId);
    }

    [Fact]
    public async Task Streamed_rows_stay_as_they_are_when_kept()
    {
        await using var db = await servers.OpenAsync();

        var rows = await db.Query<(int, string, byte[], int[])>(
            """
            select n, repeat(chr(65 + n % 26), 100), decode(repeat('ab', n % 50), 'hex'), array[n, n + 1]
            from generate_series(0, 19999) n
            """).ToListAsync(Token);

        Assert.Equal(20_000, rows.Count);
        for (var n = 0; n < rows.Count; n++)
        {
            var (number, text, bytes, array) = rows[n];
            Assert.Equal((n, new string((char)(65 + n % 26), 100)), (number, text));
            Assert.Equal((n % 50, n, n + 1), (bytes.Length, array[0], array[1]));
            Assert.DoesNotContain(bytes, value => value != 0xAB);
        }
    }

    public sealed record Order(int OrderId, decimal Total, string? Note, DateTime CreatedAt);

    public sealed class OrderProperties
    {
        public required int OrderId { get; init; }

        [PgColumn("total")]
        public decimal Sum { get; set; }

        public string? Note { get; set; } = "replaced";

        public DateTimeOffset CreatedAt { get; set; }
    }

    public struct OrderStruct
    {
        public int OrderId { get; set; }

        public decimal Total { get; set; }

        public string? Note { get; set; }

        public DateTime CreatedAt { get; set; }
    }
}
