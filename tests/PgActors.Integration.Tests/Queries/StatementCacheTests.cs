namespace PgActors.Integration.Tests.Queries;

public sealed class StatementCacheTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    public async Task Server_keeps_no_more_statements_than_the_cache(int size)
    {
        await using var db = await servers.OpenAsync($"shared_sessions=1&statement_cache_size={size}");

        for (var round = 0; round < 2; round++)
        {
            for (var n = 0; n < 400; n++)
                Assert.Equal(n, await db.QuerySingleAsync<int>($"select {n}::int /* " + n + " */", Token));
        }

        var kept = await db.QuerySingleAsync<long>("select count(*) from pg_prepared_statements where name <> ''", Token);
        Assert.Equal(size, kept);
    }

    [Fact]
    public async Task Pipelined_statements_may_outnumber_the_cache()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1&statement_cache_size=4");

        var answers = Enumerable.Range(0, 600).Select(async n => await db.QuerySingleAsync<string>("select '" + n % 50 + "'", Token));

        Assert.Equal(Enumerable.Range(0, 600).Select(n => $"{n % 50}"), await Task.WhenAll(answers));
    }

    [Fact]
    public async Task Statement_that_failed_to_parse_can_be_tried_again()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = Tables.NewName("late");

        for (var i = 0; i < 2; i++)
        {
            var missing = await Assert.ThrowsAsync<PgServerException>(
                async () => await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
            Assert.Equal(SqlStates.UndefinedTable, missing.SqlState);
        }

        await db.ExecuteAsync($"create table {table} ()", Token);
        Assert.Equal(0, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    [Fact]
    public async Task Statements_that_fail_before_they_run_pile_up_nowhere()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1&statement_cache_size=8");

        for (var n = 0; n < 100; n++)
        {
            // Parse succeeds, and planning for Bind divides.
            var sql = "select 1 / 0 /* " + n % 10 + " */";
            var error = await Assert.ThrowsAsync<PgServerException>(async () => await db.QuerySingleAsync<int>(sql, Token));
            Assert.Equal(SqlStates.DivisionByZero, error.SqlState);
        }

        Assert.InRange(await db.QuerySingleAsync<long>("select count(*) from pg_prepared_statements where name <> ''", Token), 1, 8);
    }

    [Theory]
    [InlineData(18)]
    [InlineData(15)]
    public async Task Changed_table_changes_the_rows_of_a_cached_statement(int major)
    {
        await using var db = await servers.OpenAsync(major, "shared_sessions=1&max_leased_sessions=1");
        var table = Tables.NewName("altered");
        await db.ExecuteAsync($"create table {table} as select 1 as a", Token);
        Assert.Equal(1, await db.QuerySingleAsync<int>($"select * from {table}", Token));
        Assert.Equal([1], await db.Query<int>($"select * from {table}").ToListAsync(Token));

        await db.ExecuteAsync($"alter table {table} add b text default 'new'", Token);

        Assert.Equal((1, "new"), await db.QuerySingleAsync<(int, string)>($"select * from {table}", Token));
        Assert.Equal([(1, "new")], await db.Query<(int, string)>($"select * from {table}").ToListAsync(Token));
        await db.ExecuteAsync($"alter table {table} add c int", Token);
        Assert.Equal(
            [(1, "new", null)], await db.Query<(int, string, int?)>($"select * from {table}").WithFetchSize(1).ToListAsync(Token));
        await db.ExecuteAsync($"alter table {table} drop c", Token);

        await db.ExecuteAsync($"alter table {table} drop b", Token);
        await db.ExecuteAsync($"alter table {table} alter a type text using 'was ' || a", Token);

        // The row type of the call no longer fits; it says so and reads nothing wrong.
        var unreadable = await Assert.ThrowsAsync<PgMappingException>(
            async () => await db.QuerySingleAsync<int>($"select * from {table}", Token));
        Assert.Contains("\"a\" is text", unreadable.Message, StringComparison.Ordinal);
        Assert.Equal("was 1", await db.QuerySingleAsync<string>($"select * from {table}", Token));
        Assert.Equal(["was 1"], await db.Query<string>($"select * from {table}").ToListAsync(Token));
        Assert.Equal(1, await db.ExecuteAsync($"select * from {table}", Token));
    }

    [Fact]
    public async Task Changed_table_does_not_mix_up_pipelined_commands()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = Tables.NewName("altered");
        await db.ExecuteAsync($"create table {table} as select 1 as a", Token);
        Assert.Equal(1, await db.QuerySingleAsync<int>($"select * from {table}", Token));
        await db.ExecuteAsync($"alter table {table} alter a type bigint", Token);

        var answers = Enumerable.Range(0, 100).Select(async n => n % 2 == 0
            ? await db.QuerySingleAsync<long>($"select * from {table}", Token)
            : await db.QuerySingleAsync<long>($"select {(long)n}", Token));

        Assert.Equal(Enumerable.Range(0, 100).Select(n => n % 2 == 0 ? 1L : n), await Task.WhenAll(answers));
    }

    [Fact]
    public async Task Statements_that_the_server_forgot_are_prepared_anew()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        Assert.Equal(5, await db.QuerySingleAsync<int>($"select {2} + {3}", Token));

        // From within a function, where nobody but the server can see it.
        await db.ExecuteAsync("do $$ begin execute 'deallocate all'; end $$", Token);

        Assert.Equal(7, await db.QuerySingleAsync<int>($"select {3} + {4}", Token));
    }
}
