namespace PgActors.Types;

/// <summary>A struct and its nullable form, by themselves, in arrays, lists and ranges. All but the first are made when asked for: most
/// programs use few of them, and each costs the runtime a type of its own.</summary>
internal sealed class ValueTypeMapping<T>(PgCodec<T> codec, PgTypeKey key, PgTypeUse use) : PgTypeMapping(typeof(T), key, use)
    where T : struct
{
    internal override Type ArrayClrType => typeof(T[]);

    internal override PgCodec? FindScalar(Type type, in TypeContext context) => ValueForms.FindScalar(type, codec);

    internal override PgCodec? FindArray(Type type, in TypeContext context, ArrayElement element) => ValueForms.FindArray(type, codec, element);

    internal override RangeMapping AsRange() => new RangeMapping<T>(codec, Use);
}
