using PgActors.Protocol;
using PgActors.Types;

namespace PgActors.Engine.Tests.Types;

public sealed class WriteRefusalTests
{
    [Theory]
    [InlineData('\0')]
    [InlineData('\uD800')]
    [InlineData('\uDC00')]
    public void Text_with_nul_or_a_lone_surrogate_is_refused_and_leaves_nothing(char fault)
    {
        var text = $"a{fault}b";
        using var writer = new WireWriter();
        Assert.ThrowsAny<ArgumentException>(() => TextCodec.Instance.WriteBinary(writer, text));
        Assert.ThrowsAny<ArgumentException>(() => TextCodec.Instance.WriteText(writer, text));
        Assert.Equal(0, writer.Length);
    }

    [Theory]
    [InlineData(DateTimeKind.Utc)]
    [InlineData(DateTimeKind.Local)]
    public void Timestamp_refuses_a_zone_and_says_what_to_do(DateTimeKind kind)
    {
        using var writer = new WireWriter();
        var error = Assert.Throws<ArgumentException>(() => TimestampCodec.Instance.WriteBinary(writer, new DateTime(1, kind)));
        Assert.Contains("timestamptz", error.Message, StringComparison.Ordinal);
        Assert.Contains("DateTimeOffset", error.Message, StringComparison.Ordinal);
        Assert.Contains("SpecifyKind", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DateTimeKind.Unspecified)]
    [InlineData(DateTimeKind.Local)]
    public void Timestamptz_refuses_what_is_not_utc(DateTimeKind kind)
    {
        using var writer = new WireWriter();
        var error = Assert.Throws<ArgumentException>(() => TimestampTzCodec.Instance.WriteText(writer, new DateTime(1, kind)));
        Assert.Contains("ToUniversalTime", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Number_that_does_not_fit_the_type_asked_for_is_refused()
    {
        using var writer = new WireWriter();
        Assert.Throws<ArgumentException>(() => Writer<int>(PgTypeOid.Int2).WriteBinary(writer, 32768));
        Assert.Throws<ArgumentException>(() => Writer<long>(PgTypeOid.Int4).WriteBinary(writer, long.MinValue));
        Assert.Throws<ArgumentException>(() => Writer<double>(PgTypeOid.Float4).WriteBinary(writer, 1e39));
        Assert.Throws<ArgumentException>(() => Writer<decimal>(PgTypeOid.Int4).WriteBinary(writer, 1.5m));
        Assert.Equal(0, writer.Length);
        Writer<double>(PgTypeOid.Float4).WriteBinary(writer, 0.1);
        Writer<double>(PgTypeOid.Float4).WriteBinary(writer, double.NaN);
        Writer<int>(PgTypeOid.Int8).WriteBinary(writer, -1);
        Assert.Equal("3DCCCCCDFFC00000FFFFFFFFFFFFFFFF", Convert.ToHexString(writer.WrittenSpan));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("é")]
    [InlineData("\\400")]
    public void Internal_char_of_more_than_a_byte_is_refused(string text)
    {
        using var writer = new WireWriter();
        Assert.Throws<ArgumentException>(() => InternalCharCodec.Instance.WriteBinary(writer, text));
        Assert.Throws<ArgumentException>(() => InternalCharCodec.Instance.WriteText(writer, text));
    }

    [Fact]
    public void What_the_server_sends_and_does_not_take_back_is_refused()
    {
        using var writer = new WireWriter();
        Assert.Throws<ArgumentException>(() => Writer<PgTsQuery>(PgTypeOid.TsQuery).WriteBinary(writer, PgTsQuery.Empty));
        Assert.Throws<ArgumentException>(() => Writer<uint[]>(PgTypeOid.OidVector).WriteBinary(writer, []));
        Assert.Throws<ArgumentException>(() => Writer<short[]>(PgTypeOid.Int2Vector).WriteBinary(writer, []));
        Assert.Equal(0, writer.Length);
        Assert.Equal(DecodeStatus.Ok, TsQueryCodec.Instance.ReadBinary([0, 0, 0, 0], out var query));
        Assert.Equal(PgTsQuery.Empty, query);
        var empty = Convert.FromHexString("00000001000000000000001A0000000000000000");
        Assert.Equal(DecodeStatus.Ok, PgTypeRegistry.Default.FindReader<uint[]>(PgTypeOid.OidVector)!.ReadBinary(empty, out var oids));
        Assert.Empty(oids!);
    }

    [Fact]
    public void Values_beyond_the_type_are_refused()
    {
        using var writer = new WireWriter();
        Assert.Throws<ArgumentException>(() => Writer<TimeSpan>(PgTypeOid.Time).WriteBinary(writer, TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentException>(() => Writer<TimeSpan>(PgTypeOid.Time).WriteBinary(writer, TimeSpan.FromDays(2)));
        Assert.Throws<ArgumentException>(() => Writer<PgInet>(PgTypeOid.Cidr).WriteBinary(
            writer, new PgInet(System.Net.IPAddress.Parse("10.0.0.1"), 8)));
        Assert.Throws<ArgumentException>(() => Writer<System.Net.IPAddress>(PgTypeOid.Inet).WriteBinary(
            writer, System.Net.IPAddress.Parse("fe80::1%3")));
        Assert.Throws<ArgumentException>(() => Writer<System.Net.NetworkInformation.PhysicalAddress>(PgTypeOid.MacAddr).WriteBinary(
            writer, System.Net.NetworkInformation.PhysicalAddress.Parse("08002BFFFE010203")));
        Assert.Throws<ArgumentException>(() => Writer<System.Numerics.BigInteger>(PgTypeOid.Numeric).WriteBinary(
            writer, System.Numerics.BigInteger.Pow(10, 131_072)));
        Assert.Equal(0, writer.Length);
    }

    [Fact]
    public void Ticks_finer_than_a_microsecond_are_cut_off_towards_the_past()
    {
        using var writer = new WireWriter();
        TimestampCodec.Instance.WriteBinary(writer, new DateTime(2000, 1, 1).AddTicks(-1));
        Assert.Equal("FFFFFFFFFFFFFFFF", Convert.ToHexString(writer.WrittenSpan));
    }

    private static PgCodec<T> Writer<T>(uint oid) => PgTypeRegistry.Default.FindWriter<T>(oid)!;
}
