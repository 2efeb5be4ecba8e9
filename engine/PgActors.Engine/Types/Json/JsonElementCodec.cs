using System.Text.Json;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>json as <see cref="JsonElement"/>, which owns its text and needs no disposing.</summary>
internal sealed class JsonElementCodec : PgCodec<JsonElement>
{
    internal const string TooDeep = "It is nested deeper than the 64 levels that System.Text.Json reads.";

    internal static JsonElementCodec Instance { get; } = new();

    public override string Limits => TooDeep;

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out JsonElement value) => ReadText(source, out value);

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out JsonElement value)
    {
        var reader = new Utf8JsonReader(source);
        try
        {
            value = JsonElement.ParseValue(ref reader);
            reader.Read();
            return DecodeStatus.Ok;
        }
        catch (JsonException)
        {
            value = default;
            return JsonSyntax.Judge(source);
        }
    }

    public override void WriteBinary(WireWriter writer, JsonElement value) => WriteText(writer, value);

    public override void WriteText(WireWriter writer, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
            throw new ArgumentException("An undefined JsonElement has no form in JSON.", nameof(value));
        using var json = new Utf8JsonWriter(writer);
        value.WriteTo(json);
    }
}
