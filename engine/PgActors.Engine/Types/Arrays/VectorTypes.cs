namespace PgActors.Types;

/// <summary>int2vector and oidvector.</summary>
internal static class VectorTypes
{
    private const PgTypeUse ReadAndWrite = PgTypeUse.Read | PgTypeUse.Write;

    internal static PgTypeMapping[] All =>
    [
        PgTypeMapping.Reference(
            new VectorCodec<short>(Int2Codec.Instance, PgTypeOid.Int2), PgTypeOid.Int2Vector, PgTypeOid.Int2VectorArray, ReadAndWrite),
        PgTypeMapping.Reference(
            new VectorCodec<uint>(OidCodec.Instance, PgTypeOid.Oid), PgTypeOid.OidVector, PgTypeOid.OidVectorArray, ReadAndWrite),
    ];
}
