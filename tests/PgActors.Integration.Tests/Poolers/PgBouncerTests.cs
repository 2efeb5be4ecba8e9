using PgActors.Testing;

namespace PgActors.Integration.Tests.Poolers;

/// <summary>Behind a pooler that may give each transaction another session of the server.</summary>
public sealed class PgBouncerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("session", "")]
    [InlineData("session", "&statement_cache_size=0")]
    [InlineData("session", "&always_describe=1")]
    [InlineData("transaction", "")]
    [InlineData("transaction", "&statement_cache_size=0")]
    public async Task Every_caller_gets_its_own_answer(string mode, string parameters)
    {
        var server = await PostgresServer.Shared();
        await using var bouncer = await PgBouncer.StartAsync(server, mode, servers: 6);
        await using var db = await bouncer.OpenAsync("shared_sessions=4&max_leased_sessions=2" + parameters);

        for (var round = 0; round < 5; round++)
        {
            var answers = Enumerable.Range(0, 200).Select(async i => (i % 3) switch
            {
                0 => await db.QuerySingleAsync<int>($"select {i} + 0", Token),
                1 => (await db.QuerySingleAsync<(int, string)>($"select {i}, 'text'", Token)).Item1,
                _ => (int)await db.QuerySingleAsync<long>($"select {(long)i} * 1", Token),
            });
            Assert.Equal(Enumerable.Range(0, 200), await Task.WhenAll(answers));
            Assert.Equal(
                Enumerable.Range(1, 1_000), await db.Query<int>($"select g from generate_series(1, {1_000}) g").ToListAsync(Token));
        }
    }

    [Theory]
    [InlineData("session", "")]
    [InlineData("session", "&statement_cache_size=0")]
    [InlineData("transaction", "&statement_cache_size=0")]
    public async Task Transactions_batches_and_cursors_are_whole(string mode, string parameters)
    {
        var server = await PostgresServer.Shared();
        await using var bouncer = await PgBouncer.StartAsync(server, mode, servers: 6);
        await using var db = await bouncer.OpenAsync("shared_sessions=2&max_leased_sessions=3" + parameters);
        var table = Tables.NewName("pooled");
        await db.ExecuteAsync($"create table {table} (id int)", Token);

        await Task.WhenAll(Enumerable.Range(0, 30).Select(async i =>
        {
            await db.InTransactionAsync(
                async tx =>
                {
                    await tx.ExecuteAsync($"insert into {table} values ({i})", Token);
                    Assert.Equal(1, await tx.QuerySingleAsync<long>($"select count(*) from {table} where id = {i}", Token));
                    Assert.Equal(500, (await tx.Query<int>($"select g from generate_series(1, {500}) g").ToListAsync(Token)).Count);
                },
                cancellationToken: Token);
            var batch = db.CreateBatch(BatchMode.Atomic);
            batch.Execute($"insert into {table} values ({1_000 + i})");
            batch.Execute($"select 1 / {i % 2}");
            var counts = await batch.TryRunAsync(Token);
            Assert.Equal(i % 2 == 0 ? 0 : 2, counts.Succeeded);
        }));
        await db.ExecuteManyAsync(
            BatchMode.Atomic, Enumerable.Range(2_000, 500), (bulk, i) => bulk.Add($"insert into {table} values ({i})"), Token);

        Assert.Equal(30 + 15 + 500, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
        Assert.Equal(0, await db.QuerySingleAsync<long>($"select count(*) from {table} where id >= 1000 and id < 2000 and id % 2 = 0", Token));
    }

    // A pooler gives its server to whoever waits for one with the end of each transaction. That of others must not be taken for the end of a
    // batch of which a part is still to come.
    [Theory]
    [InlineData(300, 100)]
    [InlineData(300, 10_000)]
    [InlineData(20, 1_000_000)]
    public async Task Large_batch_behind_others_stays_whole(int commands, int bytes)
    {
        var server = await PostgresServer.Shared();
        await using var bouncer = await PgBouncer.StartAsync(server, "transaction", servers: 1);
        await using var db = await bouncer.OpenAsync("shared_sessions=1&statement_cache_size=0");
        await using var others = await bouncer.OpenAsync("shared_sessions=4&statement_cache_size=0");
        var table = Tables.NewName("large");
        await db.ExecuteAsync($"create table {table} (id int, filling text)", Token);
        var filling = new string('x', bytes);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var disturbing = Enumerable.Range(0, 4).Select(i => Task.Run(() => DisturbAsync(i), Token)).ToArray();

        for (var round = 1; round <= 5; round++)
        {
            var before = db.QuerySingleAsync<int>($"select {round} from pg_sleep({0.05})", Token).AsTask();
            var batch = db.CreateBatch(BatchMode.Atomic);
            for (var i = 0; i < commands; i++)
                batch.Execute($"insert into {table} values ({i}, {filling})");
            var run = batch.RunAsync(Token).AsTask();
            var behind = Enumerable.Range(0, 20).Select(async i => await db.QuerySingleAsync<int>($"select {i}", Token)).ToArray();

            Assert.Equal(round, await before);
            await run;
            Assert.Equal(Enumerable.Range(0, 20), await Task.WhenAll(behind));
            Assert.Equal(round * commands, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
        }

        await enough.CancelAsync();
        await Task.WhenAll(disturbing);

        async Task DisturbAsync(int i)
        {
            while (!enough.IsCancellationRequested)
                Assert.Equal(i, await others.QuerySingleAsync<int>($"select {i}", Token));
        }
    }

    // A transaction may come to a server that has never seen the names of its session, and an error in it cannot be undone for the one
    // statement. Whoever uses transactions behind such a pooler does without names.
    [Fact]
    public async Task Named_statements_behind_a_transaction_pooler_cost_whole_transactions_and_never_parts_of_them()
    {
        var server = await PostgresServer.Shared();
        await using var bouncer = await PgBouncer.StartAsync(server, "transaction", servers: 6);
        await using var db = await bouncer.OpenAsync("shared_sessions=2&max_leased_sessions=3");
        var table = Tables.NewName("pooled_names");
        await db.ExecuteAsync($"create table {table} (id int)", Token);

        async Task<bool> TryAsync(int i)
        {
            try
            {
                await db.InTransactionAsync(
                    async tx =>
                    {
                        await tx.ExecuteAsync($"insert into {table} values ({i})", Token);
                        await tx.ExecuteAsync($"insert into {table} values ({-i})", Token);
                    },
                    cancellationToken: Token);
                return true;
            }
            catch (PgServerException refused)
            {
                Assert.Contains(refused.SqlState, (string[])[SqlStates.InvalidSqlStatementName, SqlStates.DuplicatePreparedStatement]);
                Assert.Equal(Outcome.RolledBack, refused.Outcome);
                return false;
            }
        }

        var committed = await Task.WhenAll(Enumerable.Range(1, 60).Select(TryAsync));

        Assert.Equal(
            committed.Index().Where(one => one.Item).SelectMany(one => (int[])[one.Index + 1, -one.Index - 1]).Order(),
            (await db.Query<int>($"select id from {table}").ToListAsync(Token)).Order());
        Assert.Contains(true, committed);
    }

    [Fact]
    public async Task Cancel_goes_through_the_pooler_to_the_right_command()
    {
        var server = await PostgresServer.Shared();
        await using var bouncer = await PgBouncer.StartAsync(server, "transaction", servers: 4);
        await using var db = await bouncer.OpenAsync("shared_sessions=2&statement_cache_size=0&command_timeout=1");

        var overdue = await Assert.ThrowsAsync<PgTimeoutException>(
            async () => await db.QuerySingleAsync<int>($"select 1 from pg_sleep({600.0})", Token));

        Assert.Equal(Outcome.RolledBack, overdue.Outcome);
        Assert.Equal(5, await db.QuerySingleAsync<int>($"select {5}", Token));
    }
}
