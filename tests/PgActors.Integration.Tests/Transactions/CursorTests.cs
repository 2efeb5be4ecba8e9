using System.Collections.Concurrent;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Transactions;

/// <summary>Row streams inside a transaction: each a portal, fetched in parts, so that several can be open beside each other and beside single
/// statements.</summary>
public sealed class CursorTests(TestServers servers)
{
    private const int Oldest = 15;
    private const int Rows = 5_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(PostgresServerOptions.NewestMajor, 0)]
    [InlineData(PostgresServerOptions.NewestMajor, 1)]
    [InlineData(PostgresServerOptions.NewestMajor, 7)]
    [InlineData(PostgresServerOptions.NewestMajor, Rows)]
    [InlineData(PostgresServerOptions.NewestMajor, Rows + 1)]
    [InlineData(Oldest, 0)]
    [InlineData(Oldest, 100)]
    public async Task All_rows_come_once_and_in_order(int major, int fetchSize)
    {
        await using var db = await servers.OpenAsync(major, "shared_sessions=1");

        await db.InTransactionAsync(
            async tx =>
            {
                var query = tx.Query<int>($"select generate_series(1, {Rows})").WithWindow(4_096);
                if (fetchSize > 0)
                    query = query.WithFetchSize(fetchSize);
                Assert.Equal(Enumerable.Range(1, Rows), await query.ToListAsync(Token));

                // The same again: the statement is prepared by now, and is not described.
                Assert.Equal(Rows, await query.CountAsync(Token));
            },
            cancellationToken: Token);
    }

    [Fact]
    public async Task Statements_run_between_the_fetches_of_an_open_stream()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = Tables.NewName("cursor_nested");
        await db.ExecuteAsync($"create table {table} (id int, doubled int)", Token);
        await db.ExecuteAsync($"insert into {table} select generate_series(1, 1000)", Token);

        await db.InTransactionAsync(
            async tx =>
            {
                await foreach (var id in tx.Query<int>($"select id from {table} order by id").WithFetchSize(10).WithCancellation(Token))
                    await tx.ExecuteAsync($"update {table} set doubled = {id * 2} where id = {id}", Token);
            },
            cancellationToken: Token);

        Assert.Equal(1_000, await db.QuerySingleAsync<long>($"select count(*) from {table} where doubled = id * 2", Token));
    }

    [Fact]
    public async Task Several_streams_are_read_side_by_side_each_at_its_own_pace()
    {
        const int Streams = 8;
        await using var db = await servers.OpenAsync("shared_sessions=1&max_leased_sessions=1");

        await db.InTransactionAsync(
            async tx =>
            {
                var readers = Enumerable.Range(0, Streams)
                    .Select(i => tx.Query<int>($"select n * {i} from generate_series(1, 3000) n").WithFetchSize(13 + i).GetAsyncEnumerator(Token))
                    .ToArray();

                // Row by row in turn, and one of them not at all before the end.
                for (var row = 1; row <= 3_000; row++)
                {
                    for (var i = 0; i < Streams - 1; i++)
                    {
                        Assert.True(await readers[i].MoveNextAsync());
                        Assert.Equal(row * i, readers[i].Current);
                    }
                }

                for (var row = 1; row <= 3_000; row++)
                    Assert.True(await readers[^1].MoveNextAsync());
                foreach (var reader in readers)
                {
                    Assert.False(await reader.MoveNextAsync());
                    await reader.DisposeAsync();
                }
            },
            cancellationToken: Token);
    }

    [Fact]
    public async Task Streams_read_at_once_by_several_tasks_all_come_to_their_end()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1&max_leased_sessions=1");

        await db.InTransactionAsync(
            async tx =>
            {
                var counts = await Task.WhenAll(Enumerable.Range(1, 20).Select(
                    i => tx.Query<int>($"select generate_series(1, {i * 500})").WithFetchSize(i).CountAsync(Token).AsTask()));
                Assert.Equal(Enumerable.Range(1, 20).Select(i => i * 500), counts);
            },
            cancellationToken: Token);
    }

    [Fact]
    public async Task Streams_read_as_fast_as_they_come_get_equal_shares_of_their_session()
    {
        const int Streams = 6;
        const int Rows = 3_000;
        const int Fetch = 10;
        await using var db = await servers.OpenAsync("shared_sessions=1&max_leased_sessions=1");

        await db.InTransactionAsync(
            async tx =>
            {
                // Who got the next part of its rows, in the order in which the parts came.
                var parts = new ConcurrentQueue<int>();
                var readers = Enumerable.Range(0, Streams)
                    .Select(_ => tx.Query<int>($"select generate_series(1, {Rows})").WithFetchSize(Fetch).GetAsyncEnumerator(Token)).ToArray();
                foreach (var reader in readers)
                    Assert.True(await reader.MoveNextAsync());
                await Task.WhenAll(readers.Select((reader, i) => Task.Run(async () =>
                {
                    for (var row = 2; await reader.MoveNextAsync(); row++)
                    {
                        Assert.Equal(row, reader.Current);
                        if (row % Fetch == 1)
                            parts.Enqueue(i);
                    }
                })));

                // When the first of them had half of its rows, none was far behind.
                var seen = new int[Streams];
                foreach (var part in parts)
                {
                    if (++seen[part] == Rows / Fetch / 2)
                        break;
                }

                Assert.All(seen, count => Assert.InRange(count, Rows / Fetch / 8, Rows / Fetch / 2));
            },
            cancellationToken: Token);
    }

    [Fact]
    public async Task Stream_that_is_left_keeps_nothing_open_and_harms_nobody()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        await using var tx = await db.BeginAsync(cancellationToken: Token);
        for (var i = 0; i < 20; i++)
        {
            await foreach (var _ in tx.Query<int>("select generate_series(1, 2000000000)").WithCancellation(Token))
                break;
        }

        // Each statement closes one of them on its way.
        for (var i = 0; i < 20; i++)
            await tx.ExecuteAsync("select 1", Token);
        Assert.Equal(0, await tx.QuerySingleAsync<long>("select count(*) from pg_cursors where name like 'pga\\_%' and statement like '%2000000000%'", Token));
        await tx.CommitAsync(Token);
    }

    [Fact]
    public async Task Error_in_the_middle_of_a_stream_comes_after_the_rows_before_it_and_fails_the_transaction()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        await using var tx = await db.BeginAsync(cancellationToken: Token);
        var seen = 0;

        var failed = await Assert.ThrowsAsync<PgServerException>(async () =>
        {
            await foreach (var row in tx.Query<int>("select 100 / (25 - n) from generate_series(1, 50) n").WithFetchSize(8).WithCancellation(Token))
                seen++;
        });

        Assert.Equal(SqlStates.DivisionByZero, failed.SqlState);
        Assert.Equal(24, seen);
        await Assert.ThrowsAsync<PgTransactionException>(async () => await tx.ExecuteAsync("select 1", Token));
    }

    [Fact]
    public async Task Cancelled_stream_ends_and_the_transaction_rolls_back()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        await using var tx = await db.BeginAsync(cancellationToken: Token);
        using var source = new CancellationTokenSource();
        var rows = tx.Query<int>("select case when n > 10 then length(pg_sleep(600)::text) else n end from generate_series(1, 20) n /* cursor-cancel */")
            .WithFetchSize(10).GetAsyncEnumerator(source.Token);
        Assert.True(await rows.MoveNextAsync());
        await servers.UntilRunningAsync("/* cursor-cancel */");

        await source.CancelAsync();

        await Assert.ThrowsAsync<PgCanceledException>(async () =>
        {
            while (await rows.MoveNextAsync())
            {
            }
        });
        await rows.DisposeAsync();
        await tx.RollbackAsync();
    }

    [Fact]
    public async Task Stream_that_outlives_its_transaction_says_so()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        await using var tx = await db.BeginAsync(cancellationToken: Token);
        var rows = tx.Query<int>("select generate_series(1, 100000)").WithFetchSize(10).GetAsyncEnumerator(Token);
        Assert.True(await rows.MoveNextAsync());
        await tx.CommitAsync(Token);

        var refused = await Assert.ThrowsAsync<PgUsageException>(async () =>
        {
            while (await rows.MoveNextAsync())
            {
            }
        });

        Assert.Contains("has ended", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adaptive_fetch_outside_a_transaction_brings_all_rows()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var query = db.Query<string>("select repeat('x', n % 500) from generate_series(1, 20000) n").WithWindow(16_384).WithAdaptiveFetchSize();

        Assert.Equal(20_000, await query.CountAsync(Token));
    }
}
