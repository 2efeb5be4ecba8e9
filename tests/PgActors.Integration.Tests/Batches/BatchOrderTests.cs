namespace PgActors.Integration.Tests.Batches;

/// <summary>The commands of an independent batch keep their order, also when some of them have to run again because their prepared statements
/// were stale.</summary>
public sealed class BatchOrderTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stale_command_whose_followers_have_run_is_told_and_not_run_behind_them()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = Tables.NewName("order_mixed");
        await db.ExecuteAsync($"create table {table} (n int)", Token);
        await db.ExecuteAsync($"insert into {table} values (1)", Token);

        (PgBatch, PgBatchResult<long>[]) Fill()
        {
            var batch = db.CreateBatch(BatchMode.Independent);
            return (batch, [batch.Execute($"update {table} set n = n + 1 returning *"), batch.Execute($"update {table} set n = n * 10")]);
        }

        var (first, _) = Fill();
        await first.RunAsync(Token);
        Assert.Equal(20, await db.QuerySingleAsync<int>($"select n from {table}", Token));
        await ChangeAsync(table);

        // The first has other columns now, and the second none.
        var (second, results) = Fill();
        Assert.Equal(new PgBatchCounts(1, 1, 0, 0, 0, 0), await second.TryRunAsync(Token));
        var told = Assert.IsType<PgServerException>(results[0].Exception);
        Assert.Equal((SqlStates.FeatureNotSupported, Outcome.RolledBack, 0), (told.SqlState, told.Outcome, told.BatchIndex));
        Assert.Equal(200, await db.QuerySingleAsync<int>($"select n from {table}", Token));

        var (third, _) = Fill();
        await third.RunAsync(Token);
        Assert.Equal(2010, await db.QuerySingleAsync<int>($"select n from {table}", Token));
    }

    [Fact]
    public async Task Stale_queries_among_queries_run_again()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = Tables.NewName("order_reads");
        await db.ExecuteAsync($"create table {table} (n int)", Token);
        await db.ExecuteAsync($"insert into {table} values (7)", Token);
        for (var round = 0; round < 3; round++)
        {
            var batch = db.CreateBatch(BatchMode.Independent);
            var all = batch.Query<int>($"select n from (select * from {table}) t");
            batch.Execute($"select * from {table}");
            var count = batch.QuerySingle<long>($"select count(*) from {table}");
            await batch.RunAsync(Token);
            Assert.Equal([7], all.Result);
            Assert.Equal(1, count.Result);
            await ChangeAsync(table, round);
        }
    }

    // More than are in flight at a time, and fewer.
    [Theory]
    [InlineData(1_000)]
    [InlineData(40)]
    public async Task Stale_commands_run_again_in_their_order(int size)
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = Tables.NewName("order_same");
        await db.ExecuteAsync($"create table {table} (at bigserial, round int, n int)", Token);
        for (var round = 0; round < 3; round++)
        {
            var batch = db.CreateBatch(BatchMode.Independent);
            for (var n = 0; n < size; n++)
                batch.Execute($"insert into {table} (round, n) values ({round}, {n}) returning *");
            Assert.Equal(new PgBatchCounts(size, 0, 0, 0, 0, 0), await batch.TryRunAsync(Token));
            await ChangeAsync(table, round);
        }

        Assert.Equal(
            Enumerable.Range(0, 3).SelectMany(round => Enumerable.Range(0, size).Select(n => (round, n))),
            await db.Query<(int, int)>($"select round, n from {table} order by at").ToListAsync(Token));
    }

    [Fact]
    public async Task Batch_whose_statements_were_all_deallocated_runs_again_in_its_order()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = Tables.NewName("order_deallocated");
        var forget = Tables.NewName("order_forget");
        await db.ExecuteAsync($"create table {table} (at bigserial, n int)", Token);
        await db.ExecuteAsync(
            $"create function {forget}() returns int language plpgsql as $$ begin execute 'deallocate all'; return 1; end $$", Token);
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(1, await db.QuerySingleAsync<int>($"select {forget}()", Token));
            var batch = db.CreateBatch(BatchMode.Independent);
            batch.Execute($"insert into {table} (n) values (1)");
            batch.Execute($"update {table} set n = n + 1");
            batch.Execute($"update {table} set n = n * 2");
            batch.Execute($"delete from {table} where n <> 4");
            Assert.Equal(new PgBatchCounts(4, 0, 0, 0, 0, 0), await batch.TryRunAsync(Token));
            Assert.Equal([4], await db.Query<int>($"select n from {table}").ToListAsync(Token));
        }
    }

    private async Task ChangeAsync(PgIdentifier table, int column = 0)
    {
        await using var other = await servers.OpenAsync("shared_sessions=1");
        await other.ExecuteAsync($"alter table {table} add column {new PgIdentifier($"c{column}")} int", Token);
    }
}
