using System.Runtime.CompilerServices;

namespace PgActors.Integration.Tests.Batches;

/// <summary>Many commands of one kind out of a source.</summary>
public sealed class BulkTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_rows_arrive_in_their_order()
    {
        await using var db = await servers.OpenAsync();
        var table = Tables.NewName("bulk_rows");
        await db.ExecuteAsync($"create table {table} (at bigserial, n int, text text)", Token);

        var result = await db.ExecuteManyAsync(
            BatchMode.Independent,
            Enumerable.Range(0, 10_000),
            (bulk, n) => bulk.Add($"insert into {table} (n, text) values ({n}, {$"row {n}"})"),
            Token);

        Assert.Equal((10_000, 10_000), (result.Items, result.Rows));
        Assert.Equal(new PgBatchCounts(10_000, 0, 0, 0, 0, 0), result.Commands);
        Assert.Empty(result.Failures);
        Assert.Equal(
            Enumerable.Range(0, 10_000).Select(n => (n, $"row {n}")),
            await db.Query<(int, string)>($"select n, text from {table} order by at").ToListAsync(Token));
    }

    [Fact]
    public async Task Commands_that_fail_fail_alone_and_are_told()
    {
        await using var db = await servers.OpenAsync();
        var table = Tables.NewName("bulk_failures");
        await db.ExecuteAsync($"create table {table} (n int primary key)", Token);
        await db.ExecuteAsync($"insert into {table} values (7), (300), (999)", Token);
        void Insert(PgBulkWriter bulk, int n) => bulk.Add($"insert into {table} values ({n})");

        var result = await db.TryExecuteManyAsync(BatchMode.Independent, Enumerable.Range(0, 1000), Insert, Token);

        Assert.Equal(new PgBatchCounts(997, 3, 0, 0, 0, 0), result.Commands);
        Assert.Equal([7L, 300L, 999L], result.Failures.Select(failure => failure.Item));
        Assert.All(result.Failures, failure => Assert.Equal(SqlStates.UniqueViolation, ((PgServerException)failure.Exception).SqlState));
        var thrown = await Assert.ThrowsAsync<PgBulkException>(
            async () => await db.ExecuteManyAsync(BatchMode.Independent, Enumerable.Range(990, 20), Insert, Token));
        Assert.Equal(new PgBatchCounts(10, 10, 0, 0, 0, 0), thrown.Result.Commands);
        Assert.Equal(Outcome.Unknown, thrown.Outcome);
        Assert.Same(thrown.Result.Failures[0].Exception, thrown.InnerException);
        Assert.Equal(Enumerable.Range(0, 1010), await db.Query<int>($"select n from {table} order by n").ToListAsync(Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(1024)]
    public async Task Items_before_a_fault_of_the_source_count(int good)
    {
        await using var db = await servers.OpenAsync();
        var table = Tables.NewName("bulk_fault");
        await db.ExecuteAsync($"create table {table} (n int)", Token);
        IEnumerable<int> Faulty()
        {
            for (var n = 0; n < good; n++)
                yield return n;
            throw new IOException("the file ends here");
        }

        var thrown = await Assert.ThrowsAsync<PgBulkException>(async () => await db.ExecuteManyAsync(
            BatchMode.Independent, Faulty(), (bulk, n) => bulk.Add($"insert into {table} values ({n})"), Token));

        Assert.IsType<IOException>(thrown.InnerException);
        Assert.Equal((good, new PgBatchCounts(good, 0, 0, 0, 0, 0)), (thrown.Result.Items, thrown.Result.Commands));
        Assert.Equal(good, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    [Fact]
    public async Task Source_that_is_slow_does_not_hold_back_what_it_gave()
    {
        await using var db = await servers.OpenAsync();
        var table = Tables.NewName("bulk_slow");
        await db.ExecuteAsync($"create table {table} (n int)", Token);

        // It goes on only when what it gave before is there.
        async IAsyncEnumerable<int> SlowAsync([EnumeratorCancellation] CancellationToken token)
        {
            for (var n = 0; n < 20; n++)
            {
                yield return n;
                await ServerFacts.UntilAsync(
                    await servers.GetAsync(), $"{n + 1}", $"select count(*) from {table}");
                token.ThrowIfCancellationRequested();
            }
        }

        var result = await db.ExecuteManyAsync(
            BatchMode.Independent, SlowAsync(Token), (bulk, n) => bulk.Add($"insert into {table} values ({n})"), Token);

        Assert.Equal(20, result.Rows);
    }

    [Fact]
    public async Task Source_that_is_fast_waits_for_the_server()
    {
        await using var db = await servers.OpenAsync();
        var value = new byte[1 << 20];
        var given = 0;
        var ended = 0;
        var most = 0;
        IEnumerable<int> Fast()
        {
            while (given < 300)
            {
                most = Math.Max(most, ++given - Volatile.Read(ref ended));
                yield return given;
            }
        }

        using var subscription = db.Events.Subscribe(happened => ended += happened is PgNoticeEvent ? 1 : 0);
        var notice = Tables.NewName("bulk_notice");
        await db.ExecuteAsync(
            $"create function {notice}(b bytea) returns int language plpgsql as $f$ begin raise notice 'there'; return length(b); end $f$", Token);
        var result = await db.ExecuteManyAsync(
            BatchMode.Independent, Fast(), (bulk, _) => bulk.Add($"select {notice}({value})"), Token);

        Assert.Equal(300, result.Rows);
        Assert.InRange(most, 1, 100);
    }

    [Fact]
    public async Task Cancelled_bulk_tells_how_far_it_came()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = Tables.NewName("bulk_cancelled");
        await db.ExecuteAsync($"create table {table} (n int)", Token);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        IEnumerable<int> Endless()
        {
            for (var n = 0; ; n++)
            {
                if (n == 5_000)
                    cancel.Cancel();
                yield return n;
            }
        }

        var thrown = await Assert.ThrowsAsync<PgCanceledException>(async () => await db.ExecuteManyAsync(
            BatchMode.Independent, Endless(), (bulk, n) => bulk.Add($"insert into {table} values ({n})"), cancel.Token));

        var result = Assert.IsType<PgBulkException>(thrown.InnerException).Result;
        Assert.InRange(result.Items, 5_000, 6_000);
        Assert.Equal(result.Items, result.Commands.Total);
        Assert.Equal(0, result.Commands.Unknown);
        Assert.Equal(result.Commands.Succeeded, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    [Fact]
    public async Task Refused_statement_ends_the_bulk_before_it_is_sent()
    {
        await using var db = await servers.OpenAsync();
        var thrown = await Assert.ThrowsAsync<PgBulkException>(async () => await db.ExecuteManyAsync(
            BatchMode.Independent, Enumerable.Range(0, 3), (bulk, _) => bulk.Add("set timezone = 'UTC'"), Token));
        Assert.IsType<PgUsageException>(thrown.InnerException);
        Assert.Equal((1, 0), (thrown.Result.Items, thrown.Result.Commands.Total));
    }
}
