using System.Text.Json;

namespace PgActors.Types;

/// <summary>json, jsonb and jsonpath.</summary>
internal static class JsonTypes
{
    private const PgTypeUse ReadAndWrite = PgTypeUse.Read | PgTypeUse.Write;

    internal static PgTypeMapping[] All =>
    [
        PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.Json, PgTypeOid.JsonArray, ReadAndWrite),
        PgTypeMapping.Reference(new JsonbCodec<string>(TextCodec.Instance), PgTypeOid.Jsonb, PgTypeOid.JsonbArray, ReadAndWrite),
        PgTypeMapping.Reference(new JsonbCodec<string>(TextCodec.Instance), PgTypeOid.JsonPath, PgTypeOid.JsonPathArray, ReadAndWrite),
        PgTypeMapping.Reference(JsonDocumentCodec.Instance, PgTypeOid.Json, PgTypeOid.JsonArray, ReadAndWrite),
        PgTypeMapping.Reference(new JsonbCodec<JsonDocument>(JsonDocumentCodec.Instance), PgTypeOid.Jsonb, PgTypeOid.JsonbArray),
        PgTypeMapping.Value(JsonElementCodec.Instance, PgTypeOid.Json, PgTypeOid.JsonArray, ReadAndWrite),
        PgTypeMapping.Value(new JsonbCodec<JsonElement>(JsonElementCodec.Instance), PgTypeOid.Jsonb, PgTypeOid.JsonbArray),
    ];
}
