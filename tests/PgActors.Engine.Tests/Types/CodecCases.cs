using PgActors.Types;

namespace PgActors.Engine.Tests.Types;

/// <summary>Values in both forms, as PostgreSQL 18 sends them.</summary>
internal static partial class CodecCases
{
    internal static CodecCase[] All { get; } =
    [
        .. NumberCases(),
        .. DateTimeCases(),
        .. NetworkCases(),
        .. GeometryCases(),
        .. SearchCases(),
        .. SystemCases(),

        Of("bool true", 16, true, "01", "t"),
        Of("bool false", 16, false, "00", "f"),
        Of("int2", 21, (short)-2, "FFFE", "-2"),
        Of("int2 least", 21, short.MinValue, "8000", "-32768"),
        Of("int4", 23, 3, "00000003", "3"),
        Of("int4 least", 23, int.MinValue, "80000000", "-2147483648"),
        Of("int8", 20, 0x0102030405060708, "0102030405060708", "72623859790382856"),
        Of("int8 least", 20, long.MinValue, "8000000000000000", "-9223372036854775808"),
        Of("int2 as int", 21, -2, "FFFE", "-2"),
        Of("int2 as long", 21, -2L, "FFFE", "-2"),
        Of("int4 as long", 23, -2L, "FFFFFFFE", "-2"),
        Of("int8 as decimal", 20, -2m, "FFFFFFFFFFFFFFFE", "-2"),
        Of("oid", 26, 4294967295u, "FFFFFFFF", "4294967295"),
        Of("float4", 700, 1.5f, "3FC00000", "1.5"),
        Of("float4 as double", 700, -1.5, "BFC00000", "-1.5"),
        Of("float8", 701, 1.5, "3FF8000000000000", "1.5"),
        Of("float8 large", 701, 1e100, "54B249AD2594C37D", "1e+100", "1E+100"),
        Of("float8 infinity", 701, double.PositiveInfinity, "7FF0000000000000", "Infinity"),
        Of("float8 -infinity", 701, double.NegativeInfinity, "FFF0000000000000", "-Infinity"),
        Of("float8 nan", 701, double.NaN, "FFF8000000000000", "NaN"),
        Of("float4 infinity", 700, float.PositiveInfinity, "7F800000", "Infinity"),

        Of("numeric 0", 1700, 0m, "0000 0000 0000 0000", "0"),
        Of("numeric 0.00", 1700, 0.00m, "0000 0000 0000 0002", "0.00"),
        Of("numeric 1", 1700, 1m, "0001 0000 0000 0000 0001", "1"),
        Of("numeric 1.00", 1700, 1.00m, "0001 0000 0000 0002 0001", "1.00"),
        Of("numeric -1.5", 1700, -1.5m, "0002 0000 4000 0001 0001 1388", "-1.5"),
        Of("numeric 12345.678", 1700, 12345.678m, "0003 0001 0000 0003 0001 0929 1A7C", "12345.678"),
        Of("numeric 10000", 1700, 10000m, "0001 0001 0000 0000 0001", "10000"),
        Of("numeric 1e20", 1700, 100000000000000000000m, "0001 0005 0000 0000 0001", "100000000000000000000"),
        Of("numeric 0.0001", 1700, 0.0001m, "0001 FFFF 0000 0004 0001", "0.0001"),
        Of("numeric 100000000.0001", 1700, 100000000.0001m, "0004 0002 0000 0004 0001 0000 0000 0001", "100000000.0001"),
        Of("numeric most", 1700, decimal.MaxValue, "0008 0007 0000 0000 0007 240C 0659 0592 10F1 172F 112B 014F",
            "79228162514264337593543950335"),
        Of("numeric 28 places", 1700, 0.0000000000000000000000000001m, "0001 FFF9 0000 001C 0001", "0.0000000000000000000000000001"),

        Of("text", 25, "héllo", "68C3A96C6C6F", "héllo", plain: true),
        Of("text empty", 25, "", "", "", plain: true),
        Of("varchar", 1043, "a", "61", "a", plain: true),
        Of("bpchar", 1042, "a  ", "612020", "a  ", plain: true),
        Of("name", 19, "pg_class", "70675F636C617373", "pg_class", plain: true),
        Of("unknown", 705, "b", "62", "b", plain: true),
        Of("\"char\"", 18, "r", "72", "r"),
        Of("\"char\" 0", 18, "", "00", ""),
        Of("\"char\" 200", 18, "\\310", "C8", "\\310"),
        Of("bytea", 17, new byte[] { 0, 0xDE, 0xAD }, "00DEAD", "\\x00dead", plain: true),
        Of("bytea escaped", 17, new byte[] { 0, (byte)'\\', (byte)'a' }, "005C61", "\\000\\\\a", "\\x005c61", plain: true),
        Of("uuid", 2950, Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), "00112233445566778899AABBCCDDEEFF",
            "00112233-4455-6677-8899-aabbccddeeff"),

        Of("date", 1082, new DateOnly(2000, 1, 1), "00000000", "2000-01-01"),
        Of("date before", 1082, new DateOnly(1999, 12, 31), "FFFFFFFF", "1999-12-31"),
        Of("date leap day", 1082, new DateOnly(2024, 2, 29), "00002279", "2024-02-29"),
        Of("date first", 1082, DateOnly.MinValue, "FFF4DBF9", "0001-01-01"),
        Of("date last", 1082, DateOnly.MaxValue, "002C95D3", "9999-12-31"),
        Of("time", 1083, new TimeOnly(12, 34, 56, 789), "0000000A8BE62608", "12:34:56.789", "12:34:56.789000"),
        Of("time midnight", 1083, TimeOnly.MinValue, "0000000000000000", "00:00:00", "00:00:00.000000"),
        Of("timestamp", 1114, new DateTime(2000, 1, 1, 0, 0, 1), "00000000000F4240", "2000-01-01 00:00:01", "2000-01-01 00:00:01.000000"),
        Of("timestamp before", 1114, new DateTime(1999, 12, 31, 23, 59, 59).AddMicroseconds(999999), "FFFFFFFFFFFFFFFF",
            "1999-12-31 23:59:59.999999"),
        Of("timestamp first", 1114, DateTime.MinValue, "FF1FE2FFC59C6000", "0001-01-01 00:00:00", "0001-01-01 00:00:00.000000"),
        Of("timestamptz", 1184, new DateTime(2000, 1, 1, 0, 0, 1, DateTimeKind.Utc), "00000000000F4240", "2000-01-01 02:00:01+02",
            "2000-01-01 00:00:01.000000+00"),
        Of("timestamptz across an era", 1184, new DateTime(1, 1, 1, 1, 0, 0, DateTimeKind.Utc), "FF1FE3009C300400",
            "0001-12-31 23:00:00-02 BC", "0001-01-01 01:00:00.000000+00"),
        Of("timestamptz offset", 1184, new DateTimeOffset(2000, 1, 1, 0, 0, 1, TimeSpan.Zero), "00000000000F4240",
            "1999-12-31 20:30:01-03:30", "2000-01-01 00:00:01.000000+00"),
        Of("interval", 1186, new TimeSpan(0, 4, 5, 6, 500), "000000036C9361A0 00000000 00000000", "04:05:06.5", "04:05:06.500000"),
        Of("interval back", 1186, TimeSpan.FromSeconds(-90), "FFFFFFFFFAA2B580 00000000 00000000", "-00:01:30", "-00:01:30.000000"),

        Of("json", 114, "{\"a\":1}", "7B2261223A317D", "{\"a\":1}", plain: true),
        Of("jsonb", 3802, "{\"a\": 1}", "01 7B2261223A20317D", "{\"a\": 1}", plain: true),

        Of("int4[]", 1007, new int?[] { 1, null, 3 },
            "00000001 00000001 00000017 00000003 00000001 00000004 00000001 FFFFFFFF 00000004 00000003", "{1,NULL,3}"),
        Of("int4[] as list", 1007, new List<int> { 1, 3 },
            "00000001 00000000 00000017 00000002 00000001 00000004 00000001 00000004 00000003", "{1,3}"),
        Of("int4[] as long[]", 1007, new[] { 1L }, "00000001 00000000 00000017 00000001 00000001 00000004 00000001", "{1}"),
        Of("int4[] empty", 1007, Array.Empty<int>(), "00000000 00000000 00000017", "{}"),
        Of("text[]", 1009, new[] { "a b", "", null!, "NULL", "x\"\\y", "z" },
            "00000001 00000001 00000019 00000006 00000001 00000003 612062 00000000 FFFFFFFF 00000004 4E554C4C 00000004 "
            + "78225C79 00000001 7A",
            "{\"a b\",\"\",NULL,\"NULL\",\"x\\\"\\\\y\",z}"),
        Of("bytea[]", 1001, new[] { new byte[] { 1 } }, "00000001 00000000 00000011 00000001 00000001 00000001 01", "{\"\\\\x01\"}"),
        Of("bool[] as list of nullable", 1000, new List<bool?> { true, null },
            "00000001 00000001 00000010 00000002 00000001 00000001 01 FFFFFFFF", "{t,NULL}"),
        .. StructureCases.All,
    ];

    internal static CodecCase Get(string name) => All.Single(c => c.Name == name);

    private static CodecCase<T> Of<T>(
        string name, uint oid, T value, string hex, string text, string? writtenText = null, bool plain = false)
        => new(name, PgTypeRegistry.Default.FindReader<T>(oid)!, value, hex, text, writtenText) { IsSelfDelimiting = !plain };
}
