using PgActors.Types;

namespace PgActors.Integration.Tests.Types;

/// <summary>Types of extensions, where a server has them: the same proof as for the built-in ones.</summary>
public sealed class ExtensionTypeTests(TestServers servers)
{
    public static TheoryData<int> Majors => [18, 15];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Majors))]
    public Task Hstore(int major) => ProveAsync(major, ["hstore"], async proof =>
    {
        await proof.ReferenceAsync(
            "hstore", new Dictionary<string, string?> { ["a"] = "1", ["b \"c\""] = null }, "\"a\"=>\"1\", \"b \\\"c\\\"\"=>NULL");
        await proof.ReferenceAsync("hstore", new Dictionary<string, string?>(), "");
    });

    [Theory]
    [MemberData(nameof(Majors))]
    public Task Ltree_and_its_queries(int major) => ProveAsync(major, ["ltree"], async proof =>
    {
        await proof.ReferenceAsync("ltree", "a.b", "a.b", isNatural: false);
        await proof.ReferenceAsync("lquery", "a.*{1,2}.!b", "a.*{1,2}.!b", isNatural: false);
        await proof.ReferenceAsync("ltxtquery", "a & !b", "a & !b", isNatural: false);
    });

    [Theory]
    [MemberData(nameof(Majors))]
    public Task Citext(int major) => ProveAsync(major, ["citext"], proof => proof.ReferenceAsync("citext", "Ab", "Ab", isNatural: false));

    [Theory]
    [MemberData(nameof(Majors))]
    public Task Cube(int major) => ProveAsync(major, ["cube"], async proof =>
    {
        await proof.ReferenceAsync("cube", new PgCube([1d, 2.5], [3d, 4]), "(1, 2.5),(3, 4)");
        await proof.ReferenceAsync("cube", new PgCube([7d], [7d]), "(7)");
    });

    [Fact]
    public Task Vectors() => ProveAsync(18, ["vector"], async proof =>
    {
        await proof.ReferenceAsync("vector", new[] { 1f, -2.5f }, "[1,-2.5]", isNatural: false);
        await proof.ReferenceAsync("halfvec", new[] { (Half)1, (Half)(-0.5) }, "[1,-0.5]");
        await proof.ValueAsync("sparsevec", new PgSparseVector(5, [0, 2], [0.5f, 2]), "{1:0.5,3:2}/5");
    });

    [Theory]
    [MemberData(nameof(Majors))]
    public Task Shapes_of_postgis(int major) => ProveAsync(major, ["postgis"], async proof =>
    {
        const string Point = "0101000000000000000000F03F0000000000000040";
        await proof.ReferenceAsync("geometry", Convert.FromHexString(Point), Point, isNatural: false, literal: "POINT(1 2)");
        const string Line = "0102000020E610000002000000000000000000F03F000000000000004000000000000008400000000000001040";
        await proof.ReferenceAsync("geometry", Convert.FromHexString(Line), Line, isNatural: false, literal: "SRID=4326;LINESTRING(1 2,3 4)");
        const string Place = "0101000020E6100000000000000000F03F0000000000000040";
        await proof.ReferenceAsync("geography", Convert.FromHexString(Place), Place, isNatural: false, literal: "POINT(1 2)");
    });

    [Fact]
    public async Task Type_of_an_extension_that_nobody_mapped_is_bytes_at_once_and_text_from_then_on()
    {
        await using var world = await ExtensionDatabase.CreateAsync(servers, 18, "seg");
        await using var db = await world.OpenAsync(PgTypeRegistry.Default);
        Assert.NotEmpty(await db.QuerySingleAsync<byte[]>("select '1..2'::seg", Token));
        Assert.Equal("1 .. 2", await db.QuerySingleAsync<string>("select '1..2'::seg", Token));
    }

    private async Task ProveAsync(int major, string[] extensions, Func<TypeProof, Task> prove)
    {
        await using var database = await ExtensionDatabase.CreateAsync(servers, major, extensions);
        await using var proof = new TypeProof(database.OpenAsync);
        await prove(proof);
    }
}
