using System.Collections;
using System.Net;
using System.Net.NetworkInformation;
using NpgsqlTypes;
using PgActors.Benchmarks.Measuring;

namespace PgActors.Benchmarks.Cases;

/// <summary>Decoding and encoding of each type.</summary>
internal static class TypeCases
{
    public static IEnumerable<BenchmarkCase> All { get; } =
    [
        .. Both<bool, bool>("bool", "i % 3 = 0"),
        .. Both<short, short>("int2", "i"),
        .. Both<int, int>("int4", "i * 1000003"),
        .. Both<long, long>("int8", "i::int8 * 1000000007"),
        .. Both<float, float>("float4", "i / 4.0"),
        .. Both<double, double>("float8", "i / 3.0"),
        .. Both<decimal, decimal>("numeric", "i * 1234.56"),
        .. Both<PgMoney, decimal>("money", "i * 12.34"),
        .. Both<string, string>("text", "'text of value ' || i"),
        .. Both<byte[], byte[]>("bytea", "decode(md5(i::text), 'hex')"),
        .. Both<Guid, Guid>("uuid", "md5(i::text)"),
        .. Both<DateOnly, DateOnly>("date", "date '2000-01-01' + i"),
        .. Both<TimeOnly, TimeOnly>("time", "time '00:00' + i * interval '1 second'"),
        .. Both<PgTimeTz, DateTimeOffset>("timetz", "timetz '00:00+02' + i * interval '1 second'"),
        .. Both<DateTime, DateTime>("timestamp", "timestamp '2024-01-01' + i * interval '1 second'"),
        .. Both<DateTimeOffset, DateTimeOffset>("timestamptz", "timestamptz '2024-01-01' + i * interval '1 second'"),
        .. Both<PgInterval, NpgsqlInterval>("interval", "i * interval '1 month 2 days 3 seconds'"),
        .. Both<string, string>("jsonb", "jsonb_build_object('id', i, 'name', 'value')", isTextOnly: true),
        .. Both<IPAddress, IPAddress>("inet", "inet '10.0.0.0' + i"),
        .. Both<PhysicalAddress, PhysicalAddress>("macaddr", "left(md5(i::text), 12)"),
        .. Both<PgPoint, NpgsqlPoint>("point", "point(i, -i)"),
        .. Both<PgPolygon, NpgsqlPolygon>("polygon", "polygon(4, circle(point(i, i), 1))"),
        .. Both<BitArray, BitArray>("varbit", "i::bit(32)"),
        .. Both<PgTsVector, NpgsqlTsVector>("tsvector", "to_tsvector('simple', 'a fat cat sat on mat ' || i)"),
    ];

    private static BenchmarkCase[] Both<TOurs, TTheirs>(string type, string expression, bool isTextOnly = false) => isTextOnly
        ? [new TypeCase<TOurs, TTheirs>(type, expression, isRead: true)]
        : [new TypeCase<TOurs, TTheirs>(type, expression, isRead: true), new TypeCase<TOurs, TTheirs>(type, expression, isRead: false)];
}
