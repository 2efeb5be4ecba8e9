using System.Text;
using PgActors.Protocol;
using PgActors.Types;

namespace PgActors.Engine.Tests.Types;

public sealed class MalformedValueTests
{
    [Theory]
    [InlineData("0000 0000 C000 0000", DecodeStatus.OutOfRange)] // NaN
    [InlineData("0000 0000 D000 0020", DecodeStatus.OutOfRange)] // Infinity
    [InlineData("0000 0000 F000 0020", DecodeStatus.OutOfRange)] // -Infinity
    [InlineData("0001 0000 1234 0000 0001", DecodeStatus.Malformed)] // unknown sign
    [InlineData("0001 0000 0000 0000 2710", DecodeStatus.Malformed)] // digit 10000
    [InlineData("0001 0000 0000 4000 0001", DecodeStatus.Malformed)] // scale beyond 16383
    [InlineData("FFFF 0000 0000 0000 0001", DecodeStatus.Malformed)] // digits that are not there
    [InlineData("0001 7FFF 0000 0000 0001", DecodeStatus.OutOfRange)] // 131,069 digits
    [InlineData("0001 0007 0000 0000 0008", DecodeStatus.OutOfRange)] // 8e28
    [InlineData("0008 0006 0000 0004 03E8 0002 0003 0004 0005 0006 0007 1389", DecodeStatus.OutOfRange)] // 32 digits that count
    [InlineData("0001 FFF8 0000 001D 03E8", DecodeStatus.OutOfRange)] // 1e-29
    [InlineData("0001 8000 0000 3FFF 0001", DecodeStatus.Ok)] // below every place: nothing is left
    public void Numeric_of_hostile_parts_is_refused(string hex, DecodeStatus expected)
        => Assert.Equal(expected, NumericCodec.Instance.ReadBinary(Bytes(hex), out _));

    [Theory]
    [InlineData("0002 0000 0000 0001 0001 1B58", "1.7")]
    [InlineData("0002 0000 0000 0001 0001 1B7F", "1.7")] // digits behind the scale are cut off, as numeric_recv does
    [InlineData("0003 0001 0000 0000 0000 0001 0000", "1")] // zeros around it
    [InlineData("0001 0000 0000 0028 0007", "7.0000000000000000000000000000")] // more places than decimal has, zeros all
    [InlineData("0008 0006 0000 0004 0001 0002 0003 0004 0005 0006 0007 1388", "1000200030004000500060007.5000")] // 29 digits
    [InlineData("0008 0006 0000 0004 03E8 0002 0003 0004 0005 0006 0007 1388", "1000000200030004000500060007.5")] // 32, the last zeros
    public void Numeric_of_unusual_parts_is_exact(string hex, string expected)
    {
        var status = NumericCodec.Instance.ReadBinary(Bytes(hex), out var value);
        Assert.Equal((DecodeStatus.Ok, expected), (status, value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("NaN", DecodeStatus.OutOfRange)]
    [InlineData("-Infinity", DecodeStatus.OutOfRange)]
    [InlineData("79228162514264337593543950336", DecodeStatus.OutOfRange)]
    [InlineData("0.00000000000000000000000000001", DecodeStatus.OutOfRange)]
    [InlineData("1.00000000000000000000000000000000", DecodeStatus.Ok)]
    [InlineData("79228162514264337593543950335.0000", DecodeStatus.Ok)]
    [InlineData("", DecodeStatus.Malformed)]
    [InlineData("-", DecodeStatus.Malformed)]
    [InlineData(".5", DecodeStatus.Malformed)]
    [InlineData("5.", DecodeStatus.Malformed)]
    [InlineData("1.2.3", DecodeStatus.Malformed)]
    [InlineData("1e5", DecodeStatus.Malformed)]
    public void Numeric_text_is_exact_or_refused(string text, DecodeStatus expected)
        => Assert.Equal(expected, NumericCodec.Instance.ReadText(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Numeric_survives_both_forms_for_any_decimal()
    {
        var random = new Random(7);
        using var writer = new PgActors.Protocol.WireWriter();
        for (var i = 0; i < 20000; i++)
        {
            var value = new decimal(Part(random), Part(random), Part(random), random.Next(2) == 0, (byte)random.Next(29));
            writer.Clear();
            NumericCodec.Instance.WriteBinary(writer, value);
            Assert.Equal(DecodeStatus.Ok, NumericCodec.Instance.ReadBinary(writer.WrittenSpan, out var read));
            Assert.Equal((value, value.Scale), (read, read.Scale));
            writer.Clear();
            NumericCodec.Instance.WriteText(writer, value);
            Assert.Equal(DecodeStatus.Ok, NumericCodec.Instance.ReadText(writer.WrittenSpan, out read));
            Assert.Equal((value, value.Scale), (read, read.Scale));
        }
    }

    [Theory]
    [InlineData("7FFFFFFF 00000000 00000017 00000001 00000001")] // dimensions
    [InlineData("FFFFFFFF 00000000 00000017")]
    [InlineData("00000001 00000000 00000017 7FFFFFFF 00000001")] // elements that are not there
    [InlineData("00000001 00000000 00000017 FFFFFFFF 00000001")]
    [InlineData("00000001 00000000 00000017 80000000 00000001")]
    [InlineData("00000001 00000000 00000019 00000001 00000001 00000004 00000001")] // another element type
    [InlineData("00000001 00000002 00000017 00000001 00000001 00000004 00000001")] // flags
    [InlineData("00000001 00000000 00000017 00000001 00000001 00000003 000001")] // element too short
    [InlineData("00000001 00000000 00000017 00000001 00000001 FFFFFFFE 00000001")] // length -2
    [InlineData("00000001 00000000 00000017 00000001 00000001 7FFFFFFF 00000001")]
    [InlineData("00000000 00000000 00000017 00000000")]
    public void Array_of_hostile_counts_is_malformed(string hex)
    {
        Assert.Equal(DecodeStatus.Malformed, Reader<int[]>(1007).ReadBinary(Bytes(hex), out _));
        Assert.Equal(DecodeStatus.Malformed, Reader<List<int?>>(1007).ReadBinary(Bytes(hex), out _));
    }

    [Fact]
    public void Array_that_announces_much_takes_no_memory_for_it()
    {
        var bytes = Bytes("00000001 00000000 00000017 7FFFFFFF 00000001");
        var codec = Reader<int[]>(1007);
        codec.ReadBinary(bytes, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        codec.ReadBinary(bytes, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Array_of_two_dimensions_is_out_of_range()
    {
        var bytes = Bytes("00000002 00000000 00000017 00000001 00000001 00000001 00000001 00000004 00000001");
        Assert.Equal(DecodeStatus.OutOfRange, Reader<int[]>(1007).ReadBinary(bytes, out _));
        Assert.Equal(DecodeStatus.OutOfRange, Reader<int[]>(1007).ReadText("{{1}}"u8, out _));
        Assert.Contains("more than one dimension", Reader<int[]>(1007).Limits, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_element_is_out_of_range_for_values_that_cannot_be_null()
    {
        Assert.Equal(DecodeStatus.OutOfRange, Reader<int[]>(1007).ReadText("{1,NULL}"u8, out _));
        Assert.Equal(DecodeStatus.OutOfRange, Reader<int[]>(1007).ReadBinary(CodecCases.Get("int4[]").Binary, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("{1")]
    [InlineData("{1,}")]
    [InlineData("{,1}")]
    [InlineData("{1}x")]
    [InlineData("{\"1}")]
    [InlineData("{\"1\"x}")]
    [InlineData("{1\\")]
    [InlineData("[0:1]")]
    [InlineData("[0:1]=")]
    [InlineData("{1,{2}}")]
    public void Array_text_with_a_fault_is_malformed(string text)
        => Assert.Equal(DecodeStatus.Malformed, Reader<int[]>(1007).ReadText(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Array_text_with_bounds_and_escapes_is_read()
    {
        Assert.Equal(DecodeStatus.Ok, Reader<int[]>(1007).ReadText("[0:1]={1,2}"u8, out var numbers));
        Assert.Equal([1, 2], numbers!);
        Assert.Equal(DecodeStatus.Ok, Reader<string[]>(1009).ReadText("{\\N,\"a\\\"b\",\"c,}\"}"u8, out var words));
        Assert.Equal(["N", "a\"b", "c,}"], words!);
    }

    [Theory]
    [InlineData(1082u, "7FFFFFFF")]
    [InlineData(1082u, "80000000")]
    [InlineData(1082u, "002C95D4")] // 10000-01-01
    [InlineData(1082u, "FFF4DBF8")] // 1 BC
    public void Date_beyond_NET_is_out_of_range(uint oid, string hex)
        => Assert.Equal(DecodeStatus.OutOfRange, Reader<DateOnly>(oid).ReadBinary(Bytes(hex), out _));

    [Theory]
    [InlineData("7FFFFFFFFFFFFFFF")]
    [InlineData("8000000000000000")]
    [InlineData("FF1FE2FFC59C5FFF")] // a microsecond before the year 1
    [InlineData("0380E70B913B8000")] // 10000-01-01
    public void Timestamp_beyond_NET_is_out_of_range(string hex)
    {
        Assert.Equal(DecodeStatus.OutOfRange, Reader<DateTime>(1114).ReadBinary(Bytes(hex), out _));
        Assert.Equal(DecodeStatus.OutOfRange, Reader<DateTime>(1184).ReadBinary(Bytes(hex), out _));
        Assert.Equal(DecodeStatus.OutOfRange, Reader<DateTimeOffset>(1184).ReadBinary(Bytes(hex), out _));
    }

    [Theory]
    [InlineData(1114u, "infinity", DecodeStatus.OutOfRange)]
    [InlineData(1114u, "-infinity", DecodeStatus.OutOfRange)]
    [InlineData(1114u, "294276-12-31 23:59:59.999999", DecodeStatus.OutOfRange)]
    [InlineData(1114u, "4713-01-01 00:00:00 BC", DecodeStatus.OutOfRange)]
    [InlineData(1114u, "2024-02-30 00:00:00", DecodeStatus.Malformed)]
    [InlineData(1114u, "2023-02-29 00:00:00", DecodeStatus.Malformed)]
    [InlineData(1114u, "2024-13-01 00:00:00", DecodeStatus.Malformed)]
    [InlineData(1114u, "2024-01-01 00:60:00", DecodeStatus.Malformed)]
    [InlineData(1114u, "2024-01-01", DecodeStatus.Malformed)]
    [InlineData(1114u, "2024-01-01 00:00:00 AD", DecodeStatus.Malformed)]
    [InlineData(1114u, "2024-01-01 00:00:00.1234567", DecodeStatus.Malformed)]
    [InlineData(1114u, "2024-01-01 00:00:00+00", DecodeStatus.Ok)]
    [InlineData(1184u, "2024-01-01 00:00:00", DecodeStatus.Malformed)]
    [InlineData(1184u, "2024-01-01 00:00:00+0", DecodeStatus.Malformed)]
    [InlineData(1184u, "2024-01-01 00:00:00+00:19:32", DecodeStatus.Ok)]
    [InlineData(1184u, "10000-01-01 01:00:00+02", DecodeStatus.Ok)]
    public void Timestamp_text_is_judged(uint oid, string text, DecodeStatus expected)
        => Assert.Equal(expected, Reader<DateTime>(oid).ReadText(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Time_24_00_is_out_of_range_and_more_is_malformed()
    {
        Assert.Equal(DecodeStatus.OutOfRange, TimeCodec.Instance.ReadBinary(Bytes("000000141DD76000"), out _));
        Assert.Equal(DecodeStatus.OutOfRange, TimeCodec.Instance.ReadText("24:00:00"u8, out _));
        Assert.Equal(DecodeStatus.Malformed, TimeCodec.Instance.ReadBinary(Bytes("000000141DD76001"), out _));
        Assert.Equal(DecodeStatus.Malformed, TimeCodec.Instance.ReadText("24:00:00.000001"u8, out _));
        Assert.Equal(DecodeStatus.Malformed, TimeSpanTimeCodec.Instance.ReadBinary(Bytes("000000141DD76001"), out _));
        Assert.Equal(DecodeStatus.Malformed, TimeSpanTimeCodec.Instance.ReadText("24:00:00.000001"u8, out _));
        Assert.Equal(DecodeStatus.Malformed, TimeCodec.Instance.ReadBinary(Bytes("FFFFFFFFFFFFFFFF"), out _));
    }

    [Theory]
    [InlineData("000000036C9361A0 00000003 0000000E", DecodeStatus.OutOfRange)] // 1 year 2 mons 3 days 04:05:06.5
    [InlineData("7FFFFFFFFFFFFFFF 7FFFFFFF 7FFFFFFF", DecodeStatus.OutOfRange)]
    [InlineData("7FFFFFFFFFFFFFFF 00000000 00000000", DecodeStatus.OutOfRange)]
    [InlineData("0000000000000000 7FFFFFFF 00000000", DecodeStatus.OutOfRange)]
    public void Interval_without_fixed_length_is_out_of_range(string hex, DecodeStatus expected)
        => Assert.Equal(expected, IntervalCodec.Instance.ReadBinary(Bytes(hex), out _));

    [Theory]
    [InlineData("3 days 04:05:06.5", 3 * 86400 + 14706.5)]
    [InlineData("-1 days +02:03:04", -86400 + 7384)]
    [InlineData("1 day", 86400)]
    [InlineData("-00:00:01", -1)]
    public void Interval_text_is_read(string text, double seconds)
    {
        Assert.Equal(DecodeStatus.Ok, IntervalCodec.Instance.ReadText(Encoding.UTF8.GetBytes(text), out var value));
        Assert.Equal(TimeSpan.FromSeconds(seconds), value);
    }

    [Theory]
    [InlineData("1 year 2 mons 3 days 04:05:06.5", DecodeStatus.OutOfRange)]
    [InlineData("infinity", DecodeStatus.OutOfRange)]
    [InlineData("P1W", DecodeStatus.Malformed)]
    [InlineData("1 fortnight", DecodeStatus.Malformed)]
    [InlineData("", DecodeStatus.Malformed)]
    public void Interval_text_that_is_no_time_span_is_refused(string text, DecodeStatus expected)
        => Assert.Equal(expected, IntervalCodec.Instance.ReadText(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("FF")]
    [InlineData("C3")]
    [InlineData("61C328")]
    [InlineData("EDA080")] // a surrogate
    [InlineData("F4908080")] // beyond U+10FFFF
    [InlineData("C080")] // NUL, overlong
    [InlineData("610062")] // NUL
    public void Text_that_is_not_utf8_is_malformed(string hex)
    {
        foreach (var oid in new uint[] { 25, 1043, 1042, 19, 705, 114 })
            Assert.Equal(DecodeStatus.Malformed, Reader<string>(oid).ReadBinary(Bytes(hex), out _));
        Assert.Equal(DecodeStatus.Malformed, Reader<string>(3802).ReadBinary(Bytes("01" + hex), out _));
    }

    [Theory]
    [InlineData("\\x0")]
    [InlineData("\\x0g")]
    [InlineData("\\9")]
    [InlineData("\\400")]
    [InlineData("a\\")]
    public void Bytea_text_with_a_fault_is_malformed(string text)
        => Assert.Equal(DecodeStatus.Malformed, ByteaCodec.Instance.ReadText(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("")]
    [InlineData("02 7B7D")]
    [InlineData("7B7D")]
    public void Jsonb_of_another_version_is_malformed(string hex)
        => Assert.Equal(DecodeStatus.Malformed, Reader<string>(3802).ReadBinary(Bytes(hex), out _));

    [Theory]
    [InlineData("1e39")]
    [InlineData("-1e39")]
    public void Float_text_beyond_the_type_is_out_of_range(string text)
        => Assert.Equal(DecodeStatus.OutOfRange, Float4Codec.Instance.ReadText(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData(1700u, "0001 0000 1234 0000 0001")] // unknown sign
    [InlineData(1700u, "0001 0000 0000 4000 0001")] // scale beyond 16383
    [InlineData(1700u, "0001 0000 0000 0000 2710")] // digit 10000
    [InlineData(1082u, "FFDA97A6")] // a day before the first
    [InlineData(1082u, "7FDA970D")] // a day behind the last
    [InlineData(1266u, "0000000000000000 0000E100")] // 16 hours
    [InlineData(1114u, "FD0F7C98 00000000")] // before the first timestamp
    [InlineData(1114u, "7FFFFFFFFFFFFFFE")]
    [InlineData(869u, "04 20 00 04 C0A80001")] // family
    [InlineData(869u, "02 21 00 04 C0A80001")] // 33 bits
    [InlineData(869u, "02 20 00 10 C0A80001")] // size of the other family
    [InlineData(869u, "02 20 00 04 C0A80001 00")]
    [InlineData(650u, "02 08 01 04 0A000001")] // host bits
    [InlineData(1562u, "FFFFFFFF")]
    [InlineData(1562u, "7FFFFFFF A0")]
    [InlineData(1562u, "00000009 A0")]
    [InlineData(602u, "02 00000000")] // neither open nor closed
    [InlineData(602u, "00 10000000")] // points that are not there; 16 times as many bytes wrap to 0
    [InlineData(604u, "FFFFFFFF")]
    [InlineData(718u, "0000000000000000 0000000000000000 BFF0000000000000")] // negative radius
    [InlineData(5038u, "20000000 000000000000000A 0000000000000014")] // 8 times as many bytes wrap to 0
    [InlineData(5038u, "00000000 0000000000000014 000000000000000A")]
    [InlineData(5038u, "00000002 0000000000000001 0000000000000014 0000000000000005 0000000000000005")]
    [InlineData(3614u, "7FFFFFFF 6100 0000")]
    [InlineData(3614u, "00000001 6100 0001 0000")] // position 0
    [InlineData(3614u, "00000001 6100 FFFF 0001")]
    [InlineData(3614u, "00000001 FF00 0000")]
    [InlineData(3615u, "00000001 0201")] // NOT of nothing
    [InlineData(3615u, "00000002 0100006100 0100006200")] // two without an operator
    [InlineData(3615u, "00000001 0110006100")] // weight beyond A
    [InlineData(3615u, "00000001 0205")]
    [InlineData(3615u, "00000001 03")]
    [InlineData(3615u, "00000003 0204FFFF 0100006100 0100006200")] // negative distance
    public void Value_of_hostile_parts_is_malformed(uint oid, string hex)
    {
        var bytes = Bytes(hex);
        var codecs = CodecCases.All.Where(c => c.Codec == PgTypeRegistry.Default.FindReader(c.Codec.ClrType, oid, DataFormat.Binary))
            .Where(c => c.Codec.ClrType.Namespace == nameof(PgActors)).ToList();
        Assert.NotEmpty(codecs);
        Assert.All(codecs, c => Assert.Equal(DecodeStatus.Malformed, c.ReadBinary(bytes)));
    }

    private static PgCodec<T> Reader<T>(uint oid) => PgTypeRegistry.Default.FindReader<T>(oid)!;

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static int Part(Random random) => random.Next(3) == 0 ? 0 : random.Next(int.MinValue, int.MaxValue);
}
