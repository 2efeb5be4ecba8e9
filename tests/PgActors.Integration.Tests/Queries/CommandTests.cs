namespace PgActors.Integration.Tests.Queries;

/// <summary>Single commands on shared sessions: rows, counts, parameters and identifiers.</summary>
public sealed class CommandTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Query_single_takes_exactly_one_row()
    {
        await using var db = await servers.OpenAsync();

        Assert.Equal(1, await db.QuerySingleAsync<int>("select 1", Token));
        var none = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await db.QuerySingleAsync<int>("select 1 where false", Token));
        Assert.Contains("none came", none.Message, StringComparison.Ordinal);
        Assert.Contains("QuerySingleOrDefaultAsync", none.Message, StringComparison.Ordinal);
        var two = await Assert.ThrowsAsync<InvalidOperationException>(async () => await db.QuerySingleAsync<int>("values (1), (2)", Token));
        Assert.Contains("more came", two.Message, StringComparison.Ordinal);
        var many = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await db.QuerySingleAsync<int>("select generate_series(1, 200000)", Token));
        Assert.Contains("more came", many.Message, StringComparison.Ordinal);
        Assert.Equal(1, await db.QuerySingleAsync<int>("select 1", Token));
    }

    [Fact]
    public async Task Query_single_or_default_takes_no_row_too()
    {
        await using var db = await servers.OpenAsync();

        Assert.Equal(0, await db.QuerySingleOrDefaultAsync<int>("select 1 where false", Token));
        Assert.Null(await db.QuerySingleOrDefaultAsync<string>("select 'a' where false", Token));
        Assert.Equal(1, await db.QuerySingleOrDefaultAsync<int>("select 1", Token));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await db.QuerySingleOrDefaultAsync<int>("values (1), (2)", Token));
    }

    [Theory]
    [InlineData(18)]
    [InlineData(15)]
    public async Task Execute_counts_the_rows_of_each_verb(int major)
    {
        await using var db = await servers.OpenAsync(major);
        var table = Tables.NewName("counted");

        Assert.Equal(0, await db.ExecuteAsync($"create table {table} (id int primary key, note text)", Token));
        Assert.Equal(10, await db.ExecuteAsync($"insert into {table} select n, 'x' from generate_series(1, {10}) n", Token));
        Assert.Equal(3, await db.ExecuteAsync($"update {table} set note = {"y"} where id <= {3}", Token));
        Assert.Equal(2, await db.ExecuteAsync($"delete from {table} where id > {8}", Token));
        Assert.Equal(8, await db.ExecuteAsync($"select * from {table}", Token));
        Assert.Equal(1, await db.ExecuteAsync(
            $"merge into {table} t using (select 1 as id) s on t.id = s.id when matched then delete", Token));
        Assert.Equal(0, await db.ExecuteAsync($"update {table} set note = 'z' where false", Token));
        Assert.Equal(7, await db.ExecuteAsync($"with gone as (delete from {table} returning id) select * from gone", Token));
        Assert.Equal(0, await db.ExecuteAsync($"truncate {table}", Token));
        Assert.Equal(5, await db.QuerySingleAsync<int>($"insert into {table} values ({5}, {"returned"}) returning id", Token));
    }

    [Fact]
    public async Task Values_never_become_text_whatever_they_hold()
    {
        await using var db = await servers.OpenAsync();
        var hostile = "'; drop table x; -- $1 {0} \\ \" \u2028 \U0001F418";

        Assert.Equal(hostile, await db.QuerySingleAsync<string>($"select {hostile}", Token));
        Assert.Equal(hostile.Length - 1, await db.QuerySingleAsync<int>($"select char_length({hostile})", Token));
        Assert.Equal(
            (1, "b", true, 4.5m), await db.QuerySingleAsync<(int, string, bool, decimal)>($"select {1}, {"b"}, {true}, {4.5m}", Token));
    }

    [Fact]
    public async Task Constants_in_an_interpolated_string_are_parameters_too()
    {
        await using var db = await servers.OpenAsync();
        const string Name = "O'Brien";

        Assert.Equal(Name, await db.QuerySingleAsync<string>($"select {Name}", Token));
        Assert.Equal(Name, await db.QuerySingleOrDefaultAsync<string>($"select {Name}", Token));
        Assert.Equal([Name], await db.Query<string>($"select {Name}").ToListAsync(Token));
        Assert.Equal(1, await db.ExecuteAsync($"select {Name}", Token));
    }

    [Theory]
    [InlineData("simple")]
    [InlineData("Mixed Case")]
    [InlineData("select")]
    [InlineData("a\"; drop table b; --")]
    [InlineData("\"\"")]
    [InlineData("$1")]
    [InlineData("naïve \U0001F418")]
    [InlineData("tab\tnew\nline")]
    public async Task Identifiers_name_what_they_say(string name)
    {
        await using var db = await servers.OpenAsync();
        var schema = Tables.NewName("hostile");
        var table = new PgIdentifier(schema.ToString().Trim('"'), name);
        var column = new PgIdentifier(name);

        await db.ExecuteAsync($"create schema {schema}", Token);
        await db.ExecuteAsync($"create table {table} ({column} int)", Token);
        await db.ExecuteAsync($"insert into {table} ({column}) values ({7})", Token);

        Assert.Equal(7, await db.QuerySingleAsync<int>($"select {column} from {table} where {column} = {7}", Token));
        Assert.Equal((name, name), await db.QuerySingleAsync<(string, string)>(
            $"""
            select c.relname, a.attname
            from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum = 1
            where c.relnamespace = {schema.ToString()}::regnamespace
            """,
            Token));
    }

    [Fact]
    public async Task Empty_statement_does_nothing()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");

        foreach (var nothing in new[] { "", "  ", "-- only words", ";" })
        {
            Assert.Equal(0, await db.ExecuteAsync(nothing, Token));
            Assert.Equal(0, await db.QuerySingleOrDefaultAsync<int>(nothing, Token));
            Assert.Empty(await db.Query<int>(nothing).ToListAsync(Token));
        }

        Assert.Equal(1, await db.QuerySingleAsync<int>("select 1", Token));
    }

    [Fact]
    public async Task Rows_without_columns_are_counted()
    {
        await using var db = await servers.OpenAsync();

        Assert.Equal(3, await db.ExecuteAsync("select from generate_series(1, 3)", Token));
        Assert.Equal(3, await db.Query<ValueTuple>("select from generate_series(1, 3)").CountAsync(Token));
        var unreadable = await Assert.ThrowsAsync<PgMappingException>(async () => await db.QuerySingleAsync<int>("select", Token));
        Assert.Contains("no columns", unreadable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statement_that_returns_no_rows_gives_none()
    {
        await using var db = await servers.OpenAsync();
        var table = Tables.NewName("silent");

        Assert.Empty(await db.Query<int>($"create table {table} (id int)").ToListAsync(Token));
        Assert.Empty(await db.Query<int>($"insert into {table} values (1)").ToListAsync(Token));
        var none = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await db.QuerySingleAsync<int>($"insert into {table} values (2)", Token));
        Assert.Contains("RETURNING", none.Message, StringComparison.Ordinal);
        Assert.Equal(2, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    [Fact]
    public async Task Commands_of_many_callers_each_get_their_own_answer()
    {
        await using var db = await servers.OpenAsync("shared_sessions=2");

        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(async n =>
        {
            if (n % 7 == 0)
                await Assert.ThrowsAsync<PgServerException>(async () => await db.QuerySingleAsync<int>($"select 1 / ({n} - {n})", Token));
            else
                Assert.Equal(n, await db.QuerySingleAsync<int>($"select {n}", Token));
        }));
    }

    [Fact]
    public async Task Large_parameters_arrive_whole()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var bytes = new byte[5 << 20];
        new Random(7).NextBytes(bytes);

        var echoes = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(async _ => await db.QuerySingleAsync<byte[]>($"select {bytes}", Token)));

        Assert.All(echoes, echo => Assert.True(echo.AsSpan().SequenceEqual(bytes)));
    }
}
