namespace PgActors.Integration.Tests.Batches;

/// <summary>Batches on shared sessions: what each command is told, against what the server has.</summary>
public sealed class BatchTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<BatchMode, int, int> Failures()
    {
        var data = new TheoryData<BatchMode, int, int>();
        foreach (var mode in Enum.GetValues<BatchMode>())
        {
            foreach (var size in (int[])[1, 2, 5, 9])
            {
                for (var failing = 0; failing < size; failing++)
                    data.Add(mode, size, failing);
            }
        }

        return data;
    }

    [Theory]
    [InlineData(BatchMode.Independent)]
    [InlineData(BatchMode.Atomic)]
    public async Task Each_command_gives_its_own_result(BatchMode mode)
    {
        await using var db = await servers.OpenAsync();
        var batch = db.CreateBatch(mode);
        var count = batch.Execute($"select n from generate_series(1, {3}) n");
        var row = batch.QuerySingle<(int, string)>($"select {7}, {"seven"}");
        var none = batch.QuerySingleOrDefault<string>($"select 'x' where {false}");
        var rows = batch.Query<int>($"select n from generate_series(1, {2000}) n");
        var text = batch.QuerySingle<int>("select 11");
        Assert.Equal(5, batch.Count);
        Assert.Throws<InvalidOperationException>(() => row.Result);

        await batch.RunAsync(Token);

        Assert.Equal(3, count.Result);
        Assert.Equal((7, "seven"), row.Result);
        Assert.Null(none.Result);
        Assert.Equal(Enumerable.Range(1, 2000), rows.Result);
        Assert.Equal(11, text.Result);
        Assert.Equal([0, 1, 2, 3, 4], ((PgBatchResult[])[count, row, none, rows, text]).Select(result => result.Index));
        Assert.All(new PgBatchResult[] { count, row, none, rows, text }, result => Assert.Equal(BatchEnd.Succeeded, result.End));
        Assert.Equal(0, batch.Count);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await batch.RunAsync(Token));
        Assert.Throws<InvalidOperationException>(() => batch.Execute("select 1"));
    }

    [Fact]
    public async Task Empty_batch_succeeds()
    {
        await using var db = await servers.OpenAsync();
        Assert.Equal(default, await db.CreateBatch(BatchMode.Atomic).TryRunAsync(Token));
    }

    [Fact]
    public async Task Statement_that_was_right_in_one_batch_is_looked_at_again_in_the_next()
    {
        await using var db = await servers.OpenAsync();
        await using var session = await db.LeaseAsync(Token);
        for (var i = 0; i < 20; i++)
        {
            var allowed = session.CreateBatch(BatchMode.Independent);
            allowed.Execute("set work_mem = '5MB'");
            await allowed.RunAsync(Token);

            // A session that others share: whatever the batches have in common, it is not this.
            Assert.Throws<PgUsageException>(() => db.CreateBatch(BatchMode.Independent).Execute("set work_mem = '5MB'"));
        }
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Server_has_exactly_what_the_results_claim(BatchMode mode, int size, int failing)
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = Tables.NewName("batch_failures");
        await db.ExecuteAsync($"create table {table} (n int primary key)", Token);
        var batch = db.CreateBatch(mode);
        var results = new List<PgBatchResult<long>>();
        for (var i = 0; i < size; i++)
            results.Add(batch.Execute($"insert into {table} values (case when {i == failing} then 1 / 0 else {i} end)"));
        var neighbour = db.ExecuteAsync($"insert into {table} values ({1000})", Token);

        var thrown = await Assert.ThrowsAsync<PgServerException>(async () => await batch.RunAsync(Token));

        Assert.Equal(SqlStates.DivisionByZero, thrown.SqlState);
        Assert.Equal(failing, thrown.BatchIndex);
        Assert.Same(results[failing].Exception, thrown);
        Assert.Equal(1, await neighbour);
        var (before, behind) = mode == BatchMode.Atomic ? (BatchEnd.RolledBack, BatchEnd.Skipped) : (BatchEnd.Succeeded, BatchEnd.Succeeded);
        for (var i = 0; i < size; i++)
        {
            Assert.Equal(i < failing ? before : i == failing ? BatchEnd.Failed : behind, results[i].End);
            Assert.Equal(i == failing || mode == BatchMode.Independent ? null : failing, results[i].BecauseOf);
            if (mode == BatchMode.Independent || i == failing)
                continue;
            var failure = Assert.Throws<PgBatchException>(() => results[i].Result);
            Assert.Same(thrown, failure.InnerException);
            Assert.Equal((i, failing, Outcome.RolledBack), (failure.BatchIndex, failure.BecauseOf, failure.Outcome));
        }

        var expected = results.Where(result => result.End == BatchEnd.Succeeded).Select(result => result.Index).Append(1000);
        Assert.Equal(expected, await db.Query<int>($"select n from {table} order by n").ToListAsync(Token));
    }

    [Fact]
    public async Task Error_at_commit_undoes_an_atomic_batch_and_only_the_one_of_an_independent_batch()
    {
        await using var db = await servers.OpenAsync();
        var table = Tables.NewName("batch_deferred");
        await db.ExecuteAsync($"create table {table} (n int, unique (n) deferrable initially deferred)", Token);
        await db.ExecuteAsync($"insert into {table} values (1)", Token);

        PgBatch Fill(BatchMode mode)
        {
            var batch = db.CreateBatch(mode);
            foreach (var n in (int[])[2, 1, 3])
                batch.Execute($"insert into {table} values ({n})");
            return batch;
        }

        Assert.Equal(new PgBatchCounts(0, 1, 0, 2, 0, 0), await Fill(BatchMode.Atomic).TryRunAsync(Token));
        Assert.Equal(1, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
        Assert.Equal(new PgBatchCounts(2, 1, 0, 0, 0, 0), await Fill(BatchMode.Independent).TryRunAsync(Token));
        Assert.Equal(3, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    [Fact]
    public async Task Atomic_batch_is_one_transaction_among_many_callers()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");

        async Task<string> BatchAsync()
        {
            var batch = db.CreateBatch(BatchMode.Atomic);
            var ids = Enumerable.Range(0, 20).Select(_ => batch.QuerySingle<string>("select pg_current_xact_id()::text")).ToArray();
            await batch.RunAsync(Token);
            return Assert.Single(ids.Select(id => id.Result).Distinct());
        }

        async Task<string> CallAsync() => await db.QuerySingleAsync<string>("select pg_current_xact_id()::text", Token);

        var all = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(() => i % 4 == 0 ? BatchAsync() : CallAsync(), Token)));

        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Theory]
    [InlineData(BatchMode.Independent, 1)]
    [InlineData(BatchMode.Independent, 2)]
    [InlineData(BatchMode.Atomic, 1)]
    [InlineData(BatchMode.Atomic, 2)]
    public async Task Batch_may_be_larger_than_what_is_in_flight_and_what_is_queued(BatchMode mode, int sessions)
    {
        await using var db = await servers.OpenAsync($"shared_sessions={sessions}&max_queued_commands=10&max_queued_bytes=64kB");
        var table = Tables.NewName("batch_large");
        await db.ExecuteAsync($"create table {table} (n int)", Token);
        var batch = db.CreateBatch(mode);
        const int Size = 10_000;
        for (var i = 0; i < Size; i++)
            batch.Execute($"insert into {table} values ({i})");
        var others = Task.WhenAll(Enumerable.Range(0, 200).Select(i => db.QuerySingleAsync<int>($"select {i}", Token).AsTask()));

        Assert.Equal(new PgBatchCounts(Size, 0, 0, 0, 0, 0), await batch.TryRunAsync(Token));

        Assert.Equal(Enumerable.Range(0, 200), await others);
        Assert.Equal(Enumerable.Range(0, Size), await db.Query<int>($"select n from {table}").ToListAsync(Token));
    }

    [Theory]
    [InlineData(BatchMode.Independent)]
    [InlineData(BatchMode.Atomic)]
    public async Task Large_parameters_and_large_answers_pass_each_other(BatchMode mode)
    {
        await using var db = await servers.OpenAsync("shared_sessions=1&socket_buffer_bytes=4096");
        var value = new byte[1 << 20];
        new Random(1).NextBytes(value);
        var batch = db.CreateBatch(mode);
        var echoes = Enumerable.Range(0, 40).Select(_ => batch.QuerySingle<byte[]>($"select {value}")).ToArray();

        await batch.RunAsync(Token);

        Assert.All(echoes, echo => Assert.Equal(value, echo.Result));
    }

    [Fact]
    public async Task Schema_change_does_not_break_an_atomic_batch()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        await using var other = await servers.OpenAsync("shared_sessions=1");
        var table = Tables.NewName("batch_altered");
        await db.ExecuteAsync($"create table {table} (n int)", Token);
        await other.ExecuteAsync($"insert into {table} values (1)", Token);

        for (var round = 0; round < 3; round++)
        {
            var batch = db.CreateBatch(BatchMode.Atomic);
            batch.Execute($"update {table} set n = n + 1");
            var all = batch.Query<int>($"select n from (select * from {table}) t");
            var row = batch.QuerySingle<string>($"select t::text from (select * from {table} t) t");
            batch.Execute($"select * from {table}");
            await batch.RunAsync(Token);
            Assert.Equal([round + 2], all.Result);
            Assert.Equal($"({round + 2}{new string(',', round)})", row.Result);
            await other.ExecuteAsync($"alter table {table} add column {new PgIdentifier($"c{round}")} int", Token);
        }
    }

    [Fact]
    public async Task Rows_that_do_not_fit_are_told_where_the_result_is_asked_for()
    {
        await using var db = await servers.OpenAsync();
        var table = Tables.NewName("batch_misfit");
        await db.ExecuteAsync($"create table {table} (n int)", Token);
        var batch = db.CreateBatch(BatchMode.Atomic);
        var two = batch.QuerySingle<int>($"insert into {table} values (1), (2) returning n");
        var none = batch.QuerySingle<int>($"select n from {table} where false");
        var wrong = batch.Query<DateOnly>($"select n from {table}");

        await batch.RunAsync(Token);

        Assert.All(new PgBatchResult[] { two, none, wrong }, result => Assert.Equal(BatchEnd.Succeeded, result.End));
        Assert.Contains("more came", Assert.Throws<InvalidOperationException>(() => two.Result).Message, StringComparison.Ordinal);
        Assert.Contains("none came", Assert.Throws<InvalidOperationException>(() => none.Result).Message, StringComparison.Ordinal);
        Assert.Throws<PgMappingException>(() => wrong.Result);
        Assert.Equal(2, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    [Theory]
    [InlineData("begin")]
    [InlineData("set timezone = 'UTC'")]
    [InlineData("copy t to stdout")]
    public async Task What_a_shared_session_must_not_carry_is_not_added(string sql)
    {
        await using var db = await servers.OpenAsync();
        var batch = db.CreateBatch(BatchMode.Independent);
        var one = batch.QuerySingle<int>("select 1");
        Assert.Throws<PgUsageException>(() => batch.Execute(sql));
        Assert.Equal(1, batch.Count);
        await batch.RunAsync(Token);
        Assert.Equal(1, one.Result);
    }

    [Theory]
    [InlineData("vacuum")]
    [InlineData("create database d")]
    public async Task What_cannot_be_a_part_of_a_transaction_is_not_added_to_an_atomic_batch(string sql)
    {
        await using var db = await servers.OpenAsync();
        Assert.Throws<PgUsageException>(() => db.CreateBatch(BatchMode.Atomic).Execute(sql));
        db.CreateBatch(BatchMode.Independent).Execute(sql);
    }

    [Fact]
    public async Task Value_that_cannot_be_sent_leaves_the_batch_as_it_was()
    {
        await using var db = await servers.OpenAsync();
        var batch = db.CreateBatch(BatchMode.Atomic);
        var first = batch.QuerySingle<string>($"select {"first"}");
        Assert.Throws<PgUsageException>(() => batch.QuerySingle<string>($"select {"long enough to be seen"} || {"\ud800"}"));
        var second = batch.QuerySingle<string>($"select {"second"}");
        await batch.RunAsync(Token);
        Assert.Equal(("first", "second"), (first.Result, second.Result));
    }
}
