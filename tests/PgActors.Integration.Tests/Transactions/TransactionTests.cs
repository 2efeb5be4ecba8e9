using PgActors.Testing;

namespace PgActors.Integration.Tests.Transactions;

public sealed class TransactionTests(TestServers servers)
{
    private const int Oldest = 15;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(PostgresServerOptions.NewestMajor)]
    [InlineData(Oldest)]
    public async Task Committed_work_stays_and_the_session_comes_back_idle(int major)
    {
        await using var db = await servers.OpenAsync(major, "shared_sessions=1&max_leased_sessions=1");
        var table = Tables.NewName("tx_commit");
        await db.ExecuteAsync($"create table {table} (id int)", Token);

        var pid = await db.InTransactionAsync(
            async tx =>
            {
                await tx.ExecuteAsync($"insert into {table} values ({1})", Token);
                await tx.ExecuteAsync($"insert into {table} values ({2})", Token);
                Assert.Equal(2, await tx.QuerySingleAsync<long>($"select count(*) from {table}", Token));
                Assert.Equal(0, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
                return tx.ProcessId;
            },
            cancellationToken: Token);

        Assert.Equal(2, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
        await using var next = await db.LeaseAsync(Token);
        Assert.Equal(pid, next.ProcessId);
    }

    [Fact]
    public async Task Begin_travels_with_the_first_statement()
    {
        var server = await servers.GetAsync();
        await using var proxy = FaultProxy.Start(server.TcpEndPoint);
        await using var db = await server.OpenAsync("shared_sessions=1&sslmode=disable", proxy: proxy);
        const string Sql = "select 1 /* tx-begin */";
        Assert.Equal(1, await db.QuerySingleAsync<int>(Sql, Token));
        await using var tx = await db.BeginAsync(cancellationToken: Token);
        var connection = proxy.Connections[^1];

        // No answer passes before the statement has begun: were that of BEGIN waited for, it never would.
        connection.Hold(FaultDirection.ToClient);
        var statement = tx.QuerySingleAsync<int>(Sql, Token);
        await server.UntilAsync("1", "SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction' AND strpos(query, '/* tx-begin */') > 0");
        connection.Release(FaultDirection.ToClient);

        Assert.Equal(1, await statement);
        await tx.CommitAsync(Token);
    }

    [Theory]
    [InlineData(PgIsolation.ReadCommitted, null, false, "read committed|off|off")]
    [InlineData(PgIsolation.RepeatableRead, true, false, "repeatable read|on|off")]
    [InlineData(PgIsolation.Serializable, true, true, "serializable|on|on")]
    [InlineData(PgIsolation.ServerDefault, false, false, "read committed|off|off")]
    public async Task Options_reach_the_server(PgIsolation isolation, bool? readOnly, bool deferrable, string expected)
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var options = new PgTransactionOptions { Isolation = isolation, IsReadOnly = readOnly, IsDeferrable = deferrable };

        var seen = await db.InTransactionAsync(
            tx => tx.QuerySingleAsync<string>(
                "select concat_ws('|', current_setting('transaction_isolation'), current_setting('transaction_read_only'), "
                + "current_setting('transaction_deferrable'))",
                Token).AsTask(),
            options,
            Token);

        Assert.Equal(expected, seen);
    }

    [Fact]
    public async Task Disposal_without_commit_rolls_back()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1&max_leased_sessions=1");
        var table = Tables.NewName("tx_dispose");
        await db.ExecuteAsync($"create table {table} (id int)", Token);

        await using (var tx = await db.BeginAsync(cancellationToken: Token))
            await tx.ExecuteAsync($"insert into {table} values ({1})", Token);

        Assert.Equal(0, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    [Fact]
    public async Task Work_that_throws_is_rolled_back_and_its_exception_comes_as_it_is()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = Tables.NewName("tx_throw");
        await db.ExecuteAsync($"create table {table} (id int)", Token);

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => db.InTransactionAsync(
            async tx =>
            {
                await tx.ExecuteAsync($"insert into {table} values ({1})", Token);
                throw new InvalidOperationException("mine");
            },
            cancellationToken: Token));

        Assert.Equal("mine", thrown.Message);
        Assert.Equal(0, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    [Fact]
    public async Task Failed_transaction_refuses_further_statements_locally_with_the_first_error()
    {
        var server = await servers.GetAsync();
        await using var proxy = FaultProxy.Start(server.TcpEndPoint);
        await using var db = await server.OpenAsync("shared_sessions=1&sslmode=disable", proxy: proxy);
        await using var tx = await db.BeginAsync(cancellationToken: Token);
        await Assert.ThrowsAsync<PgServerException>(async () => await tx.ExecuteAsync("select 1/0", Token));
        var before = proxy.BytesToServer;

        var refused = await Assert.ThrowsAsync<PgTransactionException>(async () => await tx.ExecuteAsync("select 'after_the_error'", Token));

        Assert.Equal(Outcome.NotSent, refused.Outcome);
        Assert.Equal(before, proxy.BytesToServer);
        Assert.Equal(SqlStates.DivisionByZero, Assert.IsType<PgServerException>(refused.InnerException).SqlState);
        Assert.Contains("division by zero", refused.Message, StringComparison.Ordinal);
        var atCommit = await Assert.ThrowsAsync<PgTransactionException>(() => tx.CommitAsync(Token));
        Assert.Equal(Outcome.RolledBack, atCommit.Outcome);
        Assert.True(tx.HasEnded);
    }

    [Fact]
    public async Task Begin_that_fails_takes_its_statement_along()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1&max_leased_sessions=1");
        var table = Tables.NewName("tx_begin");
        await db.ExecuteAsync($"create table {table} (id int)", Token);
        await using var session = await db.LeaseAsync(Token);
        await session.ExecuteAsync("begin", Token);
        await Assert.ThrowsAsync<PgServerException>(async () => await session.ExecuteAsync("select 1/0", Token));

        // The session's own transaction has failed: it takes no BEGIN, and nothing that comes with it.
        await using var tx = await session.BeginAsync(cancellationToken: Token);
        var failed = await Assert.ThrowsAsync<PgServerException>(async () => await tx.ExecuteAsync($"insert into {table} values (1)", Token));

        Assert.Equal(SqlStates.InFailedSqlTransaction, failed.SqlState);
        await tx.RollbackAsync();
        Assert.Equal(0, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    [Fact]
    public async Task Commit_that_is_answered_with_rollback_is_an_error()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        await using var tx = await db.BeginAsync(cancellationToken: Token);
        await tx.ExecuteAsync("select 1", Token);
        using var cancelled = new CancellationTokenSource();
        var sleeping = tx.ExecuteAsync("select pg_sleep(600) /* tx-commit-rollback */", cancelled.Token).AsTask();
        await servers.UntilRunningAsync("/* tx-commit-rollback */");

        // Sent behind a statement that fails: when COMMIT was written, nothing was wrong yet.
        var commit = tx.CommitAsync(Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAsync<PgCanceledException>(() => sleeping);
        var refused = await Assert.ThrowsAsync<PgTransactionException>(() => commit);
        Assert.Equal(Outcome.RolledBack, refused.Outcome);
        Assert.Contains("'ROLLBACK'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deferred_constraint_fails_the_commit_and_says_so()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = Tables.NewName("tx_deferred");
        await db.ExecuteAsync($"create table {table} (id int unique deferrable initially deferred)", Token);
        await using var tx = await db.BeginAsync(cancellationToken: Token);
        await tx.ExecuteAsync($"insert into {table} values (1), (1)", Token);

        var refused = await Assert.ThrowsAsync<PgServerException>(() => tx.CommitAsync(Token));

        Assert.Equal((SqlStates.UniqueViolation, Outcome.RolledBack), (refused.SqlState, refused.Outcome));
        Assert.True(tx.HasEnded);
        Assert.Equal(0, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    [Fact]
    public async Task Empty_transaction_sends_nothing()
    {
        var server = await servers.GetAsync();
        await using var proxy = FaultProxy.Start(server.TcpEndPoint);
        await using var db = await server.OpenAsync("shared_sessions=1&sslmode=disable", proxy: proxy);
        await using var tx = await db.BeginAsync(cancellationToken: Token);
        var before = proxy.BytesToServer;

        await tx.CommitAsync(Token);

        Assert.True(tx.HasEnded);
        Assert.Equal(before, proxy.BytesToServer);
    }

    [Fact]
    public async Task Statements_that_begin_or_end_transactions_are_refused()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        await using var tx = await db.BeginAsync(cancellationToken: Token);

        foreach (var sql in new[] { "commit", "rollback", "savepoint a", "begin" })
        {
            var refused = await Assert.ThrowsAsync<PgUsageException>(async () => await tx.ExecuteAsync(sql, Token));
            Assert.Contains("CommitAsync", refused.Message, StringComparison.Ordinal);
        }

        await tx.ExecuteAsync("set local work_mem = '1MB'", Token);
        await tx.CommitAsync(Token);
        await Assert.ThrowsAsync<PgUsageException>(async () => await tx.ExecuteAsync("select 1", Token));
        await Assert.ThrowsAsync<PgUsageException>(() => tx.CommitAsync(Token));
    }

    [Fact]
    public async Task Calls_that_do_not_wait_for_each_other_all_run_inside()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = Tables.NewName("tx_parallel");
        await db.ExecuteAsync($"create table {table} (id int, xid xid8)", Token);

        await db.InTransactionAsync(
            tx => Task.WhenAll(Enumerable.Range(0, 200).Select(
                i => tx.ExecuteAsync($"insert into {table} values ({i}, pg_current_xact_id())", Token).AsTask())),
            cancellationToken: Token);

        Assert.Equal((200, 1), await db.QuerySingleAsync<(long, long)>($"select count(*), count(distinct xid::text) from {table}", Token));
    }

    [Fact]
    public async Task Cancelled_first_statement_that_was_not_sent_leaves_the_transaction_usable()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        await using var tx = await db.BeginAsync(cancellationToken: Token);

        await Assert.ThrowsAsync<PgCanceledException>(async () => await tx.ExecuteAsync("select 1", new CancellationToken(true)));

        Assert.True(await tx.QuerySingleAsync<bool>("select pg_current_xact_id() is not null", Token));
        await tx.CommitAsync(Token);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rollback_does_not_wait_for_what_still_runs(bool hasBegun)
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        await using var tx = await db.BeginAsync(cancellationToken: Token);
        if (hasBegun)
            await tx.ExecuteAsync("select 1", Token);
        var sleeping = tx.ExecuteAsync("select pg_sleep(600) /* tx-rollback */", Token).AsTask();
        await servers.UntilRunningAsync("/* tx-rollback */");

        await tx.RollbackAsync();

        await Assert.ThrowsAsync<PgCanceledException>(() => sleeping);
        Assert.True(tx.HasEnded);
    }

    [Fact]
    public async Task Conflict_is_tried_again_as_often_as_asked()
    {
        await using var db = await servers.OpenAsync("shared_sessions=2");
        var table = Tables.NewName("tx_retry");
        await db.ExecuteAsync($"create table {table} (id int primary key, total int)", Token);
        await db.ExecuteAsync($"insert into {table} values (1, 0)", Token);
        var attempts = 0;
        var options = new PgTransactionOptions { Isolation = PgIsolation.Serializable, MaxAttempts = 3, RetryBackoff = TimeSpan.FromMilliseconds(1) };

        await db.InTransactionAsync(
            async tx =>
            {
                var total = await tx.QuerySingleAsync<int>($"select total from {table}", Token);
                if (++attempts < 3)
                    await db.ExecuteAsync($"update {table} set total = total + 10", Token);
                await tx.ExecuteAsync($"update {table} set total = {total + 1}", Token);
            },
            options,
            Token);

        Assert.Equal(3, attempts);
        Assert.Equal(21, await db.QuerySingleAsync<int>($"select total from {table}", Token));
    }

    [Fact]
    public async Task Conflict_without_attempts_left_comes_as_the_server_said_it()
    {
        await using var db = await servers.OpenAsync("shared_sessions=2");
        var table = Tables.NewName("tx_noretry");
        await db.ExecuteAsync($"create table {table} (total int)", Token);
        await db.ExecuteAsync($"insert into {table} values (0)", Token);

        var failed = await Assert.ThrowsAsync<PgServerException>(() => db.InTransactionAsync(
            async tx =>
            {
                await tx.QuerySingleAsync<int>($"select total from {table}", Token);
                await db.ExecuteAsync($"update {table} set total = total + 10", Token);
                await tx.ExecuteAsync($"update {table} set total = total + 1", Token);
            },
            PgIsolation.RepeatableRead,
            Token));

        Assert.Equal((SqlStates.SerializationFailure, Outcome.RolledBack), (failed.SqlState, failed.Outcome));
    }

    [Fact]
    public async Task Identity_is_learned_with_the_first_write()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = Tables.NewName("tx_identity");
        await db.ExecuteAsync($"create table {table} (xid text)", Token);
        await using var tx = await db.BeginAsync(cancellationToken: Token);
        await tx.QuerySingleAsync<int>("select 1", Token);
        Assert.Null(tx.TransactionId);

        await tx.ExecuteAsync($"insert into {table} values (pg_current_xact_id()::text)", Token);

        Assert.Equal(await tx.QuerySingleAsync<string>($"select xid from {table}", Token), $"{tx.TransactionId}");
    }

    [Fact]
    public async Task Transaction_on_a_leased_session_keeps_others_off_until_it_has_ended()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1&max_leased_sessions=1");
        await using var session = await db.LeaseAsync(Token);
        await using (var tx = await session.BeginAsync(cancellationToken: Token))
        {
            await tx.ExecuteAsync("create temporary table mine (id int) on commit preserve rows", Token);
            var refused = await Assert.ThrowsAsync<PgUsageException>(async () => await session.ExecuteAsync("select 1", Token));
            Assert.Contains("transaction is open", refused.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<PgUsageException>(async () => await session.BeginAsync(cancellationToken: Token));
            await tx.CommitAsync(Token);
        }

        Assert.Equal(0, await session.QuerySingleAsync<long>("select count(*) from mine", Token));
        Assert.Equal(1, await session.InTransactionAsync(tx => tx.QuerySingleAsync<int>("select 1", Token).AsTask(), cancellationToken: Token));
    }
}
