using System.Text.Json.Serialization.Metadata;

namespace PgActors.Types;

/// <summary>One PostgreSQL type as one .NET type, with what follows from it: nullable values, arrays and lists. Immutable; given to
/// <see cref="PgTypeRegistry.With"/>.</summary>
public abstract class PgTypeMapping
{
    private protected PgTypeMapping(Type clrType, uint typeOid, uint arrayOid, PgTypeUse use, string? typeName)
    {
        ClrType = clrType;
        TypeOid = typeOid;
        ArrayOid = arrayOid;
        Use = use;
        TypeName = typeName;
    }

    /// <summary>The .NET type.</summary>
    public Type ClrType { get; }

    /// <summary>The PostgreSQL type.</summary>
    public uint TypeOid { get; }

    /// <summary>Its array type; 0 if there is none.</summary>
    public uint ArrayOid { get; }

    /// <summary>What it is used for.</summary>
    public PgTypeUse Use { get; }

    /// <summary>The type's name for error messages; <see langword="null"/> if it is built in or has none.</summary>
    public string? TypeName { get; }

    /// <summary>The mappings that this one stands for: itself, except that JSON goes by two types.</summary>
    internal virtual ReadOnlySpan<PgTypeMapping> Parts => new[] { this };

    /// <summary>The array type to propose for a column of <see cref="ArrayOid"/>.</summary>
    internal abstract Type ArrayClrType { get; }

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
        => new ValueTypeMapping<T>(codec, typeOid, arrayOid, use, typeName);

    /// <summary>A mapping of a class: <typeparamref name="T"/>, arrays and lists of it, in which NULL is <see langword="null"/>.</summary>
    /// <inheritdoc cref="Value{T}"/>
    public static PgTypeMapping Reference<T>(
        PgCodec<T> codec, uint typeOid, uint arrayOid = 0, PgTypeUse use = PgTypeUse.All, string? typeName = null)
        where T : class
        => new ReferenceTypeMapping<T>(codec, typeOid, arrayOid, use, typeName);

    /// <summary>A class read from json and jsonb through System.Text.Json, and written as jsonb.</summary>
    /// <param name="typeInfo">How it is made, usually a property of a <c>JsonSerializerContext</c>.</param>
    /// <typeparam name="T">The .NET type.</typeparam>
    public static PgTypeMapping Json<T>(JsonTypeInfo<T> typeInfo)
        where T : class
    {
        var json = new JsonCodec<T>(typeInfo);
        return new JsonTypeMapping(
            Reference(json, PgTypeOid.Json, PgTypeOid.JsonArray, PgTypeUse.Read | PgTypeUse.Write),
            Reference(new JsonbCodec<T>(json), PgTypeOid.Jsonb, PgTypeOid.JsonbArray));
    }

    /// <summary>A struct read from json and jsonb through System.Text.Json, and written as jsonb.</summary>
    /// <inheritdoc cref="Json{T}"/>
    public static PgTypeMapping JsonValue<T>(JsonTypeInfo<T> typeInfo)
        where T : struct
    {
        var json = new JsonCodec<T>(typeInfo);
        return new JsonTypeMapping(
            Value(json, PgTypeOid.Json, PgTypeOid.JsonArray, PgTypeUse.Read | PgTypeUse.Write),
            Value(new JsonbCodec<T>(json), PgTypeOid.Jsonb, PgTypeOid.JsonbArray));
    }

    /// <summary>The codec for a column or parameter of <see cref="TypeOid"/>; <see langword="null"/> if this mapping has none.</summary>
    internal abstract PgCodec? FindScalar(Type type);

    /// <summary>The codec for a column or parameter of <see cref="ArrayOid"/>; <see langword="null"/> if this mapping has none.</summary>
    internal abstract PgCodec? FindArray(Type type);
}
