namespace PgActors.Types;

/// <summary>Ranges over a type, and multiranges, as .NET types.</summary>
internal abstract class RangeMapping(Type clrType, PgTypeUse use) : PgTypeMapping(clrType, default, use)
{
    /// <summary>The multiranges of these ranges, as an array and as a list.</summary>
    internal abstract PgTypeMapping[] AsMultiranges();
}

/// <summary>Ranges over <typeparamref name="T"/>.</summary>
internal sealed class RangeMapping<T>(PgCodec<T> bound, PgTypeUse use) : RangeMapping(typeof(PgRange<T>), use)
{
    private readonly RangeCodec<T> _codec = new(bound);

    internal override Type ArrayClrType => typeof(PgRange<T>[]);

    internal override PgCodec? FindScalar(Type type, in TypeContext context) => ValueForms.FindScalar(type, _codec);

    internal override PgCodec? FindArray(Type type, in TypeContext context, ArrayElement element) => ValueForms.FindArray(type, _codec, element);

    internal override PgTypeMapping[] AsMultiranges() =>
    [
        new MultirangeMapping<PgRange<T>[]>(new MultirangeArrayCodec<T>(_codec), Use),
        new MultirangeMapping<List<PgRange<T>>>(new MultirangeListCodec<T>(_codec), Use),
    ];
}

/// <summary>A multirange as one .NET type.</summary>
internal sealed class MultirangeMapping<T>(PgCodec<T> codec, PgTypeUse use) : PgTypeMapping(typeof(T), default, use)
    where T : class
{
    internal override Type ArrayClrType => typeof(T[]);

    internal override PgCodec? FindScalar(Type type, in TypeContext context) => type == typeof(T) ? codec : null;

    internal override PgCodec? FindArray(Type type, in TypeContext context, ArrayElement element) => ArrayForms.Find(type, codec, element);
}
