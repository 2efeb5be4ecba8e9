using static PgActors.Integration.Tests.Types.ConstructedTypeTests;

namespace PgActors.Integration.Tests.Types;

/// <summary>Types that change while they are in use: the next query is right, or ends with an error that says what happened.</summary>
public sealed class TypeChangeTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Label_that_is_added_is_read_and_written()
    {
        await using var world = await TypeWorld.CreateAsync(servers, 18);
        Assert.Equal(Mood.Sad, await world.Database.QuerySingleAsync<Mood>($"select {Mood.Sad}", Token));
        await Assert.ThrowsAsync<PgServerException>(async () => await world.Database.QuerySingleAsync<Mood>($"select {Mood.Angry}", Token));

        await world.RunAsync("alter type {0}.mood add value 'angry'");
        Assert.Equal(Mood.Angry, await world.Database.QuerySingleAsync<Mood>($"select {Mood.Angry}", Token));
        Assert.Equal(Mood.Angry, await world.AskAsync<Mood>("select 'angry'::{0}.mood"));
    }

    [Fact]
    public async Task Composite_that_gains_a_column_is_told_and_looked_up_again()
    {
        await using var world = await TypeWorld.CreateAsync(servers, 18);
        Assert.Equal("x", (await world.AskAsync<Address>("select row('x', 1, 'sad')::{0}.address")).Street);
        Assert.Equal(("x", 1, "sad"), await world.AskAsync<(string, int, string)>("select row('x', 1, 'sad')::{0}.address"));

        await world.RunAsync("alter type {0}.address add attribute city text");
        var told = await Assert.ThrowsAsync<PgMappingException>(
            async () => await world.AskAsync<Address>("select row('x', 1, 'sad', 'y')::{0}.address"));
        Assert.Contains("no place in Address", told.Message, StringComparison.Ordinal);
        Assert.Equal(
            ("x", 1, "sad", "y"), await world.AskAsync<(string, int, string, string)>("select row('x', 1, 'sad', 'y')::{0}.address"));

        await world.RunAsync("alter type {0}.address drop attribute city");
        Assert.Equal("x", (await world.AskAsync<Address>("select row('x', 2, 'sad')::{0}.address")).Street);
    }

    [Fact]
    public async Task Composite_that_gains_a_column_under_a_prepared_statement_is_never_garbage()
    {
        await using var world = await TypeWorld.CreateAsync(servers, 18);
        await world.RunAsync("create table {0}.places (place {0}.address)");
        await world.RunAsync("insert into {0}.places values (row('x', 1, 'sad'))");
        const string Sql = "select place from {0}.places";
        for (var i = 0; i < 3; i++)
            Assert.Equal("x", (await world.AskAsync<Address>(Sql)).Street);

        await world.RunAsync("alter type {0}.address drop attribute house_no cascade");
        var told = await Assert.ThrowsAsync<PgMappingException>(async () => await world.AskAsync<Address>(Sql));
        Assert.Contains("altered meanwhile", told.Message, StringComparison.Ordinal);
        told = await Assert.ThrowsAsync<PgMappingException>(async () => await world.AskAsync<Address>(Sql));
        Assert.Contains("needs HouseNo", told.Message, StringComparison.Ordinal);
        Assert.Equal(("x", "sad"), await world.AskAsync<(string, string)>(Sql));
    }

    [Fact]
    public async Task Type_that_is_dropped_and_created_again_is_found_again()
    {
        await using var world = await TypeWorld.CreateAsync(servers, 18);
        Assert.Equal(Mood.Sad, await world.Database.QuerySingleAsync<Mood>($"select {Mood.Sad}", Token));

        await world.RunAsync("drop type {0}.mood cascade");
        await world.RunAsync("create type {0}.mood as enum ('very_happy', 'sad')");
        Assert.Equal(Mood.Sad, await world.AskAsync<Mood>("select 'sad'::{0}.mood"));
        Assert.Equal(Mood.Sad, await world.Database.QuerySingleAsync<Mood>($"select {Mood.Sad}", Token));

        await world.RunAsync("drop type {0}.mood cascade");
        await world.RunAsync("create type {0}.mood as enum ('sad')");
        await Assert.ThrowsAsync<PgServerException>(async () => await world.Database.QuerySingleAsync<Mood>($"select {Mood.Sad}", Token));
        Assert.Equal(Mood.Sad, await world.Database.QuerySingleAsync<Mood>($"select {Mood.Sad}", Token));
    }
}
