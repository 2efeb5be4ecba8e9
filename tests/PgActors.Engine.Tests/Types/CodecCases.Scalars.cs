using System.Collections;
using System.Net;
using System.Net.NetworkInformation;
using System.Numerics;

namespace PgActors.Engine.Tests.Types;

/// <summary>The scalar types that .NET has no type of its own for, and what else reads them.</summary>
internal static partial class CodecCases
{
    private static CodecCase[] NumberCases() =>
    [
        Of("int2 as decimal", 21, -2m, "FFFE", "-2"),
        Of("int4 as decimal", 23, -2m, "FFFFFFFE", "-2"),
        Of("PgNumeric 0.00", 1700, PgNumeric.Parse("0.00"), "0000 0000 0000 0002", "0.00"),
        Of("PgNumeric -1.5", 1700, PgNumeric.Parse("-1.5"), "0002 0000 4000 0001 0001 1388", "-1.5"),
        Of("PgNumeric 12345.678", 1700, (PgNumeric)12345.678m, "0003 0001 0000 0003 0001 0929 1A7C", "12345.678"),
        Of("PgNumeric 1e20", 1700, PgNumeric.Parse("100000000000000000000"), "0001 0005 0000 0000 0001", "100000000000000000000"),
        Of("PgNumeric 0.0001", 1700, PgNumeric.Parse("0.0001"), "0001 FFFF 0000 0004 0001", "0.0001"),
        Of("PgNumeric 1e-9", 1700, PgNumeric.Parse("0.000000001"), "0001 FFFD 0000 0009 03E8", "0.000000001"),
        Of("PgNumeric nan", 1700, PgNumeric.NaN, "0000 0000 C000 0000", "NaN"),
        Of("PgNumeric infinity", 1700, PgNumeric.PositiveInfinity, "0000 0000 D000 0000", "Infinity"),
        Of("PgNumeric -infinity", 1700, PgNumeric.NegativeInfinity, "0000 0000 F000 0000", "-Infinity"),
        Of("BigInteger 10000", 1700, new BigInteger(10000), "0001 0001 0000 0000 0001", "10000"),
        Of("BigInteger -1e40", 1700, -BigInteger.Pow(10, 40), "0001 000A 4000 0000 0001", "-1" + new string('0', 40)),
        Of("money", 790, new PgMoney(-123456), "FFFFFFFFFFFE1DC0", "-$1,234.56", "-1234.56"),
        Of("money least", 790, new PgMoney(long.MinValue), "8000000000000000", "-92.233.720.368.547.758,08 \u20AC",
            "-92233720368547758.08"),
    ];

    private static CodecCase[] DateTimeCases() =>
    [
        Of("PgDate", 1082, new PgDate(2024, 2, 29), "00002279", "2024-02-29"),
        Of("PgDate BC", 1082, new PgDate(-44, 3, 15), "FFF49D7B", "0044-03-15 BC"),
        Of("PgDate first", 1082, new PgDate(-4714, 11, 24), "FFDA97A7", "4714-11-24 BC"),
        Of("PgDate last", 1082, new PgDate(5874897, 12, 31), "7FDA970C", "5874897-12-31"),
        Of("PgDate infinity", 1082, PgDate.Infinity, "7FFFFFFF", "infinity"),
        Of("PgDate -infinity", 1082, PgDate.NegativeInfinity, "80000000", "-infinity"),
        Of("time 24:00", 1083, TimeSpan.FromDays(1), "000000141DD76000", "24:00:00"),
        Of("time as span", 1083, new TimeSpan(0, 12, 34, 56, 789), "0000000A8BE62608", "12:34:56.789"),
        Of("timetz", 1266, new PgTimeTz(TimeSpan.FromSeconds(1), TimeSpan.FromHours(2)), "00000000000F4240 FFFFE3E0", "00:00:01+02"),
        Of("timetz west", 1266, new PgTimeTz(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(-210)), "00000000000F4240 00003138",
            "00:00:01-03:30"),
        Of("timetz seconds", 1266, new PgTimeTz(TimeSpan.FromDays(1), new TimeSpan(0, 19, 32)), "000000141DD76000 FFFFFB6C",
            "24:00:00+00:19:32"),
        Of("PgTimestamp", 1114, new PgTimestamp(new PgDate(2000, 1, 1), TimeSpan.FromSeconds(1)), "00000000000F4240",
            "2000-01-01 00:00:01"),
        Of("PgTimestamp BC", 1114, new PgTimestamp(new PgDate(-1, 12, 31), new TimeSpan(23, 59, 59)), "FF1FE2FFC58D1DC0",
            "0001-12-31 23:59:59 BC"),
        Of("PgTimestamp last", 1114, PgTimestamp.Parse("294276-12-31 23:59:59.999999"), "7FFFFF5BB3B29FFF",
            "294276-12-31 23:59:59.999999"),
        Of("PgTimestamp infinity", 1114, PgTimestamp.Infinity, "7FFFFFFFFFFFFFFF", "infinity"),
        Of("PgTimestamp -infinity", 1114, PgTimestamp.NegativeInfinity, "8000000000000000", "-infinity"),
        Of("PgTimestampTz", 1184, new PgTimestampTz(new PgDate(2000, 1, 1), TimeSpan.FromSeconds(1)), "00000000000F4240",
            "2000-01-01 02:00:01+02", "2000-01-01 00:00:01+00"),
        Of("PgTimestampTz infinity", 1184, PgTimestampTz.Infinity, "7FFFFFFFFFFFFFFF", "infinity"),
        Of("PgInterval", 1186, new PgInterval(14, 3, 14_706_500_000), "000000036C9361A0 00000003 0000000E",
            "1 year 2 mons 3 days 04:05:06.5", "P14M3DT4H5M6.5S"),
        Of("PgInterval 0", 1186, default(PgInterval), "0000000000000000 00000000 00000000", "00:00:00", "PT0S"),
        Of("PgInterval -0.5 s", 1186, new PgInterval(0, 0, -500_000), "FFFFFFFFFFF85EE0 00000000 00000000", "-00:00:00.5", "PT-0.5S"),
        Of("PgInterval -1 month", 1186, new PgInterval(-1, 1, 0), "0000000000000000 00000001 FFFFFFFF", "-1 mons +1 day", "P-1M1D"),
        Of("PgInterval infinity", 1186, PgInterval.Infinity, "7FFFFFFFFFFFFFFF 7FFFFFFF 7FFFFFFF", "infinity"),
        Of("PgInterval -infinity", 1186, PgInterval.NegativeInfinity, "8000000000000000 80000000 80000000", "-infinity"),
    ];

    private static CodecCase[] NetworkCases() =>
    [
        Of("inet", 869, IPAddress.Parse("192.168.0.1"), "02 20 00 04 C0A80001", "192.168.0.1"),
        Of("inet v6", 869, IPAddress.IPv6Loopback, "03 80 00 10 00000000000000000000000000000001", "::1"),
        Of("PgInet", 869, new PgInet(IPAddress.Parse("192.168.0.1"), 24), "02 18 00 04 C0A80001", "192.168.0.1/24"),
        Of("PgInet v6", 869, new PgInet(IPAddress.Parse("2001:db8::1"), 64), "03 40 00 10 20010DB8000000000000000000000001",
            "2001:db8::1/64"),
        Of("cidr", 650, IPNetwork.Parse("10.0.0.0/8"), "02 08 01 04 0A000000", "10.0.0.0/8"),
        Of("PgInet of cidr", 650, new PgInet(IPAddress.Parse("10.1.2.3")), "02 20 01 04 0A010203", "10.1.2.3/32"),
        Of("macaddr", 829, PhysicalAddress.Parse("08-00-2B-01-02-FF"), "08002B0102FF", "08:00:2b:01:02:ff"),
        Of("macaddr8", 774, PhysicalAddress.Parse("08-00-2B-FF-FE-01-02-03"), "08002BFFFE010203", "08:00:2b:ff:fe:01:02:03"),
        Of("varbit", 1562, new PgBitString(true, false, true), "00000003 A0", "101"),
        Of("varbit empty", 1562, default(PgBitString), "00000000", ""),
        Of("bit of 9", 1560, new PgBitString([0x80, 0xFF], 9), "00000009 8080", "100000001"),
        Of("BitArray", 1562, new BitArray([true, false, true]), "00000003 A0", "101"),
    ];

    private static CodecCase[] GeometryCases() =>
    [
        Of("point", 600, new PgPoint(1.5, -2), "3FF8000000000000 C000000000000000", "(1.5,-2)"),
        Of("point far", 600, new PgPoint(double.PositiveInfinity, double.NaN), "7FF0000000000000 FFF8000000000000", "(Infinity,NaN)"),
        Of("line", 628, new PgLine(1, -1, 0), "3FF0000000000000 BFF0000000000000 0000000000000000", "{1,-1,0}"),
        Of("lseg", 601, new PgLineSegment(new(1, 2), new(3, 4)),
            "3FF0000000000000 4000000000000000 4008000000000000 4010000000000000", "[(1,2),(3,4)]"),
        Of("box", 603, new PgBox(new(1, 4), new(3, 2)),
            "4008000000000000 4010000000000000 3FF0000000000000 4000000000000000", "(3,4),(1,2)"),
        Of("path open", 602, new PgPath(false, new PgPoint(1, 2), new PgPoint(3, 4)),
            "00 00000002 3FF0000000000000 4000000000000000 4008000000000000 4010000000000000", "[(1,2),(3,4)]"),
        Of("path closed", 602, new PgPath(true, new PgPoint(1, 2)), "01 00000001 3FF0000000000000 4000000000000000", "((1,2))"),
        Of("polygon", 604, new PgPolygon(new PgPoint(1, 2), new PgPoint(3, 4)),
            "00000002 3FF0000000000000 4000000000000000 4008000000000000 4010000000000000", "((1,2),(3,4))"),
        Of("circle", 718, new PgCircle(new(1, 2), 3), "3FF0000000000000 4000000000000000 4008000000000000", "<(1,2),3>"),
    ];

    private static CodecCase[] SearchCases() =>
    [
        Of("tsvector", 3614, new PgTsVector(new("b", [new(3)]), new("a", [new(1, PgLexemeWeight.A), new(2)])),
            "00000002 6100 0002 C001 0002 6200 0001 0003", "'a':1A,2 'b':3"),
        Of("tsvector empty", 3614, PgTsVector.Empty, "00000000", ""),
        Of("tsvector quoted", 3614, new PgTsVector(new PgLexeme("it's \\ ")), "00000001 69742773205C2000 0000", "'it''s \\\\ '"),
        Of("tsquery", 3615,
            (PgTsQuery.Lexeme("a") & !PgTsQuery.Lexeme("b")) | PgTsQuery.Lexeme("c", PgLexemeWeights.A | PgLexemeWeights.B, isPrefix: true),
            "00000006 0203 010C016300 0202 0201 0100006200 0100006100", "'a' & !'b' | 'c':*AB"),
        Of("tsquery phrases", 3615,
            PgTsQuery.Lexeme("a").FollowedBy(PgTsQuery.Lexeme("b").FollowedBy(PgTsQuery.Lexeme("c"), 2)),
            "00000005 02040001 02040002 0100006300 0100006200 0100006100", "'a' <-> ( 'b' <2> 'c' )"),
        Of("tsquery not of both", 3615, !(PgTsQuery.Lexeme("a") | PgTsQuery.Lexeme("b", PgLexemeWeights.D)),
            "00000004 0201 0203 0101006200 0100006100", "!( 'a' | 'b':D )"),
    ];

    private static CodecCase[] SystemCases() =>
    [
        Of("xid8", 5069, ulong.MaxValue, "FFFFFFFFFFFFFFFF", "18446744073709551615"),
        Of("tid", 27, new PgTid(42, 7), "0000002A 0007", "(42,7)"),
        Of("pg_lsn", 3220, new PgLsn(0x16_B374D848), "00000016B374D848", "16/B374D848"),
        Of("pg_snapshot", 5038, new PgSnapshot(10, 20, [10, 14, 15]),
            "00000003 000000000000000A 0000000000000014 000000000000000A 000000000000000E 000000000000000F", "10:20:10,14,15"),
        Of("pg_snapshot quiet", 5038, new PgSnapshot(7, 7, []), "00000000 0000000000000007 0000000000000007", "7:7:"),
        Of("regclass", 2205, 1259u, "000004EB", "1259"),
        Of("bytea memory", 17, new ReadOnlyMemory<byte>([0xDE, 0xAD]), "DEAD", "\\xdead", plain: true),
        Of("jsonpath", 4072, "$.\"a\"", "01 242E226122", "$.\"a\"", plain: true),
    ];
}
