namespace PgActors.Types;

/// <summary>A class by itself, in arrays and in lists, which are made when first asked for.</summary>
internal sealed class ReferenceTypeMapping<T>(PgCodec<T> codec, uint typeOid, uint arrayOid, PgTypeUse use, string? typeName)
    : PgTypeMapping(typeof(T), typeOid, arrayOid, use, typeName)
    where T : class
{
    private PgCodec? _array;
    private PgCodec? _list;

    internal override Type ArrayClrType => typeof(T[]);

    internal override PgCodec? FindScalar(Type type) => type == typeof(T) ? codec : null;

    internal override PgCodec? FindArray(Type type)
    {
        if (type == typeof(T[]))
            return _array ??= new ArrayCodec<T>(codec, TypeOid);
        return type == typeof(List<T>) ? _list ??= new ListCodec<T>(codec, TypeOid) : null;
    }
}
