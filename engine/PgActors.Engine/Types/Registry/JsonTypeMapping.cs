namespace PgActors.Types;

/// <summary>A type that goes by json and by jsonb.</summary>
internal sealed class JsonTypeMapping(PgTypeMapping json, PgTypeMapping jsonb) : PgTypeMapping(jsonb.ClrType, jsonb.Key, jsonb.Use)
{
    internal override ReadOnlySpan<PgTypeMapping> Parts => new[] { json, jsonb };

    internal override Type ArrayClrType => jsonb.ArrayClrType;

    internal override PgCodec? FindScalar(Type type, in TypeContext context) => jsonb.FindScalar(type, context);

    internal override PgCodec? FindArray(Type type, in TypeContext context, ArrayElement element) => jsonb.FindArray(type, context, element);
}
