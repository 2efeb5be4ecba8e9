namespace PgActors.Types;

/// <summary>A type that goes by json and by jsonb.</summary>
internal sealed class JsonTypeMapping(PgTypeMapping json, PgTypeMapping jsonb)
    : PgTypeMapping(jsonb.ClrType, jsonb.TypeOid, jsonb.ArrayOid, jsonb.Use, null)
{
    internal override ReadOnlySpan<PgTypeMapping> Parts => new[] { json, jsonb };

    internal override Type ArrayClrType => jsonb.ArrayClrType;

    internal override PgCodec? FindScalar(Type type) => jsonb.FindScalar(type);

    internal override PgCodec? FindArray(Type type) => jsonb.FindArray(type);
}
