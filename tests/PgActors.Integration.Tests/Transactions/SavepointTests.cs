namespace PgActors.Integration.Tests.Transactions;

public sealed class SavepointTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Released_work_stays_and_disposed_work_goes()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = Tables.NewName("sp_basic");
        await db.ExecuteAsync($"create table {table} (id int)", Token);

        await db.InTransactionAsync(
            async tx =>
            {
                await tx.ExecuteAsync($"insert into {table} values (1)", Token);
                await using (var kept = await tx.SavepointAsync(Token))
                {
                    await tx.ExecuteAsync($"insert into {table} values (2)", Token);
                    await kept.ReleaseAsync(Token);
                }

                await using (await tx.SavepointAsync(Token))
                    await tx.ExecuteAsync($"insert into {table} values (3)", Token);
            },
            cancellationToken: Token);

        Assert.Equal([1, 2], await db.Query<int>($"select id from {table} order by id").ToListAsync(Token));
    }

    [Fact]
    public async Task Going_back_heals_a_failed_transaction()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = Tables.NewName("sp_heal");
        await db.ExecuteAsync($"create table {table} (id int primary key)", Token);
        await using var tx = await db.BeginAsync(cancellationToken: Token);
        await tx.ExecuteAsync($"insert into {table} values (1)", Token);

        await using (await tx.SavepointAsync(Token))
            await Assert.ThrowsAsync<PgServerException>(async () => await tx.ExecuteAsync($"insert into {table} values (1)", Token));

        await tx.ExecuteAsync($"insert into {table} values (2)", Token);
        await tx.CommitAsync(Token);
        Assert.Equal([1, 2], await db.Query<int>($"select id from {table} order by id").ToListAsync(Token));
    }

    [Fact]
    public async Task One_can_go_back_several_times()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = Tables.NewName("sp_again");
        await db.ExecuteAsync($"create table {table} (id int)", Token);
        await using var tx = await db.BeginAsync(cancellationToken: Token);
        var savepoint = await tx.SavepointAsync(Token);

        for (var i = 0; i < 3; i++)
        {
            await tx.ExecuteAsync($"insert into {table} values ({i})", Token);
            await savepoint.RollbackAsync(Token);
        }

        await tx.ExecuteAsync($"insert into {table} values (7)", Token);
        await savepoint.ReleaseAsync(Token);
        await tx.CommitAsync(Token);
        Assert.Equal(7, await db.QuerySingleAsync<int>($"select id from {table}", Token));
    }

    [Fact]
    public async Task Failed_transaction_takes_no_new_savepoint()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        await using var tx = await db.BeginAsync(cancellationToken: Token);
        await Assert.ThrowsAsync<PgServerException>(async () => await tx.ExecuteAsync("select 1/0", Token));

        await Assert.ThrowsAsync<PgTransactionException>(async () => await tx.SavepointAsync(Token));
    }
}
