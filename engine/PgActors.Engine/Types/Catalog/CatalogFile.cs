using System.Text.Json;

namespace PgActors.Types;

/// <summary>A catalogue as a JSON file: an array of types, sorted by OID so that versions of it can be compared.</summary>
internal static class CatalogFile
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    internal static void Write(Stream stream, PgCatalog catalog)
    {
        using var json = new Utf8JsonWriter(stream, Indented);
        json.WriteStartArray();
        foreach (var type in catalog.Types.OrderBy(type => type.Oid))
            Write(json, type);
        json.WriteEndArray();
    }

    /// <exception cref="FormatException">It is no such file.</exception>
    internal static PgCatalog Read(Stream stream)
    {
        try
        {
            using var json = JsonDocument.Parse(stream);
            return new PgCatalog([.. json.RootElement.EnumerateArray().Select(Read)]);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or KeyNotFoundException or FormatException
            or ArgumentException)
        {
            throw new FormatException($"This is no catalogue of types as PgCatalog.Save writes it. {wrong.Message}", wrong);
        }
    }

    private static void Write(Utf8JsonWriter json, PgTypeDescription type)
    {
        json.WriteStartObject();
        json.WriteNumber("oid", type.Oid);
        json.WriteString("schema", type.Schema);
        json.WriteString("name", type.Name);
        json.WriteString("kind", type.Kind.ToString());
        json.WriteNumber("array", type.ArrayOid);
        json.WriteNumber("part", type.PartOid);
        json.WriteBoolean("binary", type.HasSendFunction);
        json.WriteString("delimiter", type.Delimiter.ToString());
        json.WriteBoolean("visible", type.IsVisible);
        if (type.Extension is { } extension)
            json.WriteString("extension", extension);
        json.WriteStartArray("attributes");
        foreach (var attribute in type.Attributes)
        {
            json.WriteStartObject();
            json.WriteString("name", attribute.Name);
            json.WriteNumber("type", attribute.TypeOid);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("labels");
        foreach (var label in type.Labels)
            json.WriteStringValue(label);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static PgTypeDescription Read(JsonElement json) => new()
    {
        Oid = json.GetProperty("oid").GetUInt32(),
        Schema = Text(json.GetProperty("schema")),
        Name = Text(json.GetProperty("name")),
        Kind = Enum.Parse<PgTypeKind>(Text(json.GetProperty("kind"))),
        ArrayOid = json.GetProperty("array").GetUInt32(),
        PartOid = json.GetProperty("part").GetUInt32(),
        HasSendFunction = json.GetProperty("binary").GetBoolean(),
        Delimiter = Text(json.GetProperty("delimiter"))[..1][0],
        IsVisible = json.GetProperty("visible").GetBoolean(),
        Extension = json.TryGetProperty("extension", out var extension) ? extension.GetString() : null,
        Attributes = [.. json.GetProperty("attributes").EnumerateArray().Select(attribute =>
            new PgAttribute(Text(attribute.GetProperty("name")), attribute.GetProperty("type").GetUInt32()))],
        Labels = [.. json.GetProperty("labels").EnumerateArray().Select(Text)],
    };

    private static string Text(JsonElement json) => json.GetString() ?? throw new FormatException("A name is null.");
}
