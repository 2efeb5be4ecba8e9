namespace PgActors.Types;

/// <summary>A class by itself, in arrays, lists and ranges.</summary>
internal sealed class ReferenceTypeMapping<T>(PgCodec<T> codec, PgTypeKey key, PgTypeUse use) : PgTypeMapping(typeof(T), key, use)
    where T : class
{
    internal override Type ArrayClrType => typeof(T[]);

    internal override PgCodec? FindScalar(Type type, in TypeContext context) => type == typeof(T) ? codec : null;

    internal override PgCodec? FindArray(Type type, in TypeContext context, ArrayElement element) => ArrayForms.Find(type, codec, element);

    internal override RangeMapping AsRange() => new RangeMapping<T>(codec, Use);
}
