namespace PgActors.Integration.Tests.Mistakes;

/// <summary>Rows that do not fit the type they are asked for as: the message names column, SQL type, .NET type and the remedy, and the
/// session goes on.</summary>
public sealed class RowTypeTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Wrong_type_of_a_column() => FailsAsync<int>(
        "select 'a' as word", "Column 0 \"word\" is text", "cannot be read as int", "Use string", "word::int4");

    [Fact]
    public Task Number_that_is_too_wide() => FailsAsync<int>(
        "select 1::bigint as n", "\"n\" is int8", "read as int", "Use long", "n::int4");

    [Fact]
    public Task Text_wanted_of_a_number() => FailsAsync<string>("select 1 as n", "\"n\" is int4", "read as string", "Use int", "n::text");

    [Fact]
    public Task Wrong_type_of_a_member() => FailsAsync<Person>(
        "select 'x' as id, 'y' as name", "\"id\" is text", "int (Person.Id)", "Use string", "id::int4");

    [Fact]
    public Task Type_without_a_codec() => FailsAsync<string>("select '(1,2)'::point as p", "\"p\" is point", "p::text");

    [Fact]
    public Task Null_into_a_value() => FailsAsync<int>("select null::int as n", "\"n\" is NULL", "int?", "coalesce(n");

    [Fact]
    public Task Null_into_an_item() => FailsAsync<(int, int)>(
        "select 1 as a, null::int as b", "Column 1 \"b\" is NULL", "item 2 of (int, int)", "int?");

    [Fact]
    public Task Null_into_a_member_that_is_never_null() => FailsAsync<Person>(
        "select 1 as id, null::text as name", "\"name\" is NULL", "Person.Name is string", "string?");

    [Fact]
    public Task Missing_column() => FailsAsync<Person>(
        "select 1 as id, 2 as nmae", "Person needs Name (string)", "id, nmae", "AS", "[PgColumn");

    [Fact]
    public Task Column_without_a_place() => FailsAsync<Person>(
        "select 1 as id, 'x' as name, 3 as shoe_size", "\"shoe_size\" has no place in Person", "Leave it out");

    [Fact]
    public Task Columns_of_one_name() => FailsAsync<Person>("select 1 as id, 'x' as name, 2 as id", "both named \"id\"", "AS");

    [Fact]
    public Task Too_few_columns() => FailsAsync<(int, int)>("select 1 as a", "(int, int) takes 2 columns", "one column: a");

    [Fact]
    public Task Too_many_columns() => FailsAsync<int>(
        "select 1 as a, 2 as b", "result of one column", "2 columns: a, b", "tuple or a record");

    [Fact]
    public Task Value_out_of_range() => FailsAsync<DateTime>(
        "select 'infinity'::timestamptz as t", "\"t\" is timestamptz", "DateTime", "infinite");

    [Fact]
    public Task Number_out_of_range() => FailsAsync<decimal>("select 'NaN'::numeric as n", "\"n\" is numeric", "decimal", "NaN");

    [Fact]
    public async Task Row_that_does_not_fit_ends_its_stream_and_nothing_else()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1&max_leased_sessions=1");
        var seen = new List<int>();

        var unreadable = await Assert.ThrowsAsync<PgMappingException>(async () =>
        {
            var rows = db.Query<int>("select nullif(n, 1000) as maybe from generate_series(1, 100000) n");
            await foreach (var n in rows.WithCancellation(Token))
                seen.Add(n);
        });

        unreadable.Says("\"maybe\" is NULL");
        Assert.Equal((PgMappingErrorKind.Null, 0, "maybe"), (unreadable.Kind, unreadable.ColumnIndex, unreadable.ColumnName));
        Assert.Equal(Enumerable.Range(1, 999), seen);
        Assert.Equal([1], await db.Query<int>("select 1").ToListAsync(Token));
    }

    private async Task FailsAsync<T>(string sql, params string[] parts)
    {
        await using var db = await servers.OpenAsync("shared_sessions=1&max_leased_sessions=1");

        var single = await Assert.ThrowsAsync<PgMappingException>(async () => await db.QuerySingleAsync<T>(sql, Token));
        var streamed = await Assert.ThrowsAsync<PgMappingException>(async () => await db.Query<T>(sql).ToListAsync(Token));

        single.Says(parts);
        Assert.Equal(single.Message, streamed.Message);
        Assert.Equal(1, await db.QuerySingleAsync<int>("select 1", Token));
        Assert.Equal([1], await db.Query<int>("select 1").ToListAsync(Token));
    }

    public sealed record Person(int Id, string Name);
}
