namespace PgActors.Integration.Tests.Types;

/// <summary>Types without a binary form, and types that nobody mapped: readable from the first execution on.</summary>
public sealed class ResultFormatTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(18)]
    [InlineData(15)]
    public async Task Type_without_a_binary_form_is_read_the_first_time_and_after(int major)
    {
        await using var db = await servers.OpenAsync(major, "shared_sessions=1");
        for (var i = 0; i < 3; i++)
        {
            var (acl, number) = await db.QuerySingleAsync<(string, int)>("select 'postgres=r/postgres'::aclitem, 7", Token);
            Assert.EndsWith("=r/postgres", acl, StringComparison.Ordinal);
            Assert.Equal(7, number);
            Assert.Single(await db.QuerySingleAsync<string[]>("select array['postgres=r/postgres']::aclitem[]", Token) is { } array ? array : []);
            Assert.StartsWith("(postgres", await db.QuerySingleAsync<string>("select row('postgres=r/postgres'::aclitem)", Token), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Stream_of_a_type_without_a_binary_form_begins_again_before_its_first_row()
    {
        await using var db = await servers.OpenAsync();
        for (var i = 0; i < 2; i++)
        {
            var rows = await db.Query<(int, string)>("select n, 'postgres=r/postgres'::aclitem from generate_series(1, 1000) n").ToListAsync(Token);
            Assert.Equal(1000, rows.Count);
            Assert.All(rows, row => Assert.EndsWith("=r/postgres", row.Item2, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Statement_that_writes_and_returns_such_a_type_has_written_once()
    {
        await using var db = await servers.OpenAsync();
        var table = Tables.NewName("acls");
        await db.ExecuteAsync($"create table {table} (id int generated always as identity, acl aclitem)", Token);
        var acl = await db.QuerySingleAsync<string>($"insert into {table} (acl) values ('postgres=r/postgres') returning acl", Token);
        Assert.EndsWith("=r/postgres", acl, StringComparison.Ordinal);
        Assert.Equal(1, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    [Fact]
    public async Task Result_that_loses_columns_after_its_formats_were_chosen_is_read()
    {
        await using var db = await servers.OpenAsync("statement_cache_size=0");
        var table = Tables.NewName("acls");
        await db.ExecuteAsync($"create table {table} (acl aclitem, more int)", Token);
        await db.ExecuteAsync($"insert into {table} values ('postgres=r/postgres', 7)", Token);
        Assert.Equal(7, (await db.QuerySingleAsync<(string, int)>($"select * from {table}", Token)).Item2);
        Assert.Equal(7, (await db.QuerySingleAsync<(string, int)>($"select * from {table}", Token)).Item2);
        await db.ExecuteAsync($"alter table {table} drop column acl", Token);
        Assert.Equal(7, await db.QuerySingleAsync<int>($"select * from {table}", Token));
    }

    [Fact]
    public async Task Type_that_nobody_mapped_is_bytes_at_once()
    {
        await using var db = await servers.OpenAsync();
        Assert.NotEmpty(await db.QuerySingleAsync<byte[]>("select 'a & b'::tsquery", Token) is { } bytes ? bytes : []);
    }
}
