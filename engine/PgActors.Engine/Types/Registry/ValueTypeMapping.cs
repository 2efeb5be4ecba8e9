namespace PgActors.Types;

/// <summary>A struct and its nullable form, by themselves, in arrays and in lists. All but the first are made when first asked for: most
/// programs use few of them, and each costs the runtime a type of its own. Two threads may make one twice, which does no harm.</summary>
internal sealed class ValueTypeMapping<T>(PgCodec<T> codec, uint typeOid, uint arrayOid, PgTypeUse use, string? typeName)
    : PgTypeMapping(typeof(T), typeOid, arrayOid, use, typeName)
    where T : struct
{
    private PgCodec<T?>? _nullable;
    private PgCodec? _array;
    private PgCodec? _list;
    private PgCodec? _nullableArray;
    private PgCodec? _nullableList;

    internal override Type ArrayClrType => typeof(T[]);

    private PgCodec<T?> Nullable => _nullable ??= new NullableCodec<T>(codec);

    internal override PgCodec? FindScalar(Type type)
    {
        if (type == typeof(T))
            return codec;
        return type == typeof(T?) ? Nullable : null;
    }

    internal override PgCodec? FindArray(Type type)
    {
        if (type == typeof(T[]))
            return _array ??= new ArrayCodec<T>(codec, TypeOid);
        if (type == typeof(List<T>))
            return _list ??= new ListCodec<T>(codec, TypeOid);
        if (type == typeof(T?[]))
            return _nullableArray ??= new ArrayCodec<T?>(Nullable, TypeOid);
        return type == typeof(List<T?>) ? _nullableList ??= new ListCodec<T?>(Nullable, TypeOid) : null;
    }
}
