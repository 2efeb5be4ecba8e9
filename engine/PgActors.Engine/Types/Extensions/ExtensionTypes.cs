namespace PgActors.Types;

/// <summary>Types of well-known extensions. Their OIDs differ from database to database, so they are found by name, and only if the extension
/// of that name owns them.</summary>
internal static class ExtensionTypes
{
    private const PgTypeUse ReadAndWrite = PgTypeUse.Read | PgTypeUse.Write;

    internal static PgTypeMapping[] All =>
    [
        PgTypeMapping.Reference(HstoreCodec.Instance, PgTypeName.OfExtension("hstore", "hstore")),
        PgTypeMapping.Reference(VersionedTextCodec.Instance, PgTypeName.OfExtension("ltree", "ltree"), ReadAndWrite),
        PgTypeMapping.Reference(VersionedTextCodec.Instance, PgTypeName.OfExtension("ltree", "lquery"), ReadAndWrite),
        PgTypeMapping.Reference(VersionedTextCodec.Instance, PgTypeName.OfExtension("ltree", "ltxtquery"), ReadAndWrite),
        PgTypeMapping.Reference(TextCodec.Instance, PgTypeName.OfExtension("citext", "citext"), ReadAndWrite),
        PgTypeMapping.Reference(CubeCodec.Instance, PgTypeName.OfExtension("cube", "cube")),
        PgTypeMapping.Reference(VectorOfFloatCodec.Instance, PgTypeName.OfExtension("vector", "vector"), ReadAndWrite),
        PgTypeMapping.Value(VectorMemoryCodec.Instance, PgTypeName.OfExtension("vector", "vector")),
        PgTypeMapping.Reference(VectorOfHalfCodec.Instance, PgTypeName.OfExtension("vector", "halfvec")),
        PgTypeMapping.Value(SparseVectorCodec.Instance, PgTypeName.OfExtension("vector", "sparsevec")),
        PgTypeMapping.Reference(EwkbCodec.Instance, PgTypeName.OfExtension("postgis", "geometry"), ReadAndWrite),
        PgTypeMapping.Reference(EwkbCodec.Instance, PgTypeName.OfExtension("postgis", "geography"), ReadAndWrite),
    ];
}
