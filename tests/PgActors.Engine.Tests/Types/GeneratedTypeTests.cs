using System.Text;
using PgActors.Protocol;
using PgActors.Rows.Mapping;
using PgActors.Types;

namespace PgActors.Engine.Tests.Types;

/// <summary>Types marked with attributes: nothing is registered here. Each has a twin without attributes, mapped by hand, which must do the
/// same.</summary>
public sealed class GeneratedTypeTests
{
    private const uint ToneOid = 90_001;
    private const uint PlaceOid = 90_003;
    private const uint SpotOid = 90_005;

    private static readonly PgCatalog Catalog = new(
        Describe(ToneOid, "tone", PgTypeKind.Enum) with { Labels = ["very_dark", "grey", "over the moon"] },
        DescribeArray(ToneOid, "_tone"),
        Describe(PlaceOid, "place", PgTypeKind.Composite) with
        {
            Attributes = [new("street", PgTypeOid.Text), new("no", PgTypeOid.Int4), new("tone", ToneOid), new("spot", SpotOid)],
        },
        DescribeArray(PlaceOid, "_place"),
        Describe(SpotOid, "spot", PgTypeKind.Composite) with { Attributes = [new("x", PgTypeOid.Int4), new("y", PgTypeOid.Int4)] },
        DescribeArray(SpotOid, "_spot"));

    private static readonly PgTypeRegistry Marked = PgTypeRegistry.Default.With(Catalog);

    private static readonly PgTypeRegistry ByHand = Marked.With(
        PgTypeMapping.Enum<PlainTone>("shop.tone"), PgTypeMapping.Composite<PlainPlace>("shop.place"),
        PgTypeMapping.CompositeValue<PlainSpot>("shop.spot"));

    [Fact]
    public void Marked_enum_is_written_and_read_by_its_labels()
    {
        foreach (var (tone, plain, label) in new[]
        {
            (Tone.VeryDark, PlainTone.VeryDark, "very_dark"), (Tone.Grey, PlainTone.Grey, "grey"),
            (Tone.Bright, PlainTone.Bright, "over the moon"),
        })
        {
            Assert.Equal(Encoding.UTF8.GetBytes(label), Write(Marked, tone, ToneOid));
            Assert.Equal(Write(ByHand, plain, ToneOid), Write(Marked, tone, ToneOid));
            Assert.Equal(tone, Read<Tone>(Encoding.UTF8.GetBytes(label), ToneOid));
        }
    }

    [Fact]
    public void Marked_types_stand_in_nullables_and_arrays()
    {
        Assert.Equal(Tone.Grey, Read<Tone?>("grey"u8.ToArray(), ToneOid));
        var tones = new[] { Tone.Grey, Tone.Bright };
        Assert.Equal(tones, Read<Tone[]>(Write(Marked, tones, ToneOid + 1), ToneOid + 1));
        var spots = new List<Spot> { new(1, 2), new(-3, 4) };
        Assert.Equal(spots, Read<List<Spot>>(Write(Marked, spots, SpotOid + 1), SpotOid + 1));
    }

    [Fact]
    public void Marked_types_are_known_by_themselves()
    {
        Assert.True(Marked.TryFindWriter(Tone.Grey, out _, out var tone));
        Assert.True(Marked.TryFindWriter(new Spot(1, 2), out _, out var spot));
        Assert.True(Marked.TryFindWriter<Place?>(null, out _, out var place));
        Assert.Equal((ToneOid, SpotOid, PlaceOid), (tone, spot, place));
        Assert.False(PgTypeRegistry.Default.TryFindWriter(Tone.Grey, out _, out _));
    }

    [Fact]
    public void Marked_composite_is_written_as_its_twin_and_read_back_in_both_forms()
    {
        var place = new Place("a,\"b", null, Tone.Bright, new Spot(1, -2));
        var plain = new PlainPlace("a,\"b", null, PlainTone.Bright, new PlainSpot(1, -2));
        Assert.Equal(Write(ByHand, plain, PlaceOid), Write(Marked, place, PlaceOid));
        Assert.Equal(Write(ByHand, plain, PlaceOid, isBinary: false), Write(Marked, place, PlaceOid, isBinary: false));
        Assert.Equal(place, Read<Place>(Write(Marked, place, PlaceOid), PlaceOid));
        Assert.Equal(place, Read<Place>(Write(Marked, place, PlaceOid, isBinary: false), PlaceOid, isBinary: false));
    }

    [Fact]
    public void Mapping_given_by_hand_comes_first()
    {
        var registry = Marked.With(PgTypeMapping.Enum<Tone>("shop.other"));
        Assert.False(registry.TryFindWriter(Tone.Grey, out _, out _));
    }

    [Fact]
    public void Composite_is_also_made_of_a_row()
    {
        var row = new Rows.Mapping.TestRow().Add("x", 1).Add("y", 2);
        Assert.Equal(new Spot(1, 2), RowMapperFactory.Create<Spot>(row.Layout, Marked).Read(row.Body));
        Assert.IsAssignableFrom<GeneratedRowMapper<Spot>>(RowMapperFactory.Create<Spot>(row.Layout, Marked));
    }

    [Fact]
    public void Truncated_composite_is_malformed_at_every_byte()
    {
        var bytes = Write(Marked, new Place("street", 5, Tone.Grey, default), PlaceOid);
        for (var length = 0; length < bytes.Length; length++)
            Assert.Equal(DecodeStatus.Malformed, Marked.FindReader<Place>(PlaceOid)!.ReadBinary(bytes.AsSpan(0, length), out _));
    }

    private static PgTypeDescription Describe(uint oid, string name, PgTypeKind kind)
        => new() { Oid = oid, ArrayOid = oid + 1, Schema = "shop", Name = name, Kind = kind };

    private static PgTypeDescription DescribeArray(uint oid, string name)
        => new() { Oid = oid + 1, Schema = "shop", Name = name, Kind = PgTypeKind.Array, PartOid = oid };

    private static byte[] Write<T>(PgTypeRegistry registry, T value, uint oid, bool isBinary = true)
    {
        using var writer = new WireWriter();
        var codec = registry.FindWriter<T>(oid)!;
        if (isBinary)
            codec.WriteBinary(writer, value);
        else
            codec.WriteText(writer, value);
        return writer.WrittenSpan.ToArray();
    }

    private static T? Read<T>(byte[] bytes, uint oid, bool isBinary = true)
    {
        var codec = Marked.FindReader<T>(oid)!;
        Assert.Equal(DecodeStatus.Ok, isBinary ? codec.ReadBinary(bytes, out var value) : codec.ReadText(bytes, out value));
        return value;
    }

    [PgEnum("shop.tone")]
    internal enum Tone
    {
        VeryDark,
        Grey,
        [PgName("over the moon")]
        Bright,
    }

    internal enum PlainTone
    {
        VeryDark,
        Grey,
        [PgName("over the moon")]
        Bright,
    }

    [PgComposite("shop.spot")]
    internal readonly record struct Spot(int X, int Y);

    internal readonly record struct PlainSpot(int X, int Y);

    [PgComposite("shop.place")]
    internal sealed record Place(string Street, [PgColumn("no")] int? Number, Tone Tone, Spot Spot);

    internal sealed record PlainPlace(string Street, [PgColumn("no")] int? Number, PlainTone Tone, PlainSpot Spot);
}
