using PgActors.Testing;

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
            .Select(async i => await tx.ExecuteAsync($"insert into {table} values ({(i == culprit ? -1 : i)})", Token))
            .ToArray();
        await Assert.ThrowsAnyAsync<PgException>(() => Task.WhenAll(tasks));

        for (var i = 0; i < culprit; i++)
            Assert.Equal(1, await tasks[i]);
        var failed = await Assert.ThrowsAsync<PgServerException>(() => tasks[culprit]);
        Assert.Equal(SqlStates.UniqueViolation, failed.SqlState);
        for (var i = culprit + 1; i < Statements; i++)
        {
            var behind = await Assert.ThrowsAnyAsync<PgException>(() => tasks[i]);

            // Some may come when the error has been told already.
            Assert.True(behind.Outcome is Outcome.RolledBack || behind is PgTransactionException { Outcome: Outcome.NotSent });
            Assert.True(behind is PgTransactionException or PgServerException { SqlState: SqlStates.InFailedSqlTransaction });
        }

        await savepoint.RollbackAsync(Token);
        await tx.ExecuteAsync($"insert into {table} values ({-2})", Token);
        await tx.CommitAsync(Token);
        Assert.Equal([-2, -1], await db.Query<int>($"select id from {table} order by id").ToListAsync(Token));
    }

    [Fact]
    public async Task They_run_in_the_order_in_which_they_were_begun_while_BEGIN_is_on_its_way_too()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1&max_queued_commands=64");
        var table = Tables.NewName("together");
        await db.ExecuteAsync($"create table {table} (place int generated always as identity, n int)", Token);
        await using var tx = await db.BeginAsync(cancellationToken: Token);

        // With a token that can be cancelled and without one, alone, in batches and as rows: whoever comes before BEGIN is answered.
        var tasks = Enumerable.Range(0, Statements).Select<int, Task>(i => (i % 5) switch
        {
            0 => tx.ExecuteAsync($"insert into {table} (n) values ({i})", CancellationToken.None).AsTask(),
            1 => tx.ExecuteAsync($"insert into {table} (n) values ({i})", Token).AsTask(),
            2 => tx.QuerySingleAsync<int>($"insert into {table} (n) values ({i}) returning n", CancellationToken.None).AsTask(),
            3 => InBatchAsync(tx, table, i),
            _ => tx.Query<int>($"insert into {table} (n) values ({i}) returning n").ToListAsync(Token).AsTask(),
        }).ToArray();
        var commit = tx.CommitAsync(Token);
        await Task.WhenAll(tasks);
        await commit;

        Assert.Equal(Enumerable.Range(0, Statements), await db.Query<int>($"select n from {table} order by place").ToListAsync(Token));
    }

    [Fact]
    public async Task BEGIN_that_fails_refuses_all_who_waited_for_it()
    {
        await using var proxy = FaultProxy.Start((await servers.GetAsync()).TcpEndPoint);
        await using var db = await (await servers.GetAsync()).OpenAsync("shared_sessions=1&max_leased_sessions=1", proxy: proxy);
        var table = await CreateAsync(db);
        await using var session = await LeaseFailedAsync(db);
        await using var tx = await session.BeginAsync(cancellationToken: Token);

        var link = await proxy.ConnectionAsync(2, Token);
        link.Hold(FaultDirection.ToServer);
        var tasks = Enumerable.Range(0, 50)
            .Select(i => tx.ExecuteAsync($"insert into {table} values ({i})", i % 2 == 0 ? CancellationToken.None : Token).AsTask())
            .ToArray();
        link.Release(FaultDirection.ToServer);

        var failed = await Assert.ThrowsAsync<PgServerException>(() => tasks[0]);
        Assert.Equal(SqlStates.InFailedSqlTransaction, failed.SqlState);
        foreach (var task in tasks.Skip(1))
            Assert.Equal(Outcome.NotSent, (await Assert.ThrowsAsync<PgTransactionException>(() => task)).Outcome);
        await tx.RollbackAsync();
        Assert.Equal(0, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    [Fact]
    public async Task Who_is_refused_may_block_and_holds_up_nobody_behind_it()
    {
        await using var proxy = FaultProxy.Start((await servers.GetAsync()).TcpEndPoint);
        await using var db = await (await servers.GetAsync()).OpenAsync("shared_sessions=1&max_leased_sessions=1", proxy: proxy);
        await using var session = await LeaseFailedAsync(db);
        await using var tx = await session.BeginAsync(cancellationToken: Token);
        var behindIsTold = new TaskCompletionSource();

        var link = await proxy.ConnectionAsync(2, Token);
        link.Hold(FaultDirection.ToServer);
        var first = tx.ExecuteAsync("select 1", Token).AsTask();
        var blocking = BlockWhenRefusedAsync();
        var behind = tx.ExecuteAsync("select 3", CancellationToken.None).AsTask();
        link.Release(FaultDirection.ToServer);

        await Assert.ThrowsAsync<PgServerException>(() => first);
        await Assert.ThrowsAsync<PgTransactionException>(() => behind);
        behindIsTold.SetResult();
        await blocking;

        async Task BlockWhenRefusedAsync()
        {
            await Assert.ThrowsAsync<PgTransactionException>(async () => await tx.ExecuteAsync("select 2", CancellationToken.None).ConfigureAwait(false))
                .ConfigureAwait(false);
#pragma warning disable xUnit1031 // To block is what it is about.
            Assert.True(behindIsTold.Task.Wait(TimeSpan.FromMinutes(1), Token));
#pragma warning restore xUnit1031
        }
    }

    // Whoever lets those pass who waited for BEGIN must not run what follows an answer: it may wait for one who has not passed.
    [Fact]
    public async Task Who_is_answered_may_block_and_holds_up_nobody_behind_it()
    {
        const long gate = 4714;
        await using var db = await servers.OpenAsync("shared_sessions=1");
        await using var tx = await db.BeginAsync(cancellationToken: Token);
        await using var keeper = await db.LeaseAsync(Token);
        await keeper.ExecuteAsync($"select pg_advisory_lock({gate})", Token);
        var behindIsTold = new TaskCompletionSource();

        var first = tx.ExecuteAsync($"select pg_advisory_xact_lock({gate}) /* begin-blocks */", Token).AsTask();
        await servers.UntilRunningAsync("/* begin-blocks */");
        var blocking = Enumerable.Range(0, 3).Select(_ => BlockWhenAnsweredAsync()).ToArray();
        var behind = tx.ExecuteAsync("select 3", CancellationToken.None).AsTask();
        await keeper.ExecuteAsync($"select pg_advisory_unlock({gate})", Token);

        await first;
        await behind;
        behindIsTold.SetResult();
        await Task.WhenAll(blocking);

        async Task BlockWhenAnsweredAsync()
        {
            await tx.ExecuteAsync("select 2", CancellationToken.None).ConfigureAwait(false);
#pragma warning disable xUnit1031 // To block is what it is about.
            Assert.True(behindIsTold.Task.Wait(TimeSpan.FromMinutes(1), Token));
#pragma warning restore xUnit1031
        }
    }

    [Fact]
    public async Task Who_waits_for_BEGIN_may_give_up_and_leaves_the_others_their_places()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = await CreateAsync(db);
        await using var tx = await db.BeginAsync(cancellationToken: Token);
        using var cancelled = new CancellationTokenSource();
        const long gate = 4713;
        await using var keeper = await db.LeaseAsync(Token);
        await keeper.ExecuteAsync($"select pg_advisory_lock({gate})", Token);

        var first = tx.ExecuteAsync($"select pg_advisory_xact_lock({gate}) /* begin-is-held */", Token).AsTask();
        await servers.UntilRunningAsync("/* begin-is-held */");
        var before = tx.ExecuteAsync($"insert into {table} values ({1})", CancellationToken.None).AsTask();
        var givenUp = tx.ExecuteAsync($"insert into {table} values ({2})", cancelled.Token).AsTask();
        var behind = tx.ExecuteAsync($"insert into {table} values ({3})", Token).AsTask();
        await cancelled.CancelAsync();

        Assert.Equal(Outcome.NotSent, (await Assert.ThrowsAsync<PgCanceledException>(() => givenUp)).Outcome);
        Assert.False(first.IsCompleted || before.IsCompleted || behind.IsCompleted);
        await keeper.ExecuteAsync($"select pg_advisory_unlock({gate})", Token);
        await Task.WhenAll(first, before, behind);
        await tx.CommitAsync(Token);
        Assert.Equal([1, 3], await db.Query<int>($"select id from {table} order by id").ToListAsync(Token));
    }

    [Fact]
    public async Task Rollback_does_not_wait_for_those_who_wait_for_BEGIN()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = await CreateAsync(db);
        await using var tx = await db.BeginAsync(cancellationToken: Token);

        var first = tx.ExecuteAsync("select pg_sleep(600) /* begin-is-given-up */", Token).AsTask();
        await servers.UntilRunningAsync("/* begin-is-given-up */");
        var tasks = Enumerable.Range(0, Statements)
            .Select(i => tx.ExecuteAsync($"insert into {table} values ({i})", i % 2 == 0 ? CancellationToken.None : Token).AsTask())
            .ToArray();
        await tx.RollbackAsync();

        await Assert.ThrowsAsync<PgCanceledException>(() => first);
        foreach (var task in tasks)
            Assert.Equal(Outcome.NotSent, (await Assert.ThrowsAnyAsync<PgException>(() => task)).Outcome);
        Assert.Equal(0, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    // Its own transaction has failed, so that it takes no BEGIN.
    private static async Task<PgSession> LeaseFailedAsync(PgDatabase db)
    {
        var session = await db.LeaseAsync(Token);
        await session.ExecuteAsync("begin", Token);
        await Assert.ThrowsAsync<PgServerException>(async () => await session.ExecuteAsync("select 1/0", Token));
        return session;
    }

    private static async Task<long> InBatchAsync(PgTransaction tx, PgIdentifier table, int i)
    {
        var batch = tx.CreateBatch(BatchMode.Atomic);
        var result = batch.Execute($"insert into {table} (n) values ({i})");
        await batch.RunAsync(CancellationToken.None);
        return result.Result;
    }

    private static async Task<PgIdentifier> CreateAsync(PgDatabase db)
    {
        var table = Tables.NewName("together");
        await db.ExecuteAsync($"create table {table} (id int primary key)", Token);
        return table;
    }
}
