using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>json as <see cref="JsonDocument"/>. The document owns a copy of the text in pooled memory; its reader disposes it.</summary>
internal sealed class JsonDocumentCodec : PgCodec<JsonDocument>
{
    internal static JsonDocumentCodec Instance { get; } = new();

    public override string Limits => JsonElementCodec.TooDeep;

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, [MaybeNull] out JsonDocument value) => ReadText(source, out value);

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, [MaybeNull] out JsonDocument value)
    {
        value = null;
        var reader = new Utf8JsonReader(source);
        try
        {
            value = JsonDocument.ParseValue(ref reader);
            reader.Read();
            return DecodeStatus.Ok;
        }
        catch (JsonException)
        {
            value?.Dispose();
            value = null;
            return JsonSyntax.Judge(source);
        }
    }

    public override void WriteBinary(WireWriter writer, JsonDocument value) => WriteText(writer, value);

    public override void WriteText(WireWriter writer, JsonDocument value)
    {
        using var json = new Utf8JsonWriter(writer);
        value.WriteTo(json);
    }
}
