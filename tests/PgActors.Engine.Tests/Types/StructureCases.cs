using PgActors.Types;

namespace PgActors.Engine.Tests.Types;

/// <summary>Values of types that are made of others, in both forms, as PostgreSQL 18 sends them.</summary>
internal static class StructureCases
{
    /// <summary>A database with a type of each kind.</summary>
    internal static readonly PgCatalog Catalog = new(
        new PgTypeDescription
        {
            Oid = 20001,
            Schema = "public",
            Name = "mood",
            Kind = PgTypeKind.Enum,
            ArrayOid = 20002,
            Labels = ["sad", "very_happy", "So So", "x-ray"],
        },
        new PgTypeDescription { Oid = 20002, Schema = "public", Name = "_mood", Kind = PgTypeKind.Array, PartOid = 20001 },
        new PgTypeDescription { Oid = 20003, Schema = "public", Name = "year", Kind = PgTypeKind.Domain, PartOid = 23, ArrayOid = 20004 },
        new PgTypeDescription { Oid = 20004, Schema = "public", Name = "_year", Kind = PgTypeKind.Array, PartOid = 20003 },
        new PgTypeDescription { Oid = 20005, Schema = "public", Name = "floatrange", Kind = PgTypeKind.Range, PartOid = 701, ArrayOid = 20006 },
        new PgTypeDescription { Oid = 20006, Schema = "public", Name = "_floatrange", Kind = PgTypeKind.Array, PartOid = 20005 },
        new PgTypeDescription { Oid = 20007, Schema = "public", Name = "floatmultirange", Kind = PgTypeKind.Multirange, PartOid = 20005 },
        new PgTypeDescription
        {
            Oid = 20010,
            Schema = "public",
            Name = "address",
            Kind = PgTypeKind.Composite,
            ArrayOid = 20011,
            Attributes = [new("street", 25), new("house_no", 23), new("mood", 20001)],
        },
        new PgTypeDescription { Oid = 20011, Schema = "public", Name = "_address", Kind = PgTypeKind.Array, PartOid = 20010 },
        new PgTypeDescription
        {
            Oid = 20012,
            Schema = "public",
            Name = "person",
            Kind = PgTypeKind.Composite,
            Attributes = [new("home", 20010), new("years", 20004)],
        },
        new PgTypeDescription { Oid = 20020, Schema = "ext", Name = "hstore", Kind = PgTypeKind.Base, Extension = "hstore", ArrayOid = 20021 },
        new PgTypeDescription { Oid = 20021, Schema = "ext", Name = "_hstore", Kind = PgTypeKind.Array, PartOid = 20020 },
        new PgTypeDescription { Oid = 20022, Schema = "ext", Name = "ltree", Kind = PgTypeKind.Base, Extension = "ltree" },
        new PgTypeDescription { Oid = 20023, Schema = "ext", Name = "cube", Kind = PgTypeKind.Base, Extension = "cube" },
        new PgTypeDescription { Oid = 20024, Schema = "ext", Name = "vector", Kind = PgTypeKind.Base, Extension = "vector" },
        new PgTypeDescription { Oid = 20025, Schema = "ext", Name = "halfvec", Kind = PgTypeKind.Base, Extension = "vector" },
        new PgTypeDescription { Oid = 20026, Schema = "ext", Name = "sparsevec", Kind = PgTypeKind.Base, Extension = "vector" },
        new PgTypeDescription { Oid = 20027, Schema = "ext", Name = "citext", Kind = PgTypeKind.Base, Extension = "citext" },
        new PgTypeDescription { Oid = 20028, Schema = "ext", Name = "geometry", Kind = PgTypeKind.Base, Extension = "postgis" },
        new PgTypeDescription { Oid = 20030, Schema = "public", Name = "seg", Kind = PgTypeKind.Base, Extension = "seg", ArrayOid = 20031 },
        new PgTypeDescription { Oid = 20031, Schema = "public", Name = "_seg", Kind = PgTypeKind.Array, PartOid = 20030 },
        new PgTypeDescription { Oid = 20032, Schema = "public", Name = "textonly", Kind = PgTypeKind.Base, HasSendFunction = false });

    internal static readonly PgTypeRegistry Registry = PgTypeRegistry.Default
        .MapEnum<Mood>("mood")
        .MapComposite<Address>("address")
        .MapCompositeValue<Person>("public.person")
        .With(Catalog);

    internal static readonly CodecCase[] All =
    [
        Of("int4[,]", 1007, new[,] { { 1, 2, 3 }, { 4, 5, 6 } },
            "00000002 00000000 00000017 00000002 00000001 00000003 00000001 00000004 00000001 00000004 00000002 00000004 00000003 "
            + "00000004 00000004 00000004 00000005 00000004 00000006", "{{1,2,3},{4,5,6}}"),
        Of("int4[,,]", 1007, new int?[,,] { { { 1, null } } },
            "00000003 00000001 00000017 00000001 00000001 00000001 00000001 00000002 00000001 00000004 00000001 FFFFFFFF", "{{{1,NULL}}}"),
        Of("int4[,] empty", 1007, new int[0, 0], "00000000 00000000 00000017", "{}"),
        Of("PgArray with bounds", 1007, new PgArray<int>([1, 2, 3, 4], [2, 2], [0, -1]),
            "00000002 00000000 00000017 00000002 00000000 00000002 FFFFFFFF 00000004 00000001 00000004 00000002 00000004 00000003 "
            + "00000004 00000004", "[0:1][-1:0]={{1,2},{3,4}}"),
        Of("PgArray empty", 1007, new PgArray<int>(), "00000000 00000000 00000017", "{}"),
        Of<IReadOnlyList<string>>("text[] as interface", 1009, ["a"], "00000001 00000000 00000019 00000001 00000001 00000001 61", "{a}"),
        Of<IEnumerable<int>>("int4[] as sequence", 1007, [7], "00000001 00000000 00000017 00000001 00000001 00000004 00000007", "{7}"),
        Of("int2vector", 22, new short[] { 1, 2 },
            "00000001 00000000 00000015 00000002 00000000 00000002 0001 00000002 0002", "1 2"),
        Of("oidvector", 30, new uint[] { 23 }, "00000001 00000000 0000001A 00000001 00000000 00000004 00000017", "23"),

        Of("int4range", 3904, new PgRange<int>(1, 5), "02 00000004 00000001 00000004 00000005", "[1,5)"),
        Of("int4range empty", 3904, PgRange.Empty<int>(), "01", "empty"),
        Of("int4range unbounded", 3904, PgRange.Unbounded<int>(), "18", "(,)"),
        Of("int8range from", 3926, PgRange.From(1L), "12 00000008 0000000000000001", "[1,)"),
        Of("int8range to", 3926, PgRange.To(1L), "08 00000008 0000000000000001", "(,1)"),
        Of("numrange", 3906, new PgRange<decimal>(1.5m, 2m, false, true),
            "04 0000000C 0002 0000 0000 0001 0001 1388 0000000A 0001 0000 0000 0000 0002", "(1.5,2]"),
        Of("tsrange", 3908, PgRange.From(new DateTime(2000, 1, 1, 0, 0, 1)), "12 00000008 00000000000F4240",
            "[\"2000-01-01 00:00:01\",)", "[\"2000-01-01 00:00:01.000000\",)"),
        Of("daterange nullable", 3912, (PgRange<DateOnly>?)new PgRange<DateOnly>(new(2000, 1, 1), new(2000, 1, 2)),
            "02 00000004 00000000 00000004 00000001", "[2000-01-01,2000-01-02)"),
        Of("int4range[]", 3905, new PgRange<int>?[] { new PgRange<int>(1, 5), null },
            "00000001 00000001 00000F40 00000002 00000001 00000011 02 00000004 00000001 00000004 00000005 FFFFFFFF", "{\"[1,5)\",NULL}"),
        Of("int4multirange", 4451, new[] { new PgRange<int>(1, 3), new PgRange<int>(5, 8) },
            "00000002 00000011 02 00000004 00000001 00000004 00000003 00000011 02 00000004 00000005 00000004 00000008", "{[1,3),[5,8)}"),
        Of("int4multirange empty", 4451, new List<PgRange<int>>(), "00000000", "{}"),
        Of("int4multirange[]", 6150, new[] { new[] { PgRange.Unbounded<int>() } },
            "00000001 00000000 00001163 00000001 00000001 00000009 00000001 00000001 18", "{\"{(,)}\"}"),
        Of("user range", 20005, new PgRange<double>(1, 2), "02 00000008 3FF0000000000000 00000008 4000000000000000", "[1,2)"),
        Of("user multirange", 20007, new[] { PgRange.From(1d) }, "00000001 0000000D 12 00000008 3FF0000000000000", "{[1,)}"),

        Of("enum", 20001, Mood.VeryHappy, "766572795F6861707079", "very_happy", plain: true),
        Of("enum by attribute", 20001, Mood.Ray, "782D726179", "x-ray", plain: true),
        Of("enum by likeness", 20001, Mood.SoSo, "536F20536F", "So So", plain: true),
        Of("enum as text", 20001, "sad", "736164", "sad", plain: true),
        Of("enum[]", 20002, new Mood?[] { Mood.Sad, null },
            "00000001 00000001 00004E21 00000002 00000001 00000003 736164 FFFFFFFF", "{sad,NULL}"),
        Of("domain", 20003, 5, "00000005", "5"),
        Of("domain[]", 20004, new[] { 5 }, "00000001 00000000 00004E23 00000001 00000001 00000004 00000005", "{5}"),

        Of("hstore", 20020, new Dictionary<string, string?> { ["a"] = "1", ["b\""] = null },
            "00000002 00000001 61 00000001 31 00000002 6222 FFFFFFFF", "\"a\"=>\"1\", \"b\\\"\"=>NULL"),
        Of("hstore empty", 20020, new Dictionary<string, string?>(), "00000000", ""),
        Of("hstore[]", 20021, new[] { new Dictionary<string, string?>() },
            "00000001 00000000 00004E34 00000001 00000001 00000004 00000000", "{\"\"}"),
        Of("ltree", 20022, "a.b", "01 612E62", "a.b", plain: true),
        Of("citext", 20027, "Ab", "4162", "Ab", plain: true),
        Of("cube point", 20023, new PgCube(1, 2), "80000002 3FF0000000000000 4000000000000000", "(1, 2)"),
        Of("cube", 20023, new PgCube([1d], [2d]), "00000001 3FF0000000000000 4000000000000000", "(1),(2)"),
        Of("vector", 20024, new[] { 1f, -2f }, "0002 0000 3F800000 C0000000", "[1,-2]"),
        Of("halfvec", 20025, new[] { (Half)1 }, "0001 0000 3C00", "[1]"),
        Of("sparsevec", 20026, new PgSparseVector(5, [0, 2], [0.5f, 2]),
            "00000005 00000002 00000000 00000000 00000002 3F000000 40000000", "{1:0.5,3:2}/5"),
        Of("geometry", 20028, new byte[] { 1, 0xAB }, "01AB", "01AB", plain: true),
        Of("vector as memory", 20024, new ReadOnlyMemory<float>([1f, -2f]), "0002 0000 3F800000 C0000000", "[1,-2]"),
    ];

    private static CodecCase<T> Of<T>(
        string name, uint oid, T value, string hex, string text, string? writtenText = null, bool plain = false)
        => new(name, Registry.FindReader<T>(oid)!, value, hex, text, writtenText) { IsSelfDelimiting = !plain };

    internal enum Mood
    {
        Sad,
        VeryHappy,
        SoSo,
        [PgName("x-ray")]
        Ray,
    }

    internal sealed record Address(string Street, int? HouseNo, Mood Mood);

    internal readonly record struct Person(Address? Home, int[] Years);
}
