using PgActors.Types;

namespace PgActors.Integration.Tests.Types;

/// <summary>Types that are made of others, on the newest server and on an old one.</summary>
public sealed class ConstructedTypeTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> Majors => [18, 15];

    [Theory]
    [MemberData(nameof(Majors))]
    public async Task Ranges_and_multiranges(int major)
    {
        await using var db = await servers.OpenAsync(major);
        await using var proof = new TypeProof(_ => servers.OpenAsync(major));
        await proof.RangeAsync("int4range", new PgRange<int>(1, 5), "[1,5)");
        await proof.RangeAsync("int8range", PgRange.From(7L), "[7,)");
        await proof.RangeAsync("numrange", new PgRange<decimal>(1.5m, 2m, false, true), "(1.5,2]");
        await proof.RangeAsync("daterange", PgRange.Empty<DateOnly>(), "empty");
        await proof.RangeAsync("tsrange", PgRange.To(new DateTime(2020, 1, 2, 3, 4, 5)), "(,\"2020-01-02 03:04:05\")");
        await proof.RangeAsync(
            "tstzrange", PgRange.To(new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc), true), "(,\"2020-01-02 03:04:05+00\"]");
        await proof.ReferenceAsync("int4multirange", new[] { new PgRange<int>(1, 3), new PgRange<int>(5, 8) }, "{[1,3),[5,8)}");
        await proof.ReferenceAsync("nummultirange", new[] { PgRange.From(1.5m) }, "{[1.5,)}");
        await proof.ReferenceAsync("int8multirange", Array.Empty<PgRange<long>>(), "{}");
        await proof.ReferenceAsync(
            "datemultirange", new[] { new PgRange<DateOnly>(new(2020, 1, 1), new(2020, 1, 3)) }, "{[2020-01-01,2020-01-03)}");
        await proof.ReferenceAsync(
            "tsmultirange", new[] { PgRange.From(new DateTime(2020, 1, 2, 3, 4, 5)) }, "{[\"2020-01-02 03:04:05\",)}");

        // An array of it that is empty would not say of which of the two it is.
        var moments = new[] { PgRange.From(new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc)) };
        var (type, read) = await db.QuerySingleAsync<(string, PgRange<DateTime>[])>($"select pg_typeof({moments})::text, {moments}", Token);
        Assert.Equal("tstzmultirange", type);
        Assert.Equal(moments, read);
        Assert.Equal(
            [new PgRange<DateOnly>(new(2020, 1, 1), new(2020, 1, 3))],
            await db.QuerySingleAsync<List<PgRange<DateOnly>>>("select '{[2020-01-01,2020-01-02]}'::datemultirange", Token));
    }

    [Theory]
    [MemberData(nameof(Majors))]
    public async Task Arrays_of_every_shape(int major)
    {
        await using var db = await servers.OpenAsync(major);
        var matrix = new[,] { { 1, 2 }, { 3, 4 } };
        var (text, echo) = await db.QuerySingleAsync<(string, int[,])>($"select {matrix}::text, {matrix}", Token);
        Assert.Equal("{{1,2},{3,4}}", text);
        Assert.Equal(matrix, echo);

        var shifted = new PgArray<string?>(["a", null, "c d", "e"], [2, 2], [0, -1]);
        var (shiftedText, shiftedEcho) = await db.QuerySingleAsync<(string, PgArray<string?>)>($"select {shifted}::text, {shifted}", Token);
        Assert.Equal("[0:1][-1:0]={{a,NULL},{\"c d\",e}}", shiftedText);
        Assert.Equal(shifted, shiftedEcho);
        Assert.Equal((2, 2, -1), (shiftedEcho.Rank, shiftedEcho.GetLength(1), shiftedEcho.GetLowerBound(1)));

        Assert.Equal(6, (await db.QuerySingleAsync<int[,,,,,]>("select '{{{{{{7}}}}}}'::int[]", Token)).Rank);
        Assert.Equal(0, (await db.QuerySingleAsync<PgArray<int>>("select '{}'::int[]", Token)).Rank);
        IEnumerable<int> sequence = Enumerable.Range(1, 3);
        Assert.Equal(2, await db.QuerySingleAsync<long>($"select count(*) from generate_series(2, 9) n where n = any({sequence})", Token));
        IReadOnlyList<Guid> none = [];
        Assert.Equal(0, await db.QuerySingleAsync<long>($"select count(*) from generate_series(2, 9) n where gen_random_uuid() = any({none})", Token));
    }

    [Theory]
    [MemberData(nameof(Majors))]
    public async Task Enums_domains_and_composites_are_learned_when_first_met(int major)
    {
        await using var world = await TypeWorld.CreateAsync(servers, major);
        var db = world.Database;

        // As a parameter and as a column, first of all without anything known of the type.
        var (sent, happy, many) = await db.QuerySingleAsync<(string, Mood, Mood?[])>(
            $"select {Mood.VeryHappy}::text, {Mood.VeryHappy}, {new Mood?[] { Mood.Sad, null }}", Token);
        Assert.Equal("very_happy", sent);
        Assert.Equal((Mood.VeryHappy, Mood.Sad, null), (happy, many[0], many[1]));
        Assert.Equal("sad", await world.AskAsync<string>("select 'sad'::{0}.mood"));
        Assert.Null(await world.AskAsync<Mood?>("select null::{0}.mood"));

        Assert.Equal(7, await world.AskAsync<int>("select 7::{0}.positive"));
        Assert.Equal(new[] { 7, 8 }, await world.AskAsync<int[]>("select array[7, 8]::{0}.positive[]"));
        Assert.Equal(new PgRange<double>(1, 2), await world.AskAsync<PgRange<double>>("select '[1,2)'::{0}.floatrange"));
        Assert.Equal(new[] { PgRange.From(1d) }, await world.AskAsync<PgRange<double>[]>("select '{{[1,)}}'::{0}.floatmultirange"));

        var address = new Address("A \"street\"", null, Mood.Sad);
        var (written, read) = await db.QuerySingleAsync<(string, Address)>($"select {address}::text, {address}", Token);
        Assert.Equal("(\"A \"\"street\"\"\",,sad)", written);
        Assert.Equal(address, read);
        var person = new Person(address, [1, 2], [address]);
        var echo = await db.QuerySingleAsync<Person>($"select {person}", Token);
        Assert.Equal(address, echo.Home);
        Assert.Equal([1, 2], echo.Years!);
        Assert.Equal([address], echo.Others!);
        Assert.Equal(new[] { address, null }, await db.QuerySingleAsync<Address?[]>($"select {new[] { address, null }}", Token));
        Assert.Equal(address, (await db.Query<Address>($"select {address}").ToListAsync(Token))[0]);
        Assert.Equal(
            address,
            await db.QuerySingleAsync<Address>($"select {address.Street} as street, null::int as house_no, {Mood.Sad} as mood", Token));
    }

    [Theory]
    [MemberData(nameof(Majors))]
    public async Task What_nobody_mapped_is_read_as_text_tuples_and_objects(int major)
    {
        await using var world = await TypeWorld.CreateAsync(servers, major, mapped: false);
        Assert.Equal("very_happy", await world.AskAsync<string>("select 'very_happy'::{0}.mood"));
        Assert.Equal(new[] { "sad", null }, await world.AskAsync<string?[]>("select array['sad', null]::{0}.mood[]"));
        Assert.Equal(("x", 5, "sad"), await world.AskAsync<(string, int, string)>("select row('x', 5, 'sad')::{0}.address"));
        Assert.Equal((1, "a", null), await world.AskAsync<(int, string, int?)>("select row(1, 'a'::text, null::int)"));
        Assert.Equal(new object?[] { 1, "a", null }, await world.AskAsync<object?[]>("select row(1, 'a'::text, null::int)"));
        Assert.Equal(
            [(1, "sad"), (2, "sad")],
            await world.AskAsync<(int, string)[]>("select array_agg(row(n, 'sad'::{0}.mood)) from generate_series(1, 2) n"));
        var people = await world.AskAsync<object?[]>("select row(row('x', 5, 'sad'), array[1], null)::{0}.person");
        Assert.Equal(["x", 5, "sad"], (object?[])people[0]!);
        var typed = await world.Database.QuerySingleAsync<(string, string)>(
            $"select {PgParam.As("sad", world.Name("mood"))}::text, {PgParam.As(("x", 5, "sad"), world.Name("address"))}::text", Token);
        Assert.Equal(("sad", "(x,5,sad)"), typed);
    }

    [Fact]
    public async Task Type_is_looked_up_once_for_all_sessions()
    {
        await using var world = await TypeWorld.CreateAsync(servers, 18);
        var moods = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => world.AskAsync<Mood>("select 'sad'::{0}.mood").AsTask()));
        Assert.All(moods, mood => Assert.Equal(Mood.Sad, mood));
        var before = world.Database.Types.Catalog;
        await world.AskAsync<Mood>("select 'very_happy'::{0}.mood");
        Assert.Same(before, world.Database.Types.Catalog);
    }

    [Fact]
    public async Task Catalog_can_be_given_and_looking_up_be_switched_off()
    {
        await using var world = await TypeWorld.CreateAsync(servers, 18);
        await world.Database.LearnTypesAsync(["mood", "address", "person"], Token);
        using var file = new MemoryStream();
        world.Database.Types.Catalog.Save(file);
        file.Position = 0;

        await using var without = await servers.OpenAsync(18, settings: new PgDatabaseSettings { LooksUpTypes = false, Types = world.Mappings });
        var refused = await Assert.ThrowsAsync<PgUsageException>(async () => await without.QuerySingleAsync<Mood>($"select {Mood.Sad}", Token));
        Assert.Contains("looking types up is switched off", refused.Message, StringComparison.Ordinal);
        await using var given = await servers.OpenAsync(
            18, settings: new PgDatabaseSettings { LooksUpTypes = false, Types = world.Mappings.With(PgCatalog.Load(file)) });
        Assert.Equal(Mood.Sad, await given.QuerySingleAsync<Mood>($"select {Mood.Sad}", Token));
    }

    [Fact]
    public async Task Nothing_on_the_search_path_stands_in_for_the_catalogs()
    {
        await using var world = await TypeWorld.CreateAsync(servers, 18);
        await world.RunAsync("create table {0}.pg_type (oid oid, typname name)");
        await world.RunAsync("create function {0}.no(oid, oid) returns bool language sql as 'select false'");
        await world.RunAsync("create operator {0}.= (leftarg = oid, rightarg = oid, function = {0}.no)");
        await using var db = await servers.OpenAsync(
            18, $"options=-c%20search_path%3D{world.Schema}%2Cpg_catalog", new PgDatabaseSettings { Types = world.Mappings });
        Assert.Equal(Mood.Sad, await db.QuerySingleAsync<Mood>($"select {Mood.Sad}", Token));
    }

    [Fact]
    public async Task Type_that_does_not_exist_is_named()
    {
        await using var db = await servers.OpenAsync(18, settings: new PgDatabaseSettings { Types = PgTypeRegistry.Default.MapEnum<Mood>("no_such") });
        var refused = await Assert.ThrowsAsync<PgUsageException>(async () => await db.QuerySingleAsync<Mood>($"select {Mood.Sad}", Token));
        Assert.Contains("PostgreSQL type no_such, and the database has no such type", refused.Message, StringComparison.Ordinal);
        refused = await Assert.ThrowsAsync<PgUsageException>(
            async () => await db.ExecuteAsync($"select {PgParam.As(1, "nothing_here")}", Token));
        Assert.Contains("The database has no type named nothing_here", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explicit_type_decides_where_one_dotnet_type_stands_for_several()
    {
        await using var db = await servers.OpenAsync();
        var (json, small, names) = await db.QuerySingleAsync<(string, string, string)>(
            $"""
            select pg_typeof({PgParam.As("{}", PgTypeOid.Jsonb)})::text, pg_typeof({PgParam.As(5, PgTypeOid.Int8)})::text,
              pg_typeof({PgParam.As(new[] { "a" }, "varchar[]")})::text
            """, Token);
        Assert.Equal(("jsonb", "bigint", "character varying[]"), (json, small, names));
        var refused = await Assert.ThrowsAsync<PgUsageException>(async () => await db.ExecuteAsync($"select {PgParam.As(true, "inet")}", Token));
        Assert.Contains("cannot be written as inet", refused.Message, StringComparison.Ordinal);
    }

    internal enum Mood
    {
        Sad,
        VeryHappy,
        Angry,
    }

    internal sealed record Address(string Street, int? HouseNo, Mood Mood);

    internal sealed record Person(Address? Home, int[]? Years, Address[]? Others);
}
