namespace PgActors.Integration.Tests.Batches;

/// <summary>Cancelling batches: what was not sent never is, and what each command is told is what the server did.</summary>
public sealed class BatchCancelTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancelled_token_sends_nothing()
    {
        await using var db = await servers.OpenAsync();
        var batch = db.CreateBatch(BatchMode.Atomic);
        var result = batch.QuerySingle<int>("select 1");

        var thrown = await Assert.ThrowsAsync<PgCanceledException>(async () => await batch.RunAsync(new CancellationToken(true)));

        Assert.Equal(Outcome.NotSent, thrown.Outcome);
        Assert.Equal(BatchEnd.NotSent, result.End);
        Assert.Throws<PgCanceledException>(() => result.Result);
    }

    [Theory]
    [InlineData(BatchMode.Independent)]
    [InlineData(BatchMode.Atomic)]
    public async Task Running_batch_is_cancelled_where_it_is(BatchMode mode)
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = Tables.NewName("batch_cancel");
        await db.ExecuteAsync($"create table {table} (n int)", Token);
        var batch = db.CreateBatch(mode);
        var before = batch.Execute($"insert into {table} values (1)");
        var slow = batch.Execute($"select pg_sleep(60) /* {table} */");
        var behind = Enumerable.Range(2, 800).Select(n => batch.Execute($"insert into {table} values ({n})")).ToArray();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var counts = batch.TryRunAsync(cancel.Token);
        await servers.UntilRunningAsync("/* \"batch_cancel");

        await cancel.CancelAsync();
        var ended = await counts;

        Assert.Equal(mode == BatchMode.Atomic ? BatchEnd.RolledBack : BatchEnd.Succeeded, before.End);
        Assert.Equal(BatchEnd.Failed, slow.End);
        Assert.Throws<PgCanceledException>(() => slow.Result);
        Assert.Equal(802, ended.Total);
        if (mode == BatchMode.Atomic)
            Assert.All(behind, result => Assert.Equal((BatchEnd.Skipped, 1), (result.End, result.BecauseOf)));
        else
            Assert.Contains(behind, result => result.End == BatchEnd.NotSent);
        Assert.Equal(0, ended.Unknown);
        Assert.Equal(
            ((PgBatchResult[])[before, .. behind]).Count(result => result.End == BatchEnd.Succeeded),
            await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    [Theory]
    [InlineData(BatchMode.Independent)]
    [InlineData(BatchMode.Atomic)]
    public async Task Batch_that_waits_is_never_sent(BatchMode mode)
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = Tables.NewName("batch_unsent");
        await db.ExecuteAsync($"create table {table} (n int)", Token);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(Token);

        // So much is in flight that the session takes nothing more.
        var first = db.CreateBatch(BatchMode.Independent);
        first.Execute($"select pg_sleep(60) /* {table} */");
        for (var i = 0; i < 600; i++)
            first.Execute("select 1");
        var busy = first.TryRunAsync(both.Token).AsTask();
        await servers.UntilRunningAsync("/* \"batch_unsent");
        var batch = db.CreateBatch(mode);
        var results = Enumerable.Range(0, 10).Select(n => batch.Execute($"insert into {table} values ({n})")).ToArray();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = batch.TryRunAsync(cancel.Token).AsTask();

        await cancel.CancelAsync();

        Assert.Equal(new PgBatchCounts(0, 0, 0, 0, 10, 0), await waiting);
        Assert.All(results, result => Assert.Equal(Outcome.NotSent, Assert.Throws<PgCanceledException>(() => result.Result).Outcome));
        await both.CancelAsync();
        Assert.Equal(0, (await busy).Unknown);
        Assert.Equal(0, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    [Theory]
    [InlineData(BatchMode.Independent)]
    [InlineData(BatchMode.Atomic)]
    public async Task Cancels_at_random_moments_never_make_a_claim_that_is_not_so(BatchMode mode)
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = Tables.NewName("batch_storm");
        await db.ExecuteAsync($"create table {table} (batch int, n int)", Token);
        var random = new Random(1);
        var ends = new List<PgBatchResult<long>[]>();
        var innocents = 0;
        for (var round = 0; round < 150; round++)
        {
            var batch = db.CreateBatch(mode);
            ends.Add([.. Enumerable.Range(0, 20).Select(n => batch.Execute($"insert into {table} values ({round}, {n})"))]);
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var run = batch.TryRunAsync(cancel.Token);
            var others = Enumerable.Range(0, 5).Select(n => db.QuerySingleAsync<int>($"select {n}", Token).AsTask()).ToArray();
            var neighbours = db.CreateBatch(BatchMode.Atomic);
            neighbours.Execute("select 1");
            neighbours.Execute($"select {round}");
            var neighboursRun = neighbours.RunAsync(Token);
            for (var i = random.Next(200); i > 0; i--)
                Thread.SpinWait(20);
            await cancel.CancelAsync();
            await run;
            await neighboursRun;
            innocents += (await Task.WhenAll(others)).Length;
        }

        Assert.Equal(750, innocents);
        var rows = (await db.Query<(int, int)>($"select batch, n from {table}").ToListAsync(Token)).ToHashSet();
        for (var round = 0; round < ends.Count; round++)
        {
            foreach (var result in ends[round])
            {
                Assert.NotEqual(BatchEnd.Unknown, result.End);
                Assert.Equal(result.End == BatchEnd.Succeeded, rows.Contains((round, result.Index)));
            }
        }
    }
}
