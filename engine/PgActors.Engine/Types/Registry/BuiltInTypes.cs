using System.Numerics;
using System.Text.Json;

namespace PgActors.Types;

/// <summary>The built-in types, one line each. A new type is a new codec and a line here.</summary>
internal static class BuiltInTypes
{
    private const PgTypeUse ReadAndWrite = PgTypeUse.Read | PgTypeUse.Write;

    internal static PgTypeMapping[] All { get; } =
    [
        PgTypeMapping.Value(BoolCodec.Instance, PgTypeOid.Bool, PgTypeOid.BoolArray),
        PgTypeMapping.Value(UuidCodec.Instance, PgTypeOid.Uuid, PgTypeOid.UuidArray),
        PgTypeMapping.Reference(ByteaCodec.Instance, PgTypeOid.Bytea, PgTypeOid.ByteaArray),
        PgTypeMapping.Value(ByteaMemoryCodec.Instance, PgTypeOid.Bytea, PgTypeOid.ByteaArray),

        PgTypeMapping.Value(Int2Codec.Instance, PgTypeOid.Int2, PgTypeOid.Int2Array),
        PgTypeMapping.Value(Int4Codec.Instance, PgTypeOid.Int4, PgTypeOid.Int4Array),
        PgTypeMapping.Value(Int8Codec.Instance, PgTypeOid.Int8, PgTypeOid.Int8Array),
        PgTypeMapping.Value(OidCodec.Instance, PgTypeOid.Oid, PgTypeOid.OidArray),
        PgTypeMapping.Value(Float4Codec.Instance, PgTypeOid.Float4, PgTypeOid.Float4Array),
        PgTypeMapping.Value(Float8Codec.Instance, PgTypeOid.Float8, PgTypeOid.Float8Array),
        PgTypeMapping.Value(NumericCodec.Instance, PgTypeOid.Numeric, PgTypeOid.NumericArray),

        // Read where every value fits; written, checked, where an OID asks for it.
        Number<short, int>(Int2Codec.Instance, PgTypeOid.Int2, PgTypeOid.Int2Array, ReadAndWrite),
        Number<short, long>(Int2Codec.Instance, PgTypeOid.Int2, PgTypeOid.Int2Array, ReadAndWrite),
        Number<short, decimal>(Int2Codec.Instance, PgTypeOid.Int2, PgTypeOid.Int2Array, ReadAndWrite),
        Number<int, short>(Int4Codec.Instance, PgTypeOid.Int4, PgTypeOid.Int4Array, PgTypeUse.Write),
        Number<int, long>(Int4Codec.Instance, PgTypeOid.Int4, PgTypeOid.Int4Array, ReadAndWrite),
        Number<int, decimal>(Int4Codec.Instance, PgTypeOid.Int4, PgTypeOid.Int4Array, ReadAndWrite),
        Number<long, short>(Int8Codec.Instance, PgTypeOid.Int8, PgTypeOid.Int8Array, PgTypeUse.Write),
        Number<long, int>(Int8Codec.Instance, PgTypeOid.Int8, PgTypeOid.Int8Array, PgTypeUse.Write),
        Number<long, decimal>(Int8Codec.Instance, PgTypeOid.Int8, PgTypeOid.Int8Array, ReadAndWrite),
        Number<float, double>(Float4Codec.Instance, PgTypeOid.Float4, PgTypeOid.Float4Array, ReadAndWrite),
        Number<double, float>(Float8Codec.Instance, PgTypeOid.Float8, PgTypeOid.Float8Array, PgTypeUse.Write),
        Number<decimal, int>(NumericCodec.Instance, PgTypeOid.Numeric, PgTypeOid.NumericArray, PgTypeUse.Write),
        Number<decimal, long>(NumericCodec.Instance, PgTypeOid.Numeric, PgTypeOid.NumericArray, PgTypeUse.Write),

        PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.Text, PgTypeOid.TextArray),
        PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.VarChar, PgTypeOid.VarCharArray, ReadAndWrite),
        PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.BpChar, PgTypeOid.BpCharArray, ReadAndWrite),
        PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.Name, PgTypeOid.NameArray, ReadAndWrite),
        PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.Xml, PgTypeOid.XmlArray, ReadAndWrite),
        PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.RefCursor, PgTypeOid.RefCursorArray, ReadAndWrite),
        PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.CString, PgTypeOid.CStringArray, ReadAndWrite),
        PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.Unknown, use: ReadAndWrite),
        PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.Void, use: PgTypeUse.Read),
        PgTypeMapping.Reference(InternalCharCodec.Instance, PgTypeOid.InternalChar, PgTypeOid.InternalCharArray, ReadAndWrite),

        PgTypeMapping.Value(DateCodec.Instance, PgTypeOid.Date, PgTypeOid.DateArray),
        PgTypeMapping.Value(TimeCodec.Instance, PgTypeOid.Time, PgTypeOid.TimeArray),
        PgTypeMapping.Value(TimestampCodec.Instance, PgTypeOid.Timestamp, PgTypeOid.TimestampArray),
        PgTypeMapping.Value(TimestampTzCodec.Instance, PgTypeOid.TimestampTz, PgTypeOid.TimestampTzArray),
        PgTypeMapping.Value(TimestampTzOffsetCodec.Instance, PgTypeOid.TimestampTz, PgTypeOid.TimestampTzArray),
        PgTypeMapping.Value(IntervalCodec.Instance, PgTypeOid.Interval, PgTypeOid.IntervalArray),

        PgTypeMapping.Reference(TextCodec.Instance, PgTypeOid.Json, PgTypeOid.JsonArray, ReadAndWrite),
        PgTypeMapping.Reference(new JsonbCodec<string>(TextCodec.Instance), PgTypeOid.Jsonb, PgTypeOid.JsonbArray, ReadAndWrite),
        PgTypeMapping.Reference(new JsonbCodec<string>(TextCodec.Instance), PgTypeOid.JsonPath, PgTypeOid.JsonPathArray, ReadAndWrite),
        PgTypeMapping.Reference(JsonDocumentCodec.Instance, PgTypeOid.Json, PgTypeOid.JsonArray, ReadAndWrite),
        PgTypeMapping.Reference(new JsonbCodec<JsonDocument>(JsonDocumentCodec.Instance), PgTypeOid.Jsonb, PgTypeOid.JsonbArray),
        PgTypeMapping.Value(JsonElementCodec.Instance, PgTypeOid.Json, PgTypeOid.JsonArray, ReadAndWrite),
        PgTypeMapping.Value(new JsonbCodec<JsonElement>(JsonElementCodec.Instance), PgTypeOid.Jsonb, PgTypeOid.JsonbArray),
    ];

    private static PgTypeMapping Number<TWire, T>(PgCodec<TWire> wire, uint typeOid, uint arrayOid, PgTypeUse use)
        where TWire : struct, INumberBase<TWire>
        where T : struct, INumberBase<T>
        => PgTypeMapping.Value(new ConvertedNumberCodec<TWire, T>(wire), typeOid, arrayOid, use);
}
