using System.Collections;
using System.Net;
using System.Net.NetworkInformation;
using System.Numerics;

namespace PgActors.Integration.Tests.Types;

/// <summary>The scalar types that are rarer than those of <see cref="TypeTests"/>, and the lossless forms of the common ones.</summary>
public sealed class ScalarTests(TestServers servers)
{
    private static readonly string[] Registered =
    [
        "regclass", "regtype", "regproc", "regprocedure", "regoper", "regoperator", "regnamespace", "regrole", "regcollation", "regconfig",
        "regdictionary",
    ];

    public static TheoryData<int> Majors => [18, 15];

    [Theory]
    [MemberData(nameof(Majors))]
    public Task Numeric_without_loss(int major) => ProveAsync(major, async proof =>
    {
        await proof.ValueAsync("numeric", PgNumeric.Parse("0.00"), "0.00");
        await proof.ValueAsync("numeric", PgNumeric.Parse("-12345.6780"), "-12345.6780");
        var large = PgNumeric.Create(BigInteger.Pow(7, 400), 30);
        await proof.ValueAsync("numeric", large, large.ToString());
        var longest = "9" + new string('0', 131_071);
        await proof.ValueAsync("numeric", PgNumeric.Parse(longest), longest);
        var finest = "0." + new string('0', 16_382) + "1";
        await proof.ValueAsync("numeric", PgNumeric.Parse(finest), finest);
        await proof.ValueAsync("numeric", PgNumeric.NaN, "NaN");
        await proof.ValueAsync("numeric", PgNumeric.PositiveInfinity, "Infinity");
        await proof.ValueAsync("numeric", PgNumeric.NegativeInfinity, "-Infinity");
        await proof.ValueAsync("numeric", -BigInteger.Pow(10, 50), "-1" + new string('0', 50));
        await proof.ColumnAsync("numeric", new BigInteger(12), "12.00");
    });

    [Theory]
    [MemberData(nameof(Majors))]
    public Task Money(int major) => ProveAsync(major, async proof =>
    {
        await proof.ValueAsync("money", new PgMoney(123_456), "$1,234.56");
        await proof.ValueAsync("money", PgMoney.FromDecimal(-0.05m, 2), "-$0.05");
        await proof.ValueAsync("money", new PgMoney(long.MinValue), "-$92,233,720,368,547,758.08");
    });

    [Theory]
    [MemberData(nameof(Majors))]
    public Task Dates_without_loss(int major) => ProveAsync(major, async proof =>
    {
        await proof.ValueAsync("date", new PgDate(-44, 3, 15), "0044-03-15 BC");
        await proof.ValueAsync("date", new PgDate(-4714, 11, 24), "4714-11-24 BC");
        await proof.ValueAsync("date", new PgDate(5_874_897, 12, 31), "5874897-12-31");
        await proof.ValueAsync("date", PgDate.Infinity, "infinity");
        await proof.ValueAsync("date", PgDate.NegativeInfinity, "-infinity");
        await proof.ValueAsync("timestamp without time zone", PgTimestamp.Parse("4714-11-24 00:00:00 BC"), "4714-11-24 00:00:00 BC");
        await proof.ValueAsync(
            "timestamp without time zone", PgTimestamp.Parse("294276-12-31 23:59:59.999999"), "294276-12-31 23:59:59.999999");
        await proof.ValueAsync("timestamp without time zone", PgTimestamp.Infinity, "infinity");
        await proof.ValueAsync("timestamp with time zone", PgTimestampTz.NegativeInfinity, "-infinity");
        await proof.ColumnAsync("timestamp with time zone", PgTimestampTz.Parse("0001-12-31 22:00:00+00 BC"), "0001-12-31 23:00:00+01 BC");
    });

    [Theory]
    [MemberData(nameof(Majors))]
    public Task Times(int major) => ProveAsync(major, async proof =>
    {
        await proof.ValueAsync("time without time zone", TimeSpan.FromDays(1), "24:00:00", isNatural: false);
        await proof.ValueAsync("time without time zone", new TimeSpan(0, 1, 2, 3, 4, 5), "01:02:03.004005", isNatural: false);
        await proof.ValueAsync(
            "time with time zone", new PgTimeTz(new TimeSpan(12, 34, 56), TimeSpan.FromMinutes(-210)), "12:34:56-03:30");
        await proof.ValueAsync("time with time zone", new PgTimeTz(TimeSpan.FromDays(1), new TimeSpan(15, 59, 59)), "24:00:00+15:59:59");
    });

    [Theory]
    [MemberData(nameof(Majors))]
    public Task Intervals(int major) => ProveAsync(major, async proof =>
    {
        await proof.ValueAsync("interval", default(PgInterval), "00:00:00");
        await proof.ValueAsync("interval", new PgInterval(14, -3, 14_706_500_000), "1 year 2 mons -3 days +04:05:06.5");
        await proof.ValueAsync("interval", new PgInterval(-1, 1, -1), "-1 mons +1 day -00:00:00.000001");
        await proof.ValueAsync(
            "interval", new PgInterval(int.MaxValue, int.MinValue, 1), "178956970 years 7 mons -2147483648 days +00:00:00.000001");
        if (major >= 17)
        {
            await proof.ValueAsync("interval", PgInterval.Infinity, "infinity");
            await proof.ValueAsync("interval", PgInterval.NegativeInfinity, "-infinity");
        }
    });

    [Theory]
    [InlineData("postgres")]
    [InlineData("postgres_verbose")]
    [InlineData("sql_standard")]
    [InlineData("iso_8601")]
    public async Task Interval_text_is_read_and_written_in_every_style(string style)
    {
        var token = TestContext.Current.CancellationToken;
        await using var db = await servers.OpenAsync($"shared_sessions=1&options=-c%20intervalstyle%3D{style}");
        PgInterval[] values =
        [
            default, new(14, 0, 0), new(-14, 0, 0), new(0, 3, 0), new(0, -3, -14_706_500_000), new(14, -3, 14_706_500_000),
            new(-1, -2, -3_000_000), new(0, 0, -500_000), new(0, 0, 90_061_000_001), new(-25, 4, -1), new(0, 1, -1),
        ];
        foreach (var value in values)
        {
            var printed = await db.QuerySingleAsync<string>($"select {value}::text", token);
            Assert.Equal((printed, value), (printed, PgInterval.Parse(printed)));
            Assert.Equal(value, await db.QuerySingleAsync<PgInterval>($"select {value.ToString()}::interval", token));
        }
    }

    [Theory]
    [MemberData(nameof(Majors))]
    public Task Network_addresses(int major) => ProveAsync(major, async proof =>
    {
        await proof.ReferenceAsync("inet", IPAddress.Parse("192.168.0.1"), "192.168.0.1");
        await proof.ReferenceAsync("inet", IPAddress.Parse("2001:db8::1"), "2001:db8::1");
        await proof.ReferenceAsync("inet", IPAddress.Parse("::ffff:1.2.3.4"), "::ffff:1.2.3.4");
        await proof.ValueAsync("inet", new PgInet(IPAddress.Parse("192.168.0.1"), 24), "192.168.0.1/24");
        await proof.ValueAsync("inet", new PgInet(IPAddress.IPv6Any, 0), "::/0");
        await proof.ValueAsync("cidr", IPNetwork.Parse("10.0.0.0/8"), "10.0.0.0/8");
        await proof.ValueAsync("cidr", new PgInet(IPAddress.Parse("2001:db8::"), 32), "2001:db8::/32", isNatural: false);
        await proof.ReferenceAsync("macaddr", PhysicalAddress.Parse("08002B0102FF"), "08:00:2b:01:02:ff");
        await proof.ReferenceAsync("macaddr8", PhysicalAddress.Parse("08002BFFFE010203"), "08:00:2b:ff:fe:01:02:03", isNatural: false);
    });

    [Theory]
    [MemberData(nameof(Majors))]
    public Task Geometry(int major) => ProveAsync(major, async proof =>
    {
        await proof.ValueAsync("point", new PgPoint(1.5, -2e100), "(1.5,-2e+100)");
        await proof.ValueAsync("point", new PgPoint(double.PositiveInfinity, double.NaN), "(Infinity,NaN)");
        await proof.ValueAsync("line", new PgLine(1, -1, 0.5), "{1,-1,0.5}");
        await proof.ValueAsync("lseg", new PgLineSegment(new(1, 2), new(3, 4)), "[(1,2),(3,4)]");
        await proof.ValueAsync("box", new PgBox(new(1, 4), new(3, 2)), "(3,4),(1,2)");
        await proof.ValueAsync("path", new PgPath(false, new PgPoint(1, 2), new PgPoint(3, 4)), "[(1,2),(3,4)]");
        await proof.ValueAsync("path", new PgPath(true, new PgPoint(1, 2)), "((1,2))");
        await proof.ValueAsync("polygon", new PgPolygon(new PgPoint(0, 0), new PgPoint(1, 0), new PgPoint(1, 1)), "((0,0),(1,0),(1,1))");
        await proof.ValueAsync("circle", new PgCircle(new(1, 2), 3), "<(1,2),3>");
    });

    [Theory]
    [MemberData(nameof(Majors))]
    public Task Bit_strings(int major) => ProveAsync(major, async proof =>
    {
        await proof.ValueAsync("bit varying", default(PgBitString), "");
        await proof.ValueAsync("bit varying", PgBitString.Parse("1011000111"), "1011000111");
        await proof.ReferenceAsync("bit varying", new BitArray([true, false, true]), "101");
        await proof.ValueAsync("bit", PgBitString.Parse("1"), "1", isNatural: false);
        await proof.ColumnAsync("bit(3)", PgBitString.Parse("101"), "101");
        await proof.ColumnAsync("bit(3)", new BitArray([true, false, true]), "101");
    });

    [Theory]
    [MemberData(nameof(Majors))]
    public Task Text_search(int major) => ProveAsync(major, async proof =>
    {
        await proof.ReferenceAsync("tsvector", PgTsVector.Empty, "");
        await proof.ReferenceAsync(
            "tsvector",
            new PgTsVector(new PgLexeme("b", [new(3)]), new PgLexeme("a", [new(1, PgLexemeWeight.A), new(2, PgLexemeWeight.C)])),
            "'a':1A,2C 'b':3");
        await proof.ReferenceAsync("tsvector", new PgTsVector(new PgLexeme("it's \\ \u00e9")), "'it''s \\\\ \u00e9'");
        var a = PgTsQuery.Lexeme("a");
        var b = PgTsQuery.Lexeme("b", PgLexemeWeights.A | PgLexemeWeights.D);
        var c = PgTsQuery.Lexeme("c", isPrefix: true);
        await proof.ColumnAsync("tsquery", PgTsQuery.Empty, "");
        await proof.ReferenceAsync("tsquery", (a & !b) | c, "'a' & !'b':AD | 'c':*");
        await proof.ReferenceAsync("tsquery", a & (b | c), "'a' & ( 'b':AD | 'c':* )");
        await proof.ReferenceAsync("tsquery", a.FollowedBy(b.FollowedBy(c, 3)), "'a' <-> ( 'b':AD <3> 'c':* )");
        await proof.ReferenceAsync("tsquery", !(a.FollowedBy(b, 0) | !!c), "!( 'a' <0> 'b':AD | !!'c':* )");
    });

    [Theory]
    [MemberData(nameof(Majors))]
    public Task System_types(int major) => ProveAsync(major, async proof =>
    {
        await proof.ValueAsync("oid", uint.MaxValue, "4294967295");
        await proof.ValueAsync("xid", 7u, "7", isNatural: false);
        await proof.ValueAsync("cid", 7u, "7", isNatural: false);
        await proof.ValueAsync("xid8", ulong.MaxValue, "18446744073709551615");
        await proof.ValueAsync("tid", new PgTid(42, 7), "(42,7)");
        await proof.ValueAsync("pg_lsn", new PgLsn(0x16_B374D848), "16/B374D848");
        await proof.ValueAsync("pg_snapshot", new PgSnapshot(10, 20, [10, 14, 15]), "10:20:10,14,15");
        await proof.ValueAsync("txid_snapshot", new PgSnapshot(10, 20, []), "10:20:", isNatural: false);
        await proof.ReferenceAsync("int2vector", new short[] { 1, -2 }, "1 -2", isNatural: false);
        await proof.ReferenceAsync("oidvector", new uint[] { 23, 25 }, "23 25", isNatural: false);
        await proof.ReferenceAsync("refcursor", "some portal", "some portal", isNatural: false);
        await proof.ReferenceAsync("name", "pg_class", "pg_class", isNatural: false);
        await proof.ReferenceAsync("character varying", "a b", "a b", isNatural: false);
        await proof.ReferenceAsync("xml", "<a>b</a>", "<a>b</a>", isNatural: false);
        await proof.ReferenceAsync("json", "{\"a\":1}", "{\"a\":1}", isNatural: false);
        await proof.ReferenceAsync("jsonb", "{\"a\": 1}", "{\"a\": 1}", isNatural: false);
        await proof.ReferenceAsync("jsonpath", "$.\"a\"[*]", "$.\"a\"[*]", isNatural: false);
        foreach (var type in Registered)
            await proof.ValueAsync(type, 4_000_000_000u, "4000000000", isNatural: false);
    });

    [Fact]
    public async Task Catalog_columns_are_read()
    {
        var token = TestContext.Current.CancellationToken;
        await using var db = await servers.OpenAsync("shared_sessions=1");
        Assert.Equal(1259u, await db.QuerySingleAsync<uint>("select 'pg_class'::regclass", token));
        Assert.Equal("pg_class", await db.QuerySingleAsync<string>("select 'pg_class'::regclass::text", token));
        Assert.Empty(await db.QuerySingleAsync<uint[]>("select proargtypes from pg_proc where proname = 'pg_backend_pid'", token));
        var columns = await db.QuerySingleAsync<short[]>(
            "select indkey from pg_index where indexrelid = 'pg_class_relname_nsp_index'::regclass", token);
        Assert.Equal(new short[] { 2, 3 }, columns);
        Assert.Equal("", await db.QuerySingleAsync<string>("select pg_sleep(0)", token));
        var (current, seen) = await db.QuerySingleAsync<(ulong, PgSnapshot)>("select pg_current_xact_id(), pg_current_snapshot()", token);
        Assert.True(seen.OldestActive <= current);
        Assert.True(await db.QuerySingleAsync<PgLsn>("select pg_current_wal_lsn()", token) > PgLsn.None);
        Assert.Contains("CONST", await db.QuerySingleAsync<string>(
            "select conbin from pg_constraint where conbin is not null limit 1", token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_value_is_read_as_its_bytes()
    {
        var token = TestContext.Current.CancellationToken;
        await using var db = await servers.OpenAsync("shared_sessions=1");
        Assert.Equal(new byte[] { 0, 0, 0, 7 }, await db.QuerySingleAsync<byte[]>("select 7", token));
        Assert.Equal("ab"u8.ToArray(), await db.QuerySingleAsync<byte[]>("select 'ab'", token));
        Assert.Equal(new byte[] { 1 }, await db.QuerySingleAsync<byte[]>("select 'empty'::int4range", token));
        Assert.Null(await db.QuerySingleAsync<byte[]?>("select null::int", token));
    }

    private async Task ProveAsync(int major, Func<TypeProof, Task> prove)
    {
        await using var proof = new TypeProof(
            types => servers.OpenAsync(major, "shared_sessions=1", new PgDatabaseSettings { Types = types }));
        await prove(proof);
    }
}
