namespace PgActors.Integration.Tests.Supervision;

/// <summary>Tables that change under callers who have their statements prepared.</summary>
public sealed class SchemaChangeTests(TestServers servers)
{
    private const int Callers = 100;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(18)]
    [InlineData(15)]
    public async Task Changes_under_load_fail_nobody_and_garble_nothing(int major)
    {
        await using var db = await servers.OpenAsync(major, "shared_sessions=4");
        await using var admin = await servers.OpenAsync(major, "shared_sessions=1");
        var table = Tables.NewName("changing");
        await admin.ExecuteAsync($"create table {table} as select 7 as a, 'seven' as b", Token);
        using var done = new CancellationTokenSource();
        var reads = 0;

        async Task CallAsync()
        {
            while (!done.IsCancellationRequested)
            {
                // Whatever a's type is at the moment, its text is 7 or 7.0.
                Assert.StartsWith("7", await db.QuerySingleAsync<string>($"select a::text from {table}", Token), StringComparison.Ordinal);
                Assert.Equal(1, await db.ExecuteAsync($"select * from {table}", Token));
                var row = await ReadAsync(table);
                Assert.True(row is "7 seven" or "7.0 seven", row);
                Interlocked.Increment(ref reads);
            }
        }

        // The width of the row and the type of a column differ from one moment to the next; the reader says which it was given.
        async Task<string> ReadAsync(PgIdentifier name)
        {
            try
            {
                var (a, b) = await db.QuerySingleAsync<(int, string)>($"select a, b from {name}", Token);
                return $"{a} {b}";
            }
            catch (PgMappingException unreadable)
            {
                Assert.Contains("\"a\" is numeric", unreadable.Message, StringComparison.Ordinal);
                return "7.0 seven";
            }
        }

        var callers = Enumerable.Range(0, Callers).Select(_ => CallAsync()).ToArray();
        for (var round = 0; round < 5; round++)
        {
            await admin.ExecuteAsync($"alter table {table} add c int default 3", Token);
            await UntilReadAsync();
            await admin.ExecuteAsync($"alter table {table} alter a type numeric(3, 1)", Token);
            await UntilReadAsync();
            await admin.ExecuteAsync($"alter table {table} drop c", Token);
            await UntilReadAsync();
            await admin.ExecuteAsync($"alter table {table} alter a type int", Token);
            await UntilReadAsync();
        }

        await done.CancelAsync();
        await Task.WhenAll(callers);

        async Task UntilReadAsync()
        {
            var before = Volatile.Read(ref reads);
            await ServerFacts.UntilAsync(
                () => Volatile.Read(ref reads) > before + 2 * Callers || callers.Any(caller => caller.IsFaulted), "everybody had read again");
        }
    }

    // What is in flight behind the change runs where that leads; before anything new is sent the session is as it was.
    [Fact]
    public async Task Search_path_that_functions_change_under_load_fails_nobody_and_garbles_nothing()
    {
        const int Rounds = 30;
        var server = await servers.GetAsync();
        await using var db = await servers.OpenAsync("shared_sessions=4");
        var (table, schema, astray) = (Tables.NewName("twofold"), Tables.NewName("astray"), Tables.NewName("lead_astray"));
        await server.QueryAsync($"create table {table} as select 1 as a, 'home' as b", cancellationToken: Token);
        await server.QueryAsync($"create schema {schema}", cancellationToken: Token);
        await server.QueryAsync($"create table {schema}.{table} as select 'away' as b, 2.5 as a", cancellationToken: Token);
        await server.QueryAsync(
            $"create function {astray}() returns int language plpgsql as $$ begin set search_path = {schema}, public; return 1; end $$",
            cancellationToken: Token);
        var resets = 0;
        using var watch = db.Events.Subscribe(happened => resets += happened is PgSessionResetEvent ? 1 : 0);

        async Task CallAsync(int caller)
        {
            for (var round = 0; round < Rounds; round++)
            {
                if ((caller + round) % 20 == 0)
                    Assert.Equal(1, await db.QuerySingleAsync<int>($"select {astray}()", Token));
                Assert.Contains(await db.QuerySingleAsync<string>($"select a || b from {table}", Token), (string[])["1home", "2.5away"]);
                Assert.Equal(1, await db.ExecuteAsync($"select * from {table}", Token));
                Assert.Contains(await ReadAsync(), (string[])["1 home", "2.5 away"]);
            }
        }

        async Task<string> ReadAsync()
        {
            try
            {
                var (a, b) = await db.QuerySingleAsync<(int, string)>($"select a, b from {table}", Token);
                return $"{a} {b}";
            }
            catch (PgMappingException unreadable)
            {
                Assert.Contains("\"a\" is numeric", unreadable.Message, StringComparison.Ordinal);
                return "2.5 away";
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(CallAsync));
        Assert.True(resets > 0);
        for (var i = 0; i < 20; i++)
            Assert.Equal((1, "home"), await db.QuerySingleAsync<(int, string)>($"select a, b from {table}", Token));
    }

    [Fact]
    public async Task Changed_search_path_of_a_role_and_a_new_table_in_front_are_seen()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = Tables.NewName("shadowed");
        var schema = Tables.NewName("front");
        await db.ExecuteAsync($"create schema {schema}", Token);
        await db.ExecuteAsync($"create table {table} as select 1 as a", Token);
        Assert.Equal(1, await db.QuerySingleAsync<int>($"select * from {table}", Token));
        await using var leased = await db.LeaseAsync(Token);
        Assert.Equal(1, await leased.QuerySingleAsync<int>($"select * from {table}", Token));
        await leased.ExecuteAsync($"create table {schema}.{table} as select 'two' as a", Token);

        await leased.ExecuteAsync($"set search_path = {schema}, public", Token);

        Assert.Equal("two", await leased.QuerySingleAsync<string>($"select * from {table}", Token));
        await leased.ExecuteAsync("reset search_path", Token);
        Assert.Equal(1, await leased.QuerySingleAsync<int>($"select * from {table}", Token));
        Assert.Equal(1, await db.QuerySingleAsync<int>($"select * from {table}", Token));
    }
}
