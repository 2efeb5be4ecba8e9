using PgActors.Sessions;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Leases;

/// <summary>Exclusive sessions: what is allowed on them, and that nothing of it reaches the next holder.</summary>
public sealed class LeaseTests(TestServers servers)
{
    private const int Oldest = 15;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(PostgresServerOptions.NewestMajor)]
    [InlineData(Oldest)]
    public async Task What_a_holder_leaves_in_its_session_does_not_reach_the_next(int major)
    {
        await using var db = await servers.OpenAsync(major, "shared_sessions=1&max_leased_sessions=1");
        int pid;
        await using (var session = await db.LeaseAsync(Token))
        {
            pid = session.ProcessId;
            await session.ExecuteAsync("set work_mem = '7MB'", Token);
            await session.ExecuteAsync("set role pg_monitor", Token);
            await session.ExecuteAsync("reset role", Token);
            await session.ExecuteAsync("listen prices", Token);
            await session.ExecuteAsync("create temporary table mine (id int)", Token);
            await session.ExecuteAsync("select pg_advisory_lock(90210)", Token);
            await session.ExecuteAsync("prepare theirs as select 1", Token);
            await session.ExecuteAsync("begin", Token);
            await session.ExecuteAsync("declare held cursor with hold for select 1", Token);
            await session.ExecuteAsync("commit", Token);
            await session.ExecuteAsync("begin", Token);
        }

        await using var next = await db.LeaseAsync(Token);
        Assert.Equal(pid, next.ProcessId);
        Assert.NotEqual("7MB", await next.QuerySingleAsync<string>("select current_setting('work_mem')", Token));
        Assert.Equal(0, await next.QuerySingleAsync<long>("select count(*) from pg_listening_channels()", Token));
        Assert.Null(await next.QuerySingleAsync<string?>("select to_regclass('mine')::text", Token));
        Assert.Equal(0, await next.QuerySingleAsync<long>("select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()", Token));
        Assert.Equal(0, await next.QuerySingleAsync<long>("select count(*) from pg_prepared_statements where from_sql", Token));
        Assert.Equal(0, await next.QuerySingleAsync<long>("select count(*) from pg_cursors where name = 'held'", Token));

        // Refused inside a transaction.
        await next.ExecuteAsync("vacuum pg_catalog.pg_am", Token);
    }

    [Fact]
    public async Task Setting_changed_inside_a_function_is_undone_where_the_server_reports_it()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1&max_leased_sessions=1");
        var function = Tables.NewName("quiet_change");
        await db.ExecuteAsync($"create function {function}() returns void language plpgsql as $$ begin set timezone = 'Asia/Tokyo'; end $$", Token);
        int pid;
        await using (var session = await db.LeaseAsync(Token))
        {
            pid = session.ProcessId;
            await session.ExecuteAsync($"select {function}()", Token);
        }

        await using var next = await db.LeaseAsync(Token);
        Assert.Equal(pid, next.ProcessId);
        Assert.NotEqual("Asia/Tokyo", await next.QuerySingleAsync<string>("select current_setting('timezone')", Token));
    }

    [Fact]
    public async Task Cancel_of_a_lease_that_was_granted_reaches_no_one_who_waits_now()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1&max_leased_sessions=1");
        using var past = new CancellationTokenSource();
        var holder = await db.LeaseAsync(past.Token);
        var waiting = db.LeaseAsync(Token).AsTask();

        await past.CancelAsync();
        await holder.DisposeAsync();

        await using var next = await waiting;
        Assert.Equal(1, await next.QuerySingleAsync<int>("select 1", Token));
    }

    [Fact]
    public async Task Session_that_was_only_read_from_goes_back_without_a_byte()
    {
        var server = await servers.GetAsync();
        await using var proxy = FaultProxy.Start(server.TcpEndPoint);
        await using var db = await server.OpenAsync("shared_sessions=1&sslmode=disable", proxy: proxy);
        var session = await db.LeaseAsync(Token);
        await session.QuerySingleAsync<int>("select 1", Token);
        var before = proxy.BytesToServer;

        await session.DisposeAsync();
        await using var next = await db.LeaseAsync(Token);

        Assert.Equal(before, proxy.BytesToServer);
        await Assert.ThrowsAsync<PgUsageException>(async () => await session.ExecuteAsync("select 1", Token));
    }

    [Theory]
    [InlineData("discard all")]
    [InlineData("deallocate all")]
    public async Task Statements_prepared_by_the_session_survive_that_they_are_dropped(string drops)
    {
        await using var db = await servers.OpenAsync("shared_sessions=1&max_leased_sessions=1");
        await using var session = await db.LeaseAsync(Token);
        for (var i = 0; i < 3; i++)
            Assert.Equal(i, await session.QuerySingleAsync<int>($"select {i}", Token));

        await session.ExecuteAsync(drops, Token);

        // In a transaction a statement that is missing would be an error for good.
        await using var tx = await session.BeginAsync(cancellationToken: Token);
        Assert.Equal(4, await tx.QuerySingleAsync<int>($"select {4}", Token));
        await tx.CommitAsync(Token);
    }

    [Fact]
    public async Task Loaded_library_ends_with_its_session()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1&max_leased_sessions=1");
        int pid;
        await using (var session = await db.LeaseAsync(Token))
        {
            pid = session.ProcessId;
            await session.ExecuteAsync("load 'plpgsql'", Token);
        }

        await using var next = await db.LeaseAsync(Token);
        Assert.NotEqual(pid, next.ProcessId);
    }

    [Fact]
    public async Task Session_given_back_while_a_statement_runs_is_not_given_to_anybody()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1&max_leased_sessions=1&cancellation_timeout=200ms");
        var session = await db.LeaseAsync(Token);
        var pid = session.ProcessId;
        var sleeping = session.ExecuteAsync("select pg_sleep(600) /* lease-busy */", Token).AsTask();
        await servers.UntilRunningAsync("/* lease-busy */");

        await session.DisposeAsync();
        await using var next = await db.LeaseAsync(Token);

        Assert.NotEqual(pid, next.ProcessId);
        Assert.Equal(SessionFailureKind.Closed, (await Assert.ThrowsAsync<PgConnectionException>(() => sleeping)).Kind);
    }

    [Fact]
    public async Task Caller_who_gets_no_session_in_time_is_told_what_to_raise_and_who_holds_them()
    {
        // Long enough to connect within, on a busy machine too.
        await using var db = await servers.OpenAsync("shared_sessions=1&max_leased_sessions=1&lease_timeout=2s");
        await using var session = await db.LeaseAsync(Token);

        var refused = await Assert.ThrowsAsync<PgPoolExhaustedException>(async () => await db.BeginAsync(cancellationToken: Token));

        Assert.Equal(Outcome.NotSent, refused.Outcome);
        Assert.InRange(refused.Waited.TotalMilliseconds, 2_000, 30_000);
        Assert.Contains("max_leased_sessions", refused.Message, StringComparison.Ordinal);
        Assert.Contains("lease_timeout", refused.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(Caller_who_gets_no_session_in_time_is_told_what_to_raise_and_who_holds_them), Assert.Single(refused.Holders), StringComparison.Ordinal);
        Assert.Contains("LeaseTests.cs", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_held_for_long_is_reported_with_who_took_it()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1&lease_warning=20ms");
        var reported = new TaskCompletionSource<PgLeaseEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var events = db.Events.Subscribe(happened =>
        {
            if (happened is PgLeaseEvent held)
                reported.TrySetResult(held);
        });

        await using var session = await db.LeaseAsync(Token);

        var report = (await reported.Task.WaitAsync(Token)).Report;
        Assert.Equal(session.ProcessId, report.ProcessId);
        Assert.Equal(nameof(Session_held_for_long_is_reported_with_who_took_it), report.Holder.Member);
    }

    [Fact]
    public async Task Outage_is_told_to_waiters_as_what_it_is_and_not_as_an_exhausted_pool()
    {
        var server = await servers.GetAsync();
        await using var proxy = FaultProxy.Start(server.TcpEndPoint);
        await using var db = await server.OpenAsync("shared_sessions=1&max_leased_sessions=2&sslmode=disable", proxy: proxy);
        proxy.RefuseConnections();

        var failures = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Record.ExceptionAsync(async () => await db.LeaseAsync(Token)).AsTask()));

        Assert.All(failures, failure => Assert.Equal(
            (SessionFailureKind.Unreachable, Outcome.NotSent),
            (Assert.IsType<PgConnectionException>(failure).Kind, ((PgConnectionException)failure).Outcome)));
    }

    [Fact]
    public async Task Commands_beside_an_open_stream_are_refused_instead_of_waiting_for_its_reader()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        await using var session = await db.LeaseAsync(Token);
        await using (var rows = session.Query<int>("select generate_series(1, 1000000)").GetAsyncEnumerator(Token))
        {
            Assert.True(await rows.MoveNextAsync());
            var refused = await Assert.ThrowsAsync<PgUsageException>(async () => await session.ExecuteAsync("select 1", Token));
            Assert.Contains("row stream", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(1, await session.QuerySingleAsync<int>("select 1", Token));
    }

    [Theory]
    [InlineData("select generate_series(1, 2000000000)")]
    [InlineData("select case when n > 20000 then length(pg_sleep(600)::text) else n end from generate_series(1, 20001) n")]
    [InlineData("select generate_series(1, 10000)")]
    public async Task Half_read_stream_gives_its_session_back_in_bounded_time(string sql)
    {
        await using var db = await servers.OpenAsync("shared_sessions=1&max_leased_sessions=1");
        await using var session = await db.LeaseAsync(Token);
        await using (var rows = session.Query<int>(sql).WithWindow(4_096).GetAsyncEnumerator(Token))
            Assert.True(await rows.MoveNextAsync());

        Assert.Equal(1, await session.QuerySingleAsync<int>("select 1", Token));
    }
}
