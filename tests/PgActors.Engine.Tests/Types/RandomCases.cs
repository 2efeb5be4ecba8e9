using System.Net;
using System.Net.NetworkInformation;
using System.Numerics;
using PgActors.Types;

namespace PgActors.Testing.Values;

/// <summary>Random values of every scalar type, reproducible by their seed: small ones, large ones and the ends of the range.</summary>
public static class RandomCases
{
    public static RandomCase[] All { get; } =
    [
        Value("boolean", 16, 1000, r => r.Next(2) == 0),
        Value("smallint", 21, 1005, r => (short)Integer(r, 16)),
        Value("integer", 23, 1007, r => (int)Integer(r, 32)),
        Value("bigint", 20, 1016, r => Integer(r, 64)),
        Value("oid", 26, 1028, r => (uint)Integer(r, 32)),
        Value("real", 700, 1021, r => BitConverter.Int32BitsToSingle((int)Integer(r, 32))),
        Value("double precision", 701, 1022, Double),
        Value("numeric", 1700, 1231, Decimal),
        Value("numeric", 1700, 1231, r => r.Next(20) == 0 ? Special(r) : PgNumeric.Create(Big(r), r.Next(3) == 0 ? 0 : r.Next(200))),
        Value("numeric", 1700, 1231, Big),
        Value("money", 790, 791, r => new PgMoney(Integer(r, 64))),
        Reference("text", 25, 1009, Text),
        Reference("bytea", 17, 1001, Bytes),
        Value("uuid", 2950, 2951, r => { var bytes = new byte[16]; r.NextBytes(bytes); return new Guid(bytes); }),

        Value("date", 1082, 1182, r => DateOnly.FromDayNumber(r.Next(DateOnly.MaxValue.DayNumber + 1))),
        Value("date", 1082, 1182, Date),
        Value("time", 1083, 1183, r => new TimeOnly(r.NextInt64(86_400_000_000) * 10)),
        Value("time", 1083, 1183, r => r.Next(20) == 0 ? TimeSpan.FromDays(1) : TimeSpan.FromMicroseconds(r.NextInt64(86_400_000_000))),
        Value("timetz", 1266, 1270, r => new PgTimeTz(
            TimeSpan.FromMicroseconds(r.NextInt64(86_400_000_001)),
            TimeSpan.FromSeconds(r.Next(2) == 0 ? r.Next(-57599, 57600) : 1800 * r.Next(-31, 32)))),
        Value("timestamp", 1114, 1115, r => new DateTime(r.NextInt64(DateTime.MaxValue.Ticks / 10) * 10)),
        Value("timestamp", 1114, 1115, r => r.Next(20) switch
        {
            0 => PgTimestamp.Infinity,
            1 => PgTimestamp.NegativeInfinity,
            _ => new PgTimestamp(new PgDate(r.Next(2) == 0 ? r.Next(-4713, 0) : r.Next(1, 294_277), 1, 1), Fraction(r)),
        }),
        Value("timestamptz", 1184, 1185, r => new DateTimeOffset(r.NextInt64(DateTime.MaxValue.Ticks / 10) * 10, TimeSpan.Zero)),
        Value("timestamptz", 1184, 1185, r => r.Next(20) switch
        {
            0 => PgTimestampTz.Infinity,
            1 => PgTimestampTz.NegativeInfinity,
            _ => new PgTimestampTz(new PgDate(r.Next(2) == 0 ? r.Next(-4713, 0) : r.Next(1, 294_277), 7, 31), Fraction(r)),
        }),
        Value("interval", 1186, 1187, r => new TimeSpan(r.NextInt64(long.MinValue / 10, long.MaxValue / 10) / (1L << r.Next(60)) * 10)),
        Value("interval", 1186, 1187, r => new PgInterval((int)Integer(r, 32), (int)Integer(r, 32), Integer(r, 64) / 2)),

        Reference("inet", 869, 1041, r => Address(r, r.Next(2) == 0 ? 4 : 16)),
        Value("inet", 869, 1041, r => r.Next(2) == 0 ? new PgInet(Address(r, 4), r.Next(33)) : new PgInet(Address(r, 16), r.Next(129))),
        Value("cidr", 650, 651, r => Network(Address(r, 4), r.Next(33))),
        Value("cidr", 650, 651, r => (PgInet)Network(Address(r, 16), r.Next(129))),
        Reference("macaddr", 829, 1040, r => new PhysicalAddress(Address(r, 16).GetAddressBytes()[..6])),
        Reference("macaddr8", 774, 775, r => new PhysicalAddress(Address(r, 16).GetAddressBytes()[..8])),

        Value("point", 600, 1017, Point),
        Value("line", 628, 629, r => new PgLine(1 + r.Next(100), Finite(r), Finite(r))),
        Value("lseg", 601, 1018, r => new PgLineSegment(Point(r), Point(r))),
        Value("box", 603, 1020, r => new PgBox(Point(r), Point(r))),
        Value("path", 602, 1019, r => new PgPath(r.Next(2) == 0, Points(r))),
        Value("polygon", 604, 1027, r => new PgPolygon(Points(r))),
        Value("circle", 718, 719, r => new PgCircle(Point(r), Math.Abs(Finite(r)))),
        Value("varbit", 1562, 1563, r => Bits(r)),
        Reference("varbit", 1562, 1563, r => Bits(r).ToBitArray()),

        Reference("tsvector", 3614, 3643, r => new PgTsVector(
            Enumerable.Range(0, r.Next(6)).Select(_ => Word(r)).Distinct().Select(word => new PgLexeme(word, [.. Positions(r)])))),
        Reference("tsquery", 3615, 3645, r => Query(r, r.Next(5))),

        Value("xid", 28, 1011, r => (uint)Integer(r, 32)),
        Value("xid8", 5069, 271, r => (ulong)Integer(r, 64)),
        Value("tid", 27, 1010, r => new PgTid((uint)Integer(r, 32), (ushort)Integer(r, 16))),
        Value("pg_lsn", 3220, 3221, r => new PgLsn((ulong)Integer(r, 64))),
        Value("pg_snapshot", 5038, 5039, Snapshot),
        Value("regtype", 2206, 2211, r => (uint)(1_000_000 + r.Next())),
        Reference("int2vector", 22, 1006, r => Enumerable.Range(0, 1 + r.Next(5)).Select(_ => (short)Integer(r, 16)).ToArray()),
        Reference("oidvector", 30, 1013, r => Enumerable.Range(0, 1 + r.Next(5)).Select(_ => (uint)Integer(r, 32)).ToArray()),
    ];

    public static RandomCase Get(string name) => All.Single(c => c.Name == name);

    private static RandomCase<T> Value<T>(string type, uint oid, uint arrayOid, Func<Random, T> next)
        where T : struct
        => new(type, oid, arrayOid, next, (codec, typeOid, typeArrayOid) => PgTypeMapping.Value(codec, typeOid, typeArrayOid));

    private static RandomCase<T> Reference<T>(string type, uint oid, uint arrayOid, Func<Random, T> next)
        where T : class
        => new(type, oid, arrayOid, next, (codec, typeOid, typeArrayOid) => PgTypeMapping.Reference(codec, typeOid, typeArrayOid));

    /// <summary>As many bits as it takes, all lengths alike, and the ends of the range now and then.</summary>
    private static long Integer(Random random, int bits) => random.Next(10) switch
    {
        0 => bits == 64 ? long.MaxValue : (1L << (bits - 1)) - 1,
        1 => bits == 64 ? long.MinValue : 1L << (bits - 1),
        2 => 0,
        _ => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64 - bits, 63),
    };

    private static double Double(Random random) => random.Next(10) switch
    {
        0 => double.NaN,
        1 => double.NegativeInfinity,
        _ => BitConverter.Int64BitsToDouble(Integer(random, 64)),
    };

    private static double Finite(Random random)
    {
        var number = Double(random);
        return double.IsFinite(number) ? number : random.Next();
    }

    private static BigInteger Big(Random random)
    {
        var bytes = new byte[random.Next(60)];
        random.NextBytes(bytes);
        return new BigInteger(bytes) * BigInteger.Pow(10, random.Next(3) == 0 ? random.Next(40) : 0);
    }

    private static decimal Decimal(Random random)
        => new((int)Integer(random, 32), (int)Integer(random, 32), (int)Integer(random, 32), random.Next(2) == 0, (byte)random.Next(29));

    private static PgNumeric Special(Random random)
        => random.Next(3) switch { 0 => PgNumeric.NaN, 1 => PgNumeric.PositiveInfinity, _ => PgNumeric.NegativeInfinity };

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(40)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Text(Random random)
    {
        const string alphabet = "aZ0 '\"\\{},;:()\t\n%_\u00e9\u0416\u4e2d\u200b";
        var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => alphabet[random.Next(alphabet.Length)]));
        return random.Next(4) == 0 ? text + "\U0001F418" : text;
    }

    private static string Word(Random random) => "w" + Text(random);

    private static PgDate Date(Random random) => random.Next(10) switch
    {
        0 => PgDate.Infinity,
        1 => PgDate.NegativeInfinity,
        2 => new PgDate(-4714, 11, 24),
        3 => new PgDate(5_874_897, 12, 31),
        4 or 5 or 6 => new PgDate(random.Next(-4713, 0), 1 + random.Next(12), 1 + random.Next(28)),
        _ => new PgDate(random.Next(1, 5_874_898), 1 + random.Next(12), 1 + random.Next(28)),
    };

    private static TimeSpan Fraction(Random random) => TimeSpan.FromMicroseconds(random.NextInt64(86_400_000_000));

    private static IPAddress Address(Random random, int size)
    {
        var bytes = new byte[size];
        random.NextBytes(bytes);
        if (random.Next(3) == 0)
            bytes.AsSpan(0, random.Next(size)).Clear();
        return new IPAddress(bytes);
    }

    private static IPNetwork Network(IPAddress address, int prefix)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = prefix; bit < 8 * bytes.Length; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new IPNetwork(new IPAddress(bytes), prefix);
    }

    private static PgPoint Point(Random random) => new(Finite(random), Finite(random));

    private static PgPoint[] Points(Random random) => [.. Enumerable.Range(0, 1 + random.Next(5)).Select(_ => Point(random))];

    private static PgBitString Bits(Random random)
        => new([.. Enumerable.Range(0, random.Next(40)).Select(_ => random.Next(2) == 0)]);

    private static PgLexemePosition[] Positions(Random random)
        => [.. Enumerable.Range(0, random.Next(4)).Select(_ => 1 + random.Next(PgLexemePosition.Last)).Distinct().Order()
            .Select(place => new PgLexemePosition(place, (PgLexemeWeight)random.Next(4)))];

    private static PgTsQuery Query(Random random, int depth) => (depth == 0 ? 0 : random.Next(5)) switch
    {
        0 => PgTsQuery.Lexeme(Word(random), (PgLexemeWeights)random.Next(16), random.Next(2) == 0),
        1 => !Query(random, depth - 1),
        2 => Query(random, depth - 1) & Right(random, depth - 1, PgTsQueryKind.And),
        3 => Query(random, depth - 1) | Right(random, depth - 1, PgTsQueryKind.Or),
        _ => Query(random, depth - 1).FollowedBy(Query(random, depth - 1), random.Next(4)),
    };

    // a & (b & c) is printed as a & b & c, which is read as (a & b) & c: the same question, and not the same items.
    private static PgTsQuery Right(Random random, int depth, PgTsQueryKind excluded)
    {
        var query = Query(random, depth);
        return query.Items[0].Kind == excluded ? !query : query;
    }

    private static PgSnapshot Snapshot(Random random)
    {
        var oldest = 1UL + (ulong)random.Next();
        var next = oldest + 1 + (ulong)random.Next(100);
        var active = Enumerable.Range(0, random.Next(5)).Select(_ => oldest + (ulong)random.NextInt64((long)(next - oldest)));
        return new PgSnapshot(oldest, next, [.. active.Distinct().Order()]);
    }
}
