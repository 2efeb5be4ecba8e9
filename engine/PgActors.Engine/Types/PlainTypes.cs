namespace PgActors.Types;

/// <summary>bool, uuid and bytea.</summary>
internal static class PlainTypes
{
    internal static PgTypeMapping[] All =>
    [
        PgTypeMapping.Value(BoolCodec.Instance, PgTypeOid.Bool, PgTypeOid.BoolArray),
        PgTypeMapping.Value(UuidCodec.Instance, PgTypeOid.Uuid, PgTypeOid.UuidArray),
        PgTypeMapping.Reference(ByteaCodec.Instance, PgTypeOid.Bytea, PgTypeOid.ByteaArray),
        PgTypeMapping.Value(ByteaMemoryCodec.Instance, PgTypeOid.Bytea, PgTypeOid.ByteaArray),
    ];
}
