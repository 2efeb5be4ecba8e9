using System.Text;
using PgActors.Protocol;
using PgActors.Types;
using static PgActors.Engine.Tests.Types.StructureCases;

namespace PgActors.Engine.Tests.Types;

public sealed class CompositeTests
{
    private const string AddressHex =
        "00000003 00000019 00000002 4120 00000017 00000004 00000007 00004E21 00000003 736164";

    private const string PersonHex =
        "00000002 00004E2A 00000025 " + AddressHex + " 00004E24 0000001C 00000001 00000000 00004E23 00000001 00000001 00000004 000007D0";

    [Fact]
    public void Composite_is_read_and_written_in_both_forms()
    {
        var codec = Registry.FindReader<Address>(20010)!;
        var address = new Address("A ", 7, Mood.Sad);
        Assert.Equal(DecodeStatus.Ok, codec.ReadBinary(Bytes(AddressHex), out var read));
        Assert.Equal(address, read);
        Assert.Equal(DecodeStatus.Ok, codec.ReadText("(\"A \",7,sad)"u8, out read));
        Assert.Equal(address, read);
        Assert.Equal((AddressHex.Replace(" ", "", StringComparison.Ordinal), "(\"A \",7,sad)"), Written(codec, address));
        Assert.Equal("(\"\",,very_happy)", Written(codec, new Address("", null, Mood.VeryHappy)).Text);
    }

    [Fact]
    public void Composites_nest_with_arrays_and_domains_inside()
    {
        var codec = Registry.FindReader<Person>(20012)!;
        Assert.Equal(DecodeStatus.Ok, codec.ReadBinary(Bytes(PersonHex), out var read));
        Assert.Equal(new Address("A ", 7, Mood.Sad), read.Home);
        Assert.Equal([2000], read.Years);
        var (hex, text) = Written(codec, read);
        Assert.Equal(PersonHex.Replace(" ", "", StringComparison.Ordinal), hex);
        Assert.Equal("(\"(\"\"A \"\",7,sad)\",{2000})", text);
        Assert.Equal(DecodeStatus.Ok, codec.ReadText(Encoding.UTF8.GetBytes(text), out var fromText));
        Assert.Equal((read.Home, 2000), (fromText.Home, fromText.Years[0]));
    }

    [Fact]
    public void Composite_that_nobody_mapped_is_a_tuple_or_objects()
    {
        var registry = PgTypeRegistry.Default.With(Catalog);
        Assert.Equal(DecodeStatus.Ok, registry.FindReader<(string, int, string)>(20010)!.ReadBinary(Bytes(AddressHex), out var tuple));
        Assert.Equal(("A ", 7, "sad"), tuple);
        Assert.Equal(
            DecodeStatus.Ok, registry.FindReader<((string, int?, string)?, int[])>(20012)!.ReadBinary(Bytes(PersonHex), out var nested));
        Assert.Equal(("A ", 7, "sad"), nested.Item1);
        Assert.Equal(DecodeStatus.Ok, registry.FindReader<object?[]>(2249)!.ReadBinary(Bytes(PersonHex), out var objects));
        Assert.Equal(["A ", 7, "sad"], (object?[])objects![0]!);
        Assert.Equal(DecodeStatus.Ok, registry.FindReader<(string, int, string)>(20010)!.ReadText("(\"A \",7,sad)"u8, out tuple));
        Assert.Equal(("A ", 7, "sad"), tuple);
        Assert.Equal(AddressHex.Replace(" ", "", StringComparison.Ordinal), Written(registry.FindWriter<(string, int, string)>(20010)!, tuple).Hex);
    }

    [Fact]
    public void Record_whose_columns_change_from_value_to_value_is_read_by_what_it_says()
    {
        var codec = PgTypeRegistry.Default.FindReader<ValueTuple<long>>(2249)!;
        Assert.Equal(DecodeStatus.Ok, codec.ReadBinary(Bytes("00000001 00000017 00000004 00000007"), out var read));
        Assert.Equal(7, read.Item1);
        Assert.Equal(DecodeStatus.Ok, codec.ReadBinary(Bytes("00000001 00000014 00000008 0000000000000008"), out read));
        Assert.Equal(8, read.Item1);
    }

    [Theory]
    [InlineData(AddressHex, 20010u)]
    [InlineData(PersonHex, 20012u)]
    public void Composite_cut_anywhere_or_with_a_byte_more_is_malformed(string hex, uint oid)
    {
        var bytes = Bytes(hex);
        for (var length = 0; length < bytes.Length; length++)
            Assert.Equal(DecodeStatus.Malformed, Status(oid, bytes[..length]));
        Assert.Equal(DecodeStatus.Malformed, Status(oid, [.. bytes, 0]));
    }

    [Theory]
    [InlineData("7FFFFFFF 00000019 00000000")]
    [InlineData("FFFFFFFF 00000019 00000000")]
    [InlineData("00000001 00000019 7FFFFFFF")]
    [InlineData("00000001 00000019 FFFFFFFE")]
    [InlineData("00000002 00000019 00000001 61")]
    public void Record_of_hostile_counts_is_malformed(string hex)
    {
        Assert.Equal(DecodeStatus.Malformed, PgTypeRegistry.Default.FindReader<ValueTuple<string>>(2249)!.ReadBinary(Bytes(hex), out _));
        Assert.Equal(DecodeStatus.Malformed, PgTypeRegistry.Default.FindReader<object?[]>(2249)!.ReadBinary(Bytes(hex), out _));
    }

    [Fact]
    public void Damaged_composites_give_a_status_or_a_mapping_error()
    {
        var random = new Random(99);
        foreach (var (hex, oid) in new[] { (AddressHex, 20010u), (PersonHex, 20012u) })
        {
            for (var round = 0; round < 3000; round++)
            {
                var bytes = Bytes(hex);
                for (var hits = random.Next(1, 4); hits > 0; hits--)
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                try
                {
                    Assert.True(Enum.IsDefined(Status(oid, bytes)));
                }
                catch (PgMappingException wrong)
                {
                    Assert.NotEqual(PgMappingErrorKind.Malformed, wrong.Kind);
                }
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("(")]
    [InlineData("(a,1,sad")]
    [InlineData("a,1,sad)")]
    [InlineData("(a,1,sad)x")]
    [InlineData("(\"a,1,sad)")]
    [InlineData("(a,x,sad)")]
    [InlineData("(a\\")]
    public void Composite_text_with_a_fault_is_malformed(string text)
        => Assert.Equal(DecodeStatus.Malformed, Registry.FindReader<Address>(20010)!.ReadText(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Composite_that_was_altered_is_told_apart_from_a_malformed_one()
    {
        var codec = Registry.FindReader<Address>(20010)!;
        var gained = Assert.Throws<PgMappingException>(() => codec.ReadBinary(
            Bytes("00000004 00000019 FFFFFFFF 00000017 FFFFFFFF 00004E21 FFFFFFFF 00000017 FFFFFFFF"), out _));
        Assert.Equal(
            "A value of address came with 4 columns, and the type was known with 3 columns, or others: it was altered meanwhile. It will be "
            + "looked up again; run the query again.", gained.Message);
        Assert.Equal(20010u, gained.OutdatedType);
        Assert.Throws<PgMappingException>(() => codec.ReadText("(a,1,sad,5)"u8, out _));
        var other = Assert.Throws<PgMappingException>(() => codec.ReadBinary(
            Bytes("00000003 00000019 FFFFFFFF 00000014 FFFFFFFF 00004E21 FFFFFFFF"), out _));
        Assert.Equal(20010u, other.OutdatedType);
    }

    [Fact]
    public void Null_in_a_column_that_cannot_be_names_the_column_and_its_type()
    {
        var wrong = Assert.Throws<PgMappingException>(() => Registry.FindReader<Address>(20010)!.ReadBinary(
            Bytes("00000003 00000019 00000001 61 00000017 FFFFFFFF 00004E21 FFFFFFFF"), out _));
        Assert.Equal(PgMappingErrorKind.Null, wrong.Kind);
        Assert.StartsWith("Column 2 \"mood\" of address is NULL, and Address.Mood is Mood", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Anonymous_record_is_not_written()
    {
        var codec = Registry.FindWriter<(int, string)>(2249)!;
        using var writer = new WireWriter();
        var refused = Assert.Throws<ArgumentException>(() => codec.WriteBinary(writer, (1, "a")));
        Assert.StartsWith("PostgreSQL takes no value of an anonymous record type", refused.Message, StringComparison.Ordinal);
    }

    private static DecodeStatus Status(uint oid, byte[] bytes) => oid == 20010
        ? Registry.FindReader<Address>(oid)!.ReadBinary(bytes, out _)
        : Registry.FindReader<Person>(oid)!.ReadBinary(bytes, out _);

    private static (string Hex, string Text) Written<T>(PgCodec<T> codec, T value)
    {
        using var writer = new WireWriter();
        codec.WriteBinary(writer, value);
        var hex = Convert.ToHexString(writer.WrittenSpan);
        writer.Clear();
        codec.WriteText(writer, value);
        return (hex, Encoding.UTF8.GetString(writer.WrittenSpan));
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
