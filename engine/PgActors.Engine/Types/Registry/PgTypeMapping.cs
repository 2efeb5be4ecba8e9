using System.Text.Json.Serialization.Metadata;

namespace PgActors.Types;

/// <summary>One PostgreSQL type as one .NET type, with what follows from it: nullable values, arrays and lists. Immutable; given to
/// <see cref="PgTypeRegistry.With"/>.</summary>
public abstract class PgTypeMapping
{
    private protected PgTypeMapping()
    {
    }

    /// <summary>A mapping of a struct: <typeparamref name="T"/>, <c>T?</c>, and arrays and lists of both.</summary>
    /// <param name="codec">Reads and writes it.</param>
    /// <param name="typeOid">The type's OID. For types that are not built in it differs from database to database.</param>
    /// <param name="arrayOid">The OID of its array type; 0 if there is none.</param>
    /// <param name="use">What it is used for.</param>
    /// <param name="typeName">The type's name for error messages; needed only for types that are not built in.</param>
    /// <typeparam name="T">The .NET type.</typeparam>
    public static PgTypeMapping Value<T>(
        PgCodec<T> codec, uint typeOid, uint arrayOid = 0, PgTypeUse use = PgTypeUse.All, string? typeName = null)
        where T : struct
        => new ValueMapping<T>(codec, typeOid, arrayOid, use, typeName);

    /// <summary>A mapping of a class: <typeparamref name="T"/>, and arrays and lists of it, in which NULL is <see langword="null"/>.</summary>
    /// <inheritdoc cref="Value{T}"/>
    public static PgTypeMapping Reference<T>(
        PgCodec<T> codec, uint typeOid, uint arrayOid = 0, PgTypeUse use = PgTypeUse.All, string? typeName = null)
        where T : class
        => new ReferenceMapping<T>(codec, typeOid, arrayOid, use, typeName);

    /// <summary>A class read from json and jsonb through System.Text.Json, and written as jsonb.</summary>
    /// <param name="typeInfo">How it is made, usually a property of a <c>JsonSerializerContext</c>.</param>
    /// <typeparam name="T">The .NET type.</typeparam>
    public static PgTypeMapping Json<T>(JsonTypeInfo<T> typeInfo)
        where T : class
        => new BothJsonMapping<T>(new JsonCodec<T>(typeInfo), (codec, oid, array, use) => Reference(codec, oid, array, use));

    /// <summary>A struct read from json and jsonb through System.Text.Json, and written as jsonb.</summary>
    /// <inheritdoc cref="Json{T}"/>
    public static PgTypeMapping JsonValue<T>(JsonTypeInfo<T> typeInfo)
        where T : struct
        => new BothJsonMapping<T>(new JsonCodec<T>(typeInfo), (codec, oid, array, use) => Value(codec, oid, array, use));

    internal abstract void AddTo(PgTypeTables tables);

    private static void AddWithArrays<T>(PgTypeTables tables, PgCodec<T> codec, uint typeOid, uint arrayOid, PgTypeUse use)
    {
        tables.Add(codec, typeOid, use);
        if (arrayOid == 0)
            return;
        tables.Add(new ArrayCodec<T>(codec, typeOid), arrayOid, use);
        tables.Add(new ListCodec<T>(codec, typeOid), arrayOid, use);
    }

    private sealed class ValueMapping<T>(PgCodec<T> codec, uint typeOid, uint arrayOid, PgTypeUse use, string? typeName) : PgTypeMapping
        where T : struct
    {
        internal override void AddTo(PgTypeTables tables)
        {
            tables.AddName(typeOid, arrayOid, typeName);
            AddWithArrays(tables, codec, typeOid, arrayOid, use);
            AddWithArrays(tables, new NullableCodec<T>(codec), typeOid, arrayOid, use);
        }
    }

    private sealed class ReferenceMapping<T>(PgCodec<T> codec, uint typeOid, uint arrayOid, PgTypeUse use, string? typeName) : PgTypeMapping
        where T : class
    {
        internal override void AddTo(PgTypeTables tables)
        {
            tables.AddName(typeOid, arrayOid, typeName);
            AddWithArrays(tables, codec, typeOid, arrayOid, use);
        }
    }

    private sealed class BothJsonMapping<T>(PgCodec<T> json, Func<PgCodec<T>, uint, uint, PgTypeUse, PgTypeMapping> map) : PgTypeMapping
    {
        internal override void AddTo(PgTypeTables tables)
        {
            map(json, PgTypeOid.Json, PgTypeOid.JsonArray, PgTypeUse.Read | PgTypeUse.Write).AddTo(tables);
            map(new JsonbCodec<T>(json), PgTypeOid.Jsonb, PgTypeOid.JsonbArray, PgTypeUse.All).AddTo(tables);
        }
    }
}
