using System.Collections;
using System.Net;
using System.Net.NetworkInformation;
using NpgsqlTypes;
using PgActors.Benchmarks.Measuring;

namespace PgActors.Benchmarks.Cases;

/// <summary>Decoding and encoding of each type. Where Npgsql cannot read a type in binary, or not at all, PgActors is alone.</summary>
internal static class TypeCases
{
    public static IEnumerable<BenchmarkCase> All { get; } =
    [
        .. Both<bool, bool>("bool", "i % 3 = 0"),
        .. Both<string, char>(new("\"char\"", "chr(65 + i % 26)") { IsExplicit = true }),
        .. Both<short, short>("int2", "i"),
        .. Both<int, int>("int4", "i * 1000003"),
        .. Both<long, long>("int8", "i::int8 * 1000000007"),
        .. Both<float, float>("float4", "i / 4.0"),
        .. Both<double, double>("float8", "i / 3.0"),
        .. Both<decimal, decimal>("numeric", "i * 1234.56"),
        .. Both<PgNumeric, decimal>(new("numeric", "('0.' || repeat(i::text, 6))") { Label = "PgNumeric" }),
        .. Both<System.Numerics.BigInteger, System.Numerics.BigInteger>(new("numeric", "i * 100000000000000000000") { Label = "BigInteger" }),
        .. Both<PgMoney, decimal>("money", "i * 12.34"),
        .. Both<uint, uint>("oid", "i"),
        .. Both<uint, uint>(new("xid", "i::text") { IsExplicit = true }),
        .. Both<ulong, ulong>(new("xid8", "i::text") { IsExplicit = true }),
        .. Both<uint, uint>(new("cid", "i::text") { IsExplicit = true }),
        .. Ours<PgTid>("tid", "'(' || i || ',1)'"),
        .. Ours<PgLsn>("pg_lsn", "'0/' || to_hex(i)"),
        .. Ours<PgSnapshot>("pg_snapshot", "i || ':' || i + 10 || ':' || i + 5"),
        .. Both<uint, uint>(new("regtype", "25 + i % 2") { IsExplicit = true }),
        .. Both<string, string>("text", "'text of value ' || i"),
        .. Both<string, string>(new("varchar", "'text of value ' || i") { IsExplicit = true }),
        .. Both<string, string>(new("bpchar", "'text of value ' || i") { IsExplicit = true }),
        .. Both<string, string>(new("name", "'text of value ' || i") { IsExplicit = true }),
        .. Both<string, string>(new("citext", "'text of value ' || i") { IsExplicit = true, Extension = "citext" }),
        .. Both<byte[], byte[]>("bytea", "decode(md5(i::text), 'hex')"),
        .. Both<Guid, Guid>("uuid", "md5(i::text)"),
        .. Both<string, string>(new("xml", "'<a>' || i || '</a>'") { IsExplicit = true }),
        .. Both<string, string>(new("json", "jsonb_build_object('id', i, 'name', 'value')") { IsExplicit = true }),
        .. Both<string, string>(new("jsonb", "jsonb_build_object('id', i, 'name', 'value')") { IsExplicit = true }),
        .. Both<string, string>(new("jsonpath", "'$.a[' || i || ']'") { IsExplicit = true }),
        .. Both<DateOnly, DateOnly>("date", "date '2000-01-01' + i"),
        .. Both<TimeOnly, TimeOnly>("time", "time '00:00' + i * interval '1 second'"),
        .. Both<PgTimeTz, DateTimeOffset>("timetz", "timetz '00:00+02' + i * interval '1 second'"),
        .. Both<DateTime, DateTime>("timestamp", "timestamp '2024-01-01' + i * interval '1 second'"),
        .. Both<DateTimeOffset, DateTimeOffset>("timestamptz", "timestamptz '2024-01-01' + i * interval '1 second'"),
        .. Both<PgInterval, NpgsqlInterval>("interval", "i * interval '1 month 2 days 3 seconds'"),
        .. Both<IPAddress, IPAddress>("inet", "inet '10.0.0.0' + i"),
        .. Both<IPNetwork, IPNetwork>("cidr", "cidr(inet '10.0.0.0' + i)"),
        .. Both<PhysicalAddress, PhysicalAddress>("macaddr", "left(md5(i::text), 12)"),
        .. Both<PhysicalAddress, PhysicalAddress>("macaddr8", "left(md5(i::text), 16)"),
        .. Both<PgPoint, NpgsqlPoint>("point", "point(i, -i)"),
        .. Both<PgLine, NpgsqlLine>("line", "line(point(i, -i), point(i + 1, i))"),
        .. Both<PgLineSegment, NpgsqlLSeg>("lseg", "lseg(point(i, -i), point(i + 1, i))"),
        .. Both<PgBox, NpgsqlBox>("box", "box(point(i, -i), point(i + 1, i))"),
        .. Both<PgPath, NpgsqlPath>("path", "polygon(4, circle(point(i, i), 1))::path"),
        .. Both<PgPolygon, NpgsqlPolygon>("polygon", "polygon(4, circle(point(i, i), 1))"),
        .. Both<PgCircle, NpgsqlCircle>("circle", "circle(point(i, i), 1)"),
        .. Ours<PgCube>(new("cube", "cube(array[i, i + 1], array[i + 2, i + 3])") { Extension = "cube" }),
        .. Both<BitArray, BitArray>("varbit", "i::bit(32)"),
        .. Ours<PgBitString>(new("varbit", "i::bit(32)") { Label = "PgBitString" }),
        .. Both<PgTsVector, NpgsqlTsVector>("tsvector", "to_tsvector('simple', 'a fat cat sat on mat ' || i)"),
        .. Both<PgTsQuery, NpgsqlTsQuery>("tsquery", "'fat & (rat | cat' || i || ')'"),
        .. Both<Dictionary<string, string?>, Dictionary<string, string?>>(
            new("hstore", "hstore(array['id', 'name'], array[i::text, 'value'])") { Extension = "hstore" }),
        .. Both<string, string>(new("ltree", "'top.science.n' || i") { IsExplicit = true, Extension = "ltree" }),
        .. Both<string, string>(new("lquery", "'top.*.n' || i") { IsExplicit = true, Extension = "ltree" }),
        .. Both<string, string>(new("ltxtquery", "'top & n' || i") { IsExplicit = true, Extension = "ltree" }),
        .. Both<PgRange<int>, NpgsqlRange<int>>(new("int4range", "int4range(i, i + 10)") { IsExplicit = true }),
        .. Both<PgRange<DateTimeOffset>, NpgsqlRange<DateTime>>(
            new("tstzrange", "tstzrange('2024-01-01', timestamptz '2024-01-01' + i * interval '1 second')") { IsExplicit = true }),
        .. Both<PgRange<int>[], NpgsqlRange<int>[]>(
            new("int4multirange", "int4multirange(int4range(i, i + 10), int4range(i + 20, i + 30))") { IsExplicit = true }),
        .. Both<BenchMood, BenchMood>(new("bench_mood", "(array['calm', 'hurried'])[1 + i % 2]")
        {
            Creation = "create type bench_mood as enum ('calm', 'hurried')",
            Types = static types => types.MapEnum<BenchMood>("bench_mood"),
            Npgsql = static builder => builder.MapEnum<BenchMood>("bench_mood"),
        }),
        .. Both<BenchPlace, BenchPlace>(new("bench_place", "row('street ' || i, i, null)")
        {
            Creation = "create type bench_place as (street text, house_no int, city text)",
            Types = static types => types.MapComposite<BenchPlace>("bench_place"),
            Npgsql = static builder => builder.MapComposite<BenchPlace>("bench_place"),
        }),
        .. Ours<int>(new("bench_positive", "i")
        {
            IsExplicit = true,
            Creation = "create domain bench_positive as int4 check (value > 0)",
        }),
    ];

    private static BenchmarkCase[] Both<TOurs, TTheirs>(string type, string expression) => Both<TOurs, TTheirs>(new(type, expression));

    private static BenchmarkCase[] Both<TOurs, TTheirs>(TypeSetup setup) =>
        [new TypeCase<TOurs, TTheirs>(setup, isRead: true), new TypeCase<TOurs, TTheirs>(setup, isRead: false)];

    private static BenchmarkCase[] Ours<T>(string type, string expression) => Ours<T>(new TypeSetup(type, expression));

    private static BenchmarkCase[] Ours<T>(TypeSetup setup) => Both<T, T>(setup with { IsOursAlone = true });
}
