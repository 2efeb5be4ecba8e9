using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using PgActors.Protocol;
using PgActors.Types;

namespace PgActors.Engine.Tests.Types;

public sealed partial class JsonCodecTests
{
    private static readonly PgTypeRegistry Registry = PgTypeRegistry.Default.With(
        PgTypeMapping.Json(JsonTypes.Default.Order), PgTypeMapping.JsonValue(JsonTypes.Default.Point));

    [Fact]
    public void Json_becomes_an_object_and_back()
    {
        Assert.Equal(DecodeStatus.Ok, Registry.FindReader<Order>(PgTypeOid.Json)!.ReadBinary("{\"Id\":1,\"Name\":\"a\"}"u8, out var order));
        Assert.Equal(new Order(1, "a"), order);
        Assert.Equal(DecodeStatus.Ok, Registry.FindReader<Point?>(PgTypeOid.Jsonb)!.ReadBinary("\u0001{\"X\":1,\"Y\":2}"u8, out var point));
        Assert.Equal(new Point(1, 2), point);
        using var writer = new WireWriter();
        var value = new Order(1, "a");
        Registry.FindWriter<Order>()!.Select(value, out var oid).WriteBinary(writer, value);
        Assert.Equal(PgTypeOid.Jsonb, oid);
        Assert.Equal("\u0001{\"Id\":1,\"Name\":\"a\"}", Encoding.UTF8.GetString(writer.WrittenSpan));
    }

    [Theory]
    [InlineData("{\"Id\":1", DecodeStatus.Malformed)]
    [InlineData("", DecodeStatus.Malformed)]
    [InlineData("{\"Id\":1,\"Name\":\"a\"}x", DecodeStatus.Malformed)]
    [InlineData("{\"Id\":\"x\",\"Name\":\"a\"}", DecodeStatus.OutOfRange)]
    [InlineData("[1]", DecodeStatus.OutOfRange)]
    [InlineData("null", DecodeStatus.OutOfRange)]
    public void Json_that_is_broken_is_told_from_json_that_does_not_match(string json, DecodeStatus expected)
        => Assert.Equal(expected, Registry.FindReader<Order>(PgTypeOid.Json)!.ReadText(Encoding.UTF8.GetBytes(json), out _));

    [Fact]
    public void Json_document_and_element_are_read_and_written()
    {
        var text = "{\"a\":[1,2]}"u8;
        Assert.Equal(DecodeStatus.Ok, Registry.FindReader<JsonDocument>(PgTypeOid.Json)!.ReadBinary(text, out var document));
        using (document)
            Assert.Equal(2, document!.RootElement.GetProperty("a").GetArrayLength());
        Assert.Equal(DecodeStatus.Ok, Registry.FindReader<JsonElement>(PgTypeOid.Json)!.ReadText(text, out var element));
        using var writer = new WireWriter();
        Registry.FindWriter<JsonElement>()!.Select(element, out var oid).WriteBinary(writer, element);
        Assert.Equal(PgTypeOid.Jsonb, oid);
        Assert.Equal("\u0001{\"a\":[1,2]}", Encoding.UTF8.GetString(writer.WrittenSpan));
        Assert.Throws<ArgumentException>(() => JsonElementCodec.Instance.WriteText(writer, default));
    }

    [Theory]
    [InlineData("{", DecodeStatus.Malformed)]
    [InlineData("{}{}", DecodeStatus.Malformed)]
    [InlineData("", DecodeStatus.Malformed)]
    [InlineData(" 1 ", DecodeStatus.Ok)]
    public void Json_text_is_judged_to_its_end(string json, DecodeStatus expected)
    {
        Assert.Equal(expected, JsonDocumentCodec.Instance.ReadText(Encoding.UTF8.GetBytes(json), out var document));
        document?.Dispose();
        Assert.Equal(expected, JsonElementCodec.Instance.ReadText(Encoding.UTF8.GetBytes(json), out _));
    }

    [Fact]
    public void Json_nested_too_deep_is_out_of_range()
    {
        var deep = Encoding.UTF8.GetBytes(new string('[', 5000) + new string(']', 5000));
        Assert.Equal(DecodeStatus.OutOfRange, JsonElementCodec.Instance.ReadText(deep, out _));
        Assert.Equal(DecodeStatus.Malformed, JsonElementCodec.Instance.ReadText(deep.AsSpan(0, 9999), out _));
    }

    internal sealed record Order(int Id, string Name);

    internal readonly record struct Point(int X, int Y);

    [JsonSerializable(typeof(Order))]
    [JsonSerializable(typeof(Point))]
    private sealed partial class JsonTypes : JsonSerializerContext;
}
