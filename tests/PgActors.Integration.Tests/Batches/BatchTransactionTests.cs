namespace PgActors.Integration.Tests.Batches;

/// <summary>Batches and bulks on a session of one's own and in a transaction.</summary>
public sealed class BatchTransactionTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(BatchMode.Independent)]
    [InlineData(BatchMode.Atomic)]
    public async Task Batch_on_a_leased_session_sees_what_is_left_there(BatchMode mode)
    {
        await using var db = await servers.OpenAsync();
        await using var session = await db.LeaseAsync(Token);
        var batch = session.CreateBatch(mode);
        batch.Execute("create temporary table mine (n int)");
        batch.Execute("insert into mine values (1), (2)");
        var count = batch.QuerySingle<long>("select count(*) from mine");
        await batch.RunAsync(Token);
        Assert.Equal(2, count.Result);
        Assert.Equal(2, await session.QuerySingleAsync<long>("select count(*) from mine", Token));
    }

    [Theory]
    [InlineData(BatchMode.Independent, false)]
    [InlineData(BatchMode.Independent, true)]
    [InlineData(BatchMode.Atomic, false)]
    [InlineData(BatchMode.Atomic, true)]
    public async Task Batch_lasts_with_its_transaction(BatchMode mode, bool commits)
    {
        await using var db = await servers.OpenAsync();
        var table = Tables.NewName("batch_tx");
        await db.ExecuteAsync($"create table {table} (n int)", Token);
        await using (var transaction = await db.BeginAsync(cancellationToken: Token))
        {
            // The first statements of the transaction, and more of them.
            for (var round = 0; round < 2; round++)
            {
                var batch = transaction.CreateBatch(mode);
                var results = Enumerable.Range(0, 3).Select(n => batch.Execute($"insert into {table} values ({n})")).ToArray();
                await batch.RunAsync(Token);
                Assert.All(results, result => Assert.Equal(1, result.Result));
                Assert.Equal(0, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
            }

            if (commits)
                await transaction.CommitAsync(Token);
        }

        Assert.Equal(commits ? 6 : 0, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    [Theory]
    [InlineData(BatchMode.Independent, 0)]
    [InlineData(BatchMode.Independent, 1)]
    [InlineData(BatchMode.Independent, 2)]
    [InlineData(BatchMode.Atomic, 0)]
    [InlineData(BatchMode.Atomic, 1)]
    [InlineData(BatchMode.Atomic, 2)]
    public async Task Failure_in_a_batch_aborts_its_transaction(BatchMode mode, int failing)
    {
        await using var db = await servers.OpenAsync();
        var table = Tables.NewName("batch_abort");
        await db.ExecuteAsync($"create table {table} (n int)", Token);
        await using var transaction = await db.BeginAsync(cancellationToken: Token);
        var batch = transaction.CreateBatch(mode);
        var results = Enumerable.Range(0, 3)
            .Select(n => batch.Execute($"insert into {table} values (case when {n == failing} then 1 / 0 else {n} end)")).ToArray();

        var thrown = await Assert.ThrowsAsync<PgServerException>(async () => await batch.RunAsync(Token));

        Assert.Equal((failing, SqlStates.DivisionByZero), (thrown.BatchIndex, thrown.SqlState));
        for (var n = 0; n < 3; n++)
        {
            var expected = n == failing ? BatchEnd.Failed
                : mode == BatchMode.Atomic ? (n < failing ? BatchEnd.RolledBack : BatchEnd.Skipped)
                : n < failing ? BatchEnd.Succeeded : BatchEnd.Failed;
            Assert.Equal(expected, results[n].End);
        }

        await Assert.ThrowsAsync<PgTransactionException>(async () => await transaction.ExecuteAsync("select 1", Token));
        await Assert.ThrowsAsync<PgTransactionException>(async () => await transaction.CommitAsync(Token));
        Assert.Equal(0, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    [Fact]
    public async Task Refused_begin_keeps_the_batch_from_running_without_a_transaction()
    {
        await using var db = await servers.OpenAsync();
        var table = Tables.NewName("batch_nobegin");
        await db.ExecuteAsync($"create table {table} (n int)", Token);
        await using var session = await db.LeaseAsync(Token);
        await session.ExecuteAsync("begin", Token);
        await Assert.ThrowsAsync<PgServerException>(async () => await session.ExecuteAsync("select 1 / 0", Token));

        // BEGIN is refused in a failed transaction.
        await using var transaction = await session.BeginAsync(cancellationToken: Token);
        var batch = transaction.CreateBatch(BatchMode.Independent);
        batch.Execute($"insert into {table} values (1)");
        batch.Execute($"insert into {table} values (2)");
        var counts = await batch.TryRunAsync(Token);

        Assert.Equal(0, counts.Succeeded);
        Assert.Equal(0, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    [Fact]
    public async Task Atomic_bulk_is_one_transaction()
    {
        await using var db = await servers.OpenAsync();
        var table = Tables.NewName("bulk_atomic");
        await db.ExecuteAsync($"create table {table} (n int primary key)", Token);
        void Insert(PgBulkWriter bulk, int n) => bulk.Add($"insert into {table} values ({n})");

        var loaded = await db.ExecuteManyAsync(BatchMode.Atomic, Enumerable.Range(0, 5_000), Insert, Token);
        Assert.Equal((5_000, new PgBatchCounts(5_000, 0, 0, 0, 0, 0)), (loaded.Rows, loaded.Commands));

        var failed = await Assert.ThrowsAsync<PgBulkException>(
            async () => await db.ExecuteManyAsync(BatchMode.Atomic, Enumerable.Range(4_999 - 700, 2_000).Reverse(), Insert, Token));
        Assert.Equal(Outcome.RolledBack, failed.Outcome);
        Assert.Equal(SqlStates.UniqueViolation, Assert.IsType<PgServerException>(failed.InnerException).SqlState);
        Assert.Equal(0, failed.Result.Commands.Succeeded);
        Assert.Equal(1299, failed.Result.Failures[0].Item);
        Assert.Equal(5_000, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));

        IEnumerable<int> Faulty()
        {
            yield return 10_000;
            throw new IOException("gone");
        }

        var faulty = await Assert.ThrowsAsync<PgBulkException>(async () => await db.ExecuteManyAsync(BatchMode.Atomic, Faulty(), Insert, Token));
        Assert.IsType<IOException>(faulty.InnerException);
        Assert.Equal(5_000, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    [Fact]
    public async Task Atomic_bulk_in_a_transaction_is_a_part_of_it()
    {
        await using var db = await servers.OpenAsync();
        var table = Tables.NewName("bulk_part");
        await db.ExecuteAsync($"create table {table} (n int)", Token);
        await using var transaction = await db.BeginAsync(cancellationToken: Token);
        var result = await transaction.ExecuteManyAsync(
            BatchMode.Atomic, Enumerable.Range(0, 1_000), (bulk, n) => bulk.Add($"insert into {table} values ({n})"), Token);
        Assert.Equal(1_000, result.Rows);
        Assert.Equal(1_000, await transaction.QuerySingleAsync<long>($"select count(*) from {table}", Token));
        await transaction.RollbackAsync();
        Assert.Equal(0, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }
}
