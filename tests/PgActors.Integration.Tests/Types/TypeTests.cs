using System.Text;

namespace PgActors.Integration.Tests.Types;

/// <summary>Every built-in type of everyday use, against the newest server and 15: what the server understands is what was meant.</summary>
public sealed class TypeTests(TestServers servers)
{
    public static TheoryData<int> Majors => [18, 15];

    [Theory]
    [MemberData(nameof(Majors))]
    public Task Bool(int major) => ProveAsync(major, async proof =>
    {
        await proof.ValueAsync("boolean", true, "t");
        await proof.ValueAsync("boolean", false, "f");
    });

    [Theory]
    [MemberData(nameof(Majors))]
    public Task Integers(int major) => ProveAsync(major, async proof =>
    {
        await proof.ValueAsync("smallint", short.MinValue, "-32768");
        await proof.ValueAsync("smallint", short.MaxValue, "32767");
        await proof.ValueAsync("integer", int.MinValue, "-2147483648");
        await proof.ValueAsync("integer", 258, "258");
        await proof.ValueAsync("bigint", long.MinValue, "-9223372036854775808");
        await proof.ValueAsync("bigint", long.MaxValue, "9223372036854775807");
        await proof.ColumnAsync("smallint", 7, "7");
        await proof.ColumnAsync("integer", 7L, "7");
        await proof.ColumnAsync("bigint", 7m, "7");
    });

    [Theory]
    [MemberData(nameof(Majors))]
    public Task Floats(int major) => ProveAsync(major, async proof =>
    {
        await proof.ValueAsync("real", 0.1f, "0.1");
        await proof.ValueAsync("real", float.NaN, "NaN");
        await proof.ValueAsync("real", float.Epsilon, "1e-45");
        await proof.ValueAsync("double precision", Math.PI, "3.141592653589793");
        await proof.ValueAsync("double precision", double.NegativeInfinity, "-Infinity");
        await proof.ValueAsync("double precision", double.MaxValue, "1.7976931348623157e+308");
        await proof.ColumnAsync("real", 1.5, "1.5");
    });

    [Theory]
    [MemberData(nameof(Majors))]
    public Task Numeric(int major) => ProveAsync(major, async proof =>
    {
        await proof.ValueAsync("numeric", 0m, "0");
        await proof.ValueAsync("numeric", 1.10m, "1.10");
        await proof.ValueAsync("numeric", -10_000m, "-10000");
        await proof.ValueAsync("numeric", 0.0000000000000000000000000001m, "0.0000000000000000000000000001");
        await proof.ValueAsync("numeric", 99_999_999.000_1m, "99999999.0001");
        await proof.ValueAsync("numeric", decimal.MaxValue, "79228162514264337593543950335");
        await proof.ValueAsync("numeric", decimal.MinValue, "-79228162514264337593543950335");
    });

    [Theory]
    [MemberData(nameof(Majors))]
    public Task Texts(int major) => ProveAsync(major, async proof =>
    {
        await proof.ReferenceAsync("text", "", "");
        await proof.ReferenceAsync("text", "it's \"so\" \\ {a,b} \n\t naïve \U0001F418", "it's \"so\" \\ {a,b} \n\t naïve \U0001F418");
        await proof.ReferenceAsync("text", "NULL", "NULL");
        await proof.ColumnAsync("varchar(20)", "grün", "grün");
        await proof.ColumnAsync("name", "pg_class", "pg_class");
        await proof.ColumnAsync("char(4)", "ab  ", "ab");
        await proof.ColumnAsync("\"char\"", "x", "x");
    });

    [Theory]
    [MemberData(nameof(Majors))]
    public Task Bytes(int major) => ProveAsync(major, async proof =>
    {
        await proof.ReferenceAsync("bytea", Array.Empty<byte>(), @"\x");
        await proof.ReferenceAsync("bytea", "\0\u0001'\\"u8.ToArray(), @"\x0001275c");
        var large = Encoding.UTF8.GetBytes(new string('x', 100_000));
        await proof.ReferenceAsync("bytea", large, @"\x" + string.Concat(Enumerable.Repeat("78", large.Length)));
    });

    [Theory]
    [MemberData(nameof(Majors))]
    public Task Uuid(int major) => ProveAsync(major, proof => proof.ValueAsync(
        "uuid", Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), "00112233-4455-6677-8899-aabbccddeeff"));

    [Theory]
    [MemberData(nameof(Majors))]
    public Task DatesAndTimes(int major) => ProveAsync(major, async proof =>
    {
        await proof.ValueAsync("date", new DateOnly(2024, 2, 29), "2024-02-29");
        await proof.ValueAsync("date", DateOnly.MinValue, "0001-01-01");
        await proof.ValueAsync("date", DateOnly.MaxValue, "9999-12-31");
        await proof.ValueAsync("time without time zone", new TimeOnly(23, 59, 59, 999, 999), "23:59:59.999999");
        var eve = new DateTime(1999, 12, 31, 23, 59, 59, 123, 456);
        await proof.ValueAsync("timestamp without time zone", eve, "1999-12-31 23:59:59.123456");
        await proof.ValueAsync("timestamp without time zone", DateTime.MinValue, "0001-01-01 00:00:00");
        await proof.ValueAsync("interval", TimeSpan.FromMinutes(-90), "-01:30:00");
    });

    [Theory]
    [MemberData(nameof(Majors))]
    public async Task PointsInTime(int major)
    {
        // The session's zone is not UTC: a point in time must not care.
        await using var db = await servers.OpenAsync(major, "shared_sessions=1&options=-c%20timezone%3DAsia/Kolkata");
        var token = TestContext.Current.CancellationToken;
        var utc = new DateTime(2024, 7, 1, 12, 0, 0, 1, 2, DateTimeKind.Utc);

        var (type, text, echo) = await db.QuerySingleAsync<(string, string, DateTime)>(
            $"select pg_typeof({utc})::text, {utc}::text, {utc}", token);
        Assert.Equal(("timestamp with time zone", "2024-07-01 17:30:00.001002+05:30"), (type, text));
        Assert.Equal((utc, DateTimeKind.Utc), (echo, echo.Kind));

        var offset = new DateTimeOffset(utc).ToOffset(TimeSpan.FromHours(-7));
        Assert.Equal(utc, (await db.QuerySingleAsync<DateTimeOffset>($"select {offset}", token)).UtcDateTime);
        Assert.Equal(utc, await db.QuerySingleAsync<DateTime>("select '2024-07-01 17:30:00.001002 Asia/Kolkata'::timestamptz", token));
        Assert.Equal(new DateTime?[] { utc, null }, await db.QuerySingleAsync<DateTime?[]>($"select array[{utc}, null]", token));
        Assert.Null(await db.QuerySingleAsync<DateTimeOffset?>($"select {(DateTimeOffset?)null}", token));
    }

    private async Task ProveAsync(int major, Func<TypeProof, Task> prove)
    {
        await using var proof = new TypeProof(
            types => servers.OpenAsync(major, "shared_sessions=1", new PgDatabaseSettings { Types = types }));
        await prove(proof);
    }
}
