using PgActors.Protocol;
using PgActors.Types;

namespace PgActors.Engine.Tests.Types;

public sealed class PgCatalogTests
{
    private static readonly PgCatalog Catalog = StructureCases.Catalog;

    [Fact]
    public void Catalog_survives_its_file()
    {
        using var file = new MemoryStream();
        Catalog.Save(file);
        file.Position = 0;
        var loaded = PgCatalog.Load(file);

        Assert.Equal(Catalog.Types.Count, loaded.Types.Count);
        using var again = new MemoryStream();
        loaded.Save(again);
        Assert.Equal(file.ToArray(), again.ToArray());
        Assert.Equal(["sad", "very_happy", "So So", "x-ray"], loaded.Find(20001)!.Labels);
        Assert.Equal(new PgAttribute("house_no", 23), loaded.Find("address")!.Attributes[1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[{}]")]
    [InlineData("[{\"oid\":-1}]")]
    public void File_of_something_else_is_refused(string text)
    {
        using var file = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        Assert.StartsWith(
            "This is no catalogue", Assert.Throws<FormatException>(() => PgCatalog.Load(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_means_the_visible_type_or_the_only_one()
    {
        var first = Described(1, "a", isVisible: false);
        var second = Described(2, "b", isVisible: false);
        Assert.Null(new PgCatalog(first, second).Find("mood"));
        Assert.Equal(2u, new PgCatalog(first, second).Find("b.mood")!.Oid);
        Assert.Equal(1u, new PgCatalog(first).Find("mood")!.Oid);
        Assert.Equal(2u, new PgCatalog(first, second with { IsVisible = true }).Find("mood")!.Oid);
        Assert.Null(new PgCatalog(first).Find(PgTypeName.OfExtension("moods", "mood")));
    }

    [Fact]
    public void Type_created_anew_replaces_the_old_one()
    {
        var catalog = new PgCatalog(Described(1, "a")).With(Described(9, "a"));
        Assert.Null(catalog.Find(1));
        Assert.Equal(9u, catalog.Find("mood")!.Oid);
    }

    [Fact]
    public void Without_a_type_goes_all_that_is_made_of_it()
    {
        var left = Catalog.Without(20001);
        Assert.Null(left.Find(20002));
        Assert.Null(left.Find(20010));
        Assert.Null(left.Find(20011));
        Assert.Null(left.Find(20012));
        Assert.NotNull(left.Find(20004));
    }

    [Fact]
    public void Format_is_text_for_what_has_no_binary_form_or_nobody_mapped()
    {
        var registry = StructureCases.Registry;
        foreach (var oid in new uint[] { 23, 20001, 20004, 20007, 20011, 20012, 20020, 20024 })
            Assert.Equal(DataFormat.Binary, registry.FormatFor(oid));
        foreach (var oid in new uint[] { 1033, 1034, 2249, 3642, 20030, 20031, 20032 })
            Assert.Equal(DataFormat.Text, registry.FormatFor(oid));
        Assert.Null(registry.FormatFor(30000));
        Assert.Null(registry.FormatFor(71));
    }

    [Fact]
    public void Names_lead_to_OIDs_and_back()
    {
        var registry = StructureCases.Registry;
        Assert.Equal(3802u, registry.FindOid("jsonb"));
        Assert.Equal(1007u, registry.FindOid("int4[]"));
        Assert.Equal(20001u, registry.FindOid("mood"));
        Assert.Equal(20002u, registry.FindOid("public.mood[]"));
        Assert.Null(registry.FindOid("nothing"));
        Assert.Null(registry.FindOid("vector[]"));
        Assert.Equal("mood[]", registry.NameOf(20002));
    }

    [Fact]
    public void Types_found_by_name_are_written_once_the_catalog_has_them()
    {
        var before = PgTypeRegistry.Default.MapEnum<StructureCases.Mood>("mood");
        Assert.Null(before.FindWriter<StructureCases.Mood>());
        Assert.Equal("mood", before.MissingFor(typeof(StructureCases.Mood[]))!.Value.Name);
        Assert.Equal("hstore", before.MissingFor(typeof(Dictionary<string, string?>))!.Value.Name);
        Assert.Null(before.MissingFor(typeof(int)));

        var after = before.With(Catalog);
        Assert.True(after.TryFindWriter(StructureCases.Mood.Sad, out _, out var oid));
        Assert.Equal(20001u, oid);
        Assert.True(after.TryFindWriter(new[] { StructureCases.Mood.Sad }, out _, out oid));
        Assert.Equal(20002u, oid);
    }

    [Fact]
    public void Ranges_are_written_as_what_their_bounds_are()
    {
        Assert.Equal(3904u, OidOf(new PgRange<int>(1, 2)));
        Assert.Equal(3906u, OidOf((PgRange<decimal>?)null));
        Assert.Equal(3908u, OidOf(PgRange.From(new DateTime(1))));
        Assert.Equal(3910u, OidOf(PgRange.From(new DateTime(1, DateTimeKind.Utc))));
        Assert.Equal(4451u, OidOf(new[] { new PgRange<int>(1, 2) }));
        Assert.Equal(4536u, OidOf(new List<PgRange<long>>()));
        Assert.Equal(6150u, OidOf(new[] { new[] { new PgRange<int>(1, 2) } }));
        Assert.Equal(3905u, OidOf(new PgArray<PgRange<int>>()));
        Assert.Equal(0u, OidOf(PgRange.From("a")));
    }

    private static uint OidOf<T>(T value) => PgTypeRegistry.Default.TryFindWriter(value, out _, out var oid) ? oid : 0;

    private static PgTypeDescription Described(uint oid, string schema, bool isVisible = true)
        => new() { Oid = oid, Schema = schema, Name = "mood", Kind = PgTypeKind.Enum, IsVisible = isVisible };
}
