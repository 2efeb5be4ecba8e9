namespace PgActors.Integration.Tests.Transactions;

/// <summary>Statements of one transaction that are posted together and awaited together.</summary>
public sealed class ConcurrentStatementTests(TestServers servers)
{
    private const int Statements = 500;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_have_run_when_all_were_awaited()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = await CreateAsync(db);
        await db.InTransactionAsync(
            async tx =>
            {
                await tx.ExecuteAsync($"insert into {table} values ({-1})", Token);
                var counts = await Task.WhenAll(Enumerable.Range(0, Statements).Select(i => tx.ExecuteAsync($"insert into {table} values ({i})", Token).AsTask()));
                Assert.All(counts, count => Assert.Equal(1, count));
            },
            cancellationToken: Token);
        Assert.Equal(Statements + 1, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Statements / 2)]
    [InlineData(Statements - 1)]
    public async Task One_that_fails_is_told_from_those_before_and_behind_it(int culprit)
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = await CreateAsync(db);
        await using var tx = await db.BeginAsync(cancellationToken: Token);
        await tx.ExecuteAsync($"insert into {table} values ({-1})", Token);
        var savepoint = await tx.SavepointAsync(Token);
        var tasks = Enumerable.Range(0, Statements)
            .Select(i => tx.ExecuteAsync($"insert into {table} values ({(i == culprit ? -1 : i)})", Token).AsTask())
            .ToArray();
        await Assert.ThrowsAnyAsync<PgException>(() => Task.WhenAll(tasks));

        for (var i = 0; i < culprit; i++)
            Assert.Equal(1, await tasks[i]);
        var failed = await Assert.ThrowsAsync<PgServerException>(() => tasks[culprit]);
        Assert.Equal(SqlStates.UniqueViolation, failed.SqlState);
        for (var i = culprit + 1; i < Statements; i++)
        {
            var behind = await Assert.ThrowsAnyAsync<PgException>(() => tasks[i]);
            Assert.Equal(Outcome.RolledBack, behind.Outcome);
            Assert.True(behind is PgTransactionException or PgServerException { SqlState: SqlStates.InFailedSqlTransaction });
        }

        await savepoint.RollbackAsync(Token);
        await tx.ExecuteAsync($"insert into {table} values ({-2})", Token);
        await tx.CommitAsync(Token);
        Assert.Equal([-2, -1], await db.Query<int>($"select id from {table} order by id").ToListAsync(Token));
    }

    private static async Task<PgIdentifier> CreateAsync(PgDatabase db)
    {
        var table = Tables.NewName("together");
        await db.ExecuteAsync($"create table {table} (id int primary key)", Token);
        return table;
    }
}
