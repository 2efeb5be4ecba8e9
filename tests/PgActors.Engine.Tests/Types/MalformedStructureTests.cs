using System.Text;
using PgActors.Protocol;
using PgActors.Types;
using static PgActors.Engine.Tests.Types.StructureCases;

namespace PgActors.Engine.Tests.Types;

public sealed class MalformedStructureTests
{
    [Theory]
    [InlineData("00000007 00000000 00000017 00000001 00000001")] // seven dimensions
    [InlineData("00000002 00000000 00000017 00010000 00000001 00010000 00000001")] // 2^32 elements
    [InlineData("00000002 00000000 00000017 7FFFFFFF 00000001 7FFFFFFF 00000001")]
    [InlineData("00000006 00000000 00000017 00000400 00000001 00000400 00000001 00000400 00000001 00000400 00000001 00000400 00000001 00000400 00000001")]
    [InlineData("00000001 00000000 00000017 00000001 7FFFFFFF 00000004 00000001")] // an index beyond int
    [InlineData("00000002 00000000 00000017 00000002 00000001 00000002 00000001 00000004 00000001")] // elements that are not there
    public void Array_of_hostile_dimensions_is_malformed(string hex)
    {
        Assert.Equal(DecodeStatus.Malformed, Registry.FindReader<PgArray<int>>(1007)!.ReadBinary(Bytes(hex), out _));
        Assert.Equal(DecodeStatus.Malformed, Registry.FindReader<int[,]>(1007)!.ReadBinary(Bytes(hex), out _));
    }

    [Theory]
    [InlineData("{{1},{2,3}}")]
    [InlineData("{{1},2}")]
    [InlineData("{{}}")]
    [InlineData("{{1}")]
    [InlineData("{{{{{{{1}}}}}}}")]
    [InlineData("[0:2]={1,2}")]
    [InlineData("[0:1][0:1]={1,2}")]
    [InlineData("[1:0]={}")]
    [InlineData("[2147483647:2147483647]={1}")]
    [InlineData("[0:1={1,2}")]
    public void Array_text_of_an_impossible_shape_is_malformed(string text)
        => Assert.Equal(DecodeStatus.Malformed, Registry.FindReader<PgArray<int>>(1007)!.ReadText(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Array_of_another_rank_is_out_of_range()
    {
        Assert.Equal(DecodeStatus.OutOfRange, Registry.FindReader<int[,]>(1007)!.ReadText("{1,2}"u8, out _));
        Assert.Contains("2 dimensions", Registry.FindReader<int[,]>(1007)!.Limits, StringComparison.Ordinal);
    }

    [Fact]
    public void Array_of_boxes_has_its_own_delimiter()
    {
        var registry = PgTypeRegistry.Default.With(PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.Box, 1020));
        var codec = registry.FindReader<string[]>(1020)!;
        Assert.Equal(DecodeStatus.Ok, codec.ReadText("{(2,2),(1,1);(4,4),(3,3)}"u8, out var boxes));
        Assert.Equal(["(2,2),(1,1)", "(4,4),(3,3)"], boxes!);
    }

    [Theory]
    [InlineData("20")] // a flag that is not sent
    [InlineData("01 00")]
    [InlineData("02 FFFFFFFF 00000004 00000005")] // a bound that is NULL
    [InlineData("02 00000004 00000001 7FFFFFFF 00000005")]
    [InlineData("02 FFFFFFFE 00000004 00000005")]
    [InlineData("18 00000000")]
    public void Range_of_hostile_parts_is_malformed(string hex)
        => Assert.Equal(DecodeStatus.Malformed, Registry.FindReader<PgRange<int>>(3904)!.ReadBinary(Bytes(hex), out _));

    [Theory]
    [InlineData("")]
    [InlineData("[1,2")]
    [InlineData("1,2)")]
    [InlineData("[1)")]
    [InlineData("[1,2)x")]
    [InlineData("emptyx")]
    [InlineData("[\"1,2)")]
    [InlineData("[\"\",2)")]
    public void Range_text_with_a_fault_is_malformed(string text)
        => Assert.Equal(DecodeStatus.Malformed, Registry.FindReader<PgRange<int>>(3904)!.ReadText(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("7FFFFFFF")]
    [InlineData("FFFFFFFF")]
    [InlineData("00000001 FFFFFFFF 00")]
    [InlineData("00000001 7FFFFFFF 01")]
    [InlineData("00000001 00000002 01")]
    public void Multirange_of_hostile_counts_is_malformed(string hex)
        => Assert.Equal(DecodeStatus.Malformed, Registry.FindReader<PgRange<int>[]>(4451)!.ReadBinary(Bytes(hex), out _));

    [Theory]
    [InlineData("7FFFFFFF 00000001 61 00000001 31")]
    [InlineData("FFFFFFFF")]
    [InlineData("00000001 FFFFFFFF 00000001 31")] // a key that is NULL
    [InlineData("00000001 00000001 61 FFFFFFFE")]
    [InlineData("00000001 7FFFFFFF 61 00000000")]
    [InlineData("00000002 00000001 61 FFFFFFFF 00000001 61 FFFFFFFF")] // a key twice
    [InlineData("00000001 00000001 FF FFFFFFFF")] // not UTF-8
    public void Hstore_of_hostile_counts_is_malformed(string hex)
        => Assert.Equal(DecodeStatus.Malformed, Registry.FindReader<Dictionary<string, string?>>(20020)!.ReadBinary(Bytes(hex), out _));

    [Theory]
    [InlineData("\"a\"")]
    [InlineData("\"a\"=>1")]
    [InlineData("\"a\"=>\"1\", ")]
    [InlineData("\"a\"=>\"1")]
    public void Hstore_text_with_a_fault_is_malformed(string text)
        => Assert.Equal(
            DecodeStatus.Malformed, Registry.FindReader<Dictionary<string, string?>>(20020)!.ReadText(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("FFFF 0000 3F800000")]
    [InlineData("0002 0000 3F800000")]
    public void Vector_of_a_hostile_count_is_malformed(string hex)
        => Assert.Equal(DecodeStatus.Malformed, Registry.FindReader<float[]>(20024)!.ReadBinary(Bytes(hex), out _));

    [Theory]
    [InlineData("00000005 7FFFFFFF 00000000")]
    [InlineData("00000005 FFFFFFFF 00000000")]
    [InlineData("00000005 00000001 00000000 00000005 3F800000")] // beyond the dimensions
    [InlineData("00000005 00000001 00000000 FFFFFFFF 3F800000")]
    [InlineData("00000005 00000002 00000000 00000001 00000001 3F800000 3F800000")] // not ascending
    public void Sparse_vector_of_hostile_parts_is_malformed(string hex)
        => Assert.Equal(DecodeStatus.Malformed, Registry.FindReader<PgSparseVector>(20026)!.ReadBinary(Bytes(hex), out _));

    [Theory]
    [InlineData("FFFFFFFF")]
    [InlineData("7FFFFFFF 3FF0000000000000")]
    public void Cube_of_a_hostile_count_is_malformed(string hex)
        => Assert.Equal(DecodeStatus.Malformed, Registry.FindReader<PgCube>(20023)!.ReadBinary(Bytes(hex), out _));

    [Fact]
    public void Label_without_a_member_is_out_of_range_and_says_what_to_do()
    {
        var codec = Registry.FindReader<Mood>(20001)!;
        Assert.Equal(DecodeStatus.OutOfRange, codec.ReadBinary("angry"u8, out _));
        Assert.Equal(DecodeStatus.Malformed, codec.ReadBinary([0xFF], out _));
        Assert.Equal(DecodeStatus.Malformed, codec.ReadBinary(new byte[100], out _));
        Assert.Contains("[PgName(", codec.Limits, StringComparison.Ordinal);
        using var writer = new WireWriter();
        Assert.Throws<ArgumentException>(() => codec.WriteBinary(writer, (Mood)77));
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
