namespace PgActors.Integration.Tests.Types;

/// <summary>Types of extensions, where the server has them.</summary>
public sealed class ExtensionTypeTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(18)]
    [InlineData(15)]
    public async Task Hstore(int major)
    {
        await using var world = await CreateAsync(major, "hstore");
        var value = new Dictionary<string, string?> { ["a"] = "1", ["b \"c\""] = null };
        var (sent, echo) = await world.Database.QuerySingleAsync<(string, Dictionary<string, string?>)>(
            $"select pg_typeof({value})::text, {value}", Token);
        Assert.EndsWith("hstore", sent, StringComparison.Ordinal);
        Assert.Equal(value, echo);
        Assert.Equal("1", (await world.AskAsync<Dictionary<string, string?>[]>("select array['a=>1']::{0}.hstore[]"))[0]["a"]);
        Assert.Null(await world.AskAsync<Dictionary<string, string?>?>("select null::{0}.hstore"));
    }

    [Theory]
    [InlineData(18)]
    [InlineData(15)]
    public async Task Ltree_and_its_queries(int major)
    {
        await using var world = await CreateAsync(major, "ltree");
        Assert.Equal("a.b", await world.AskAsync<string>("select 'a.b'::{0}.ltree"));
        Assert.Equal(new[] { "a.b", null }, await world.AskAsync<string?[]>("select array['a.b', null]::{0}.ltree[]"));
        Assert.Equal("a.*", await world.AskAsync<string>("select 'a.*'::{0}.lquery"));
        Assert.Equal("a & b", await world.AskAsync<string>("select 'a & b'::{0}.ltxtquery"));
        Assert.Equal("a.b", await world.Database.QuerySingleAsync<string>($"select {PgParam.As("a.b", world.Name("ltree"))}::text", Token));
    }

    [Theory]
    [InlineData(18)]
    [InlineData(15)]
    public async Task Citext_and_cube(int major)
    {
        await using var world = await CreateAsync(major, "citext", "cube");
        Assert.Equal("Ab", await world.AskAsync<string>("select 'Ab'::{0}.citext"));
        Assert.Equal("Ab", await world.Database.QuerySingleAsync<string>($"select {PgParam.As("Ab", world.Name("citext"))}", Token));
        var cube = new PgCube([1d, 2.5], [3d, 4]);
        var (text, echo) = await world.Database.QuerySingleAsync<(string, PgCube)>($"select {cube}::text, {cube}", Token);
        Assert.Equal("(1, 2.5),(3, 4)", text);
        Assert.Equal(cube, echo);
        Assert.True((await world.AskAsync<PgCube>("select '(7)'::{0}.cube")).IsPoint);
    }

    [Fact]
    public async Task Vectors()
    {
        await using var world = await CreateAsync(18, "vector");
        Assert.Equal(new[] { 1f, 2 }, await world.AskAsync<float[]>("select '[1,2]'::{0}.vector"));
        Assert.Equal(new[] { (Half)1 }, await world.AskAsync<Half[]>("select '[1]'::{0}.halfvec"));
        var sparse = new PgSparseVector(5, [0, 2], [0.5f, 2]);
        Assert.Equal(sparse, await world.Database.QuerySingleAsync<PgSparseVector>($"select {sparse}", Token));
    }

    [Fact]
    public async Task Geometry_is_its_bytes()
    {
        await using var world = await CreateAsync(18, "postgis");
        Assert.NotEmpty(await world.AskAsync<byte[]>("select {0}.st_point(1, 2)"));
    }

    [Fact]
    public async Task Type_of_an_extension_that_nobody_mapped_is_bytes_at_once_and_text_from_then_on()
    {
        await using var world = await CreateAsync(18, "seg");
        Assert.NotEmpty(await world.AskAsync<byte[]>("select '1..2'::{0}.seg"));
        Assert.Equal("1 .. 2", await world.AskAsync<string>("select '1..2'::{0}.seg"));
    }

    private async Task<TypeWorld> CreateAsync(int major, params string[] extensions)
    {
        var world = await TypeWorld.CreateAsync(servers, major, mapped: false);
        foreach (var extension in extensions)
        {
            var available = await world.Database.QuerySingleAsync<bool>(
                $"select exists (select from pg_available_extensions where name = {extension})", Token);
            if (!available)
            {
                await world.DisposeAsync();
                Assert.Skip($"The server of major version {major} does not come with the extension {extension}.");
            }

            await world.RunAsync($"create extension if not exists {extension} schema {{0}}");
        }

        return world;
    }
}
