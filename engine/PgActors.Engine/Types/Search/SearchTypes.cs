namespace PgActors.Types;

/// <summary>tsvector and tsquery.</summary>
internal static class SearchTypes
{
    internal static PgTypeMapping[] All =>
    [
        PgTypeMapping.Reference(TsVectorCodec.Instance, PgTypeOid.TsVector, PgTypeOid.TsVectorArray),
        PgTypeMapping.Reference(TsQueryCodec.Instance, PgTypeOid.TsQuery, PgTypeOid.TsQueryArray),
    ];
}
