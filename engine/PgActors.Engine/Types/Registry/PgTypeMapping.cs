using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using PgActors.Rows.Mapping;

namespace PgActors.Types;

/// <summary>One PostgreSQL type as one .NET type, with what follows from it: nullable values, arrays, lists and ranges. Immutable; given to
/// <see cref="PgTypeRegistry.With(ReadOnlySpan{PgTypeMapping})"/>.</summary>
public abstract class PgTypeMapping
{
    private protected PgTypeMapping(Type clrType, PgTypeKey key, PgTypeUse use)
    {
        ClrType = clrType;
        Key = key;
        Use = use;
    }

    /// <summary>The .NET type.</summary>
    public Type ClrType { get; }

    /// <summary>The PostgreSQL type; 0 if it is found by its name.</summary>
    public uint TypeOid => Key.Oid;

    /// <summary>Its array type; 0 if there is none, or if the type is found by its name.</summary>
    public uint ArrayOid => Key.ArrayOid;

    /// <summary>The name that the type is found by; <see langword="null"/> if its OID was given.</summary>
    public PgTypeName? TypeName => Key.Name;

    /// <summary>What it is used for.</summary>
    public PgTypeUse Use { get; }

    /// <summary>Which type it is for.</summary>
    internal PgTypeKey Key { get; }

    /// <summary>The mappings that this one stands for: itself, except that JSON goes by two types.</summary>
    internal virtual ReadOnlySpan<PgTypeMapping> Parts => new[] { this };

    /// <summary>The array type to propose for a column of <see cref="ArrayOid"/>.</summary>
    internal abstract Type ArrayClrType { get; }

    /// <summary>A mapping of a struct: <typeparamref name="T"/>, <c>T?</c>, and arrays and lists of both.</summary>
    /// <param name="codec">Reads and writes it.</param>
    /// <param name="typeOid">The type's OID. For types that are not built in it differs from database to database; give their name
    /// instead.</param>
    /// <param name="arrayOid">The OID of its array type; 0 if there is none.</param>
    /// <param name="use">What it is used for.</param>
    /// <param name="typeName">The type's name for error messages; needed only for types that are not built in.</param>
    /// <typeparam name="T">The .NET type.</typeparam>
    public static PgTypeMapping Value<T>(
        PgCodec<T> codec, uint typeOid, uint arrayOid = 0, PgTypeUse use = PgTypeUse.All, string? typeName = null)
        where T : struct
        => new ValueTypeMapping<T>(codec, new PgTypeKey(typeOid, arrayOid, null, typeName), use);

    /// <summary>A mapping of a struct to a type that is found by its name.</summary>
    /// <param name="codec">Reads and writes it.</param>
    /// <param name="typeName">The type's name.</param>
    /// <param name="use">What it is used for.</param>
    /// <typeparam name="T">The .NET type.</typeparam>
    public static PgTypeMapping Value<T>(PgCodec<T> codec, PgTypeName typeName, PgTypeUse use = PgTypeUse.All)
        where T : struct
        => new ValueTypeMapping<T>(codec, PgTypeKey.Named(typeName), use);

    /// <summary>A mapping of a class: <typeparamref name="T"/>, arrays and lists of it, in which NULL is <see langword="null"/>.</summary>
    /// <inheritdoc cref="Value{T}(PgCodec{T}, uint, uint, PgTypeUse, string?)"/>
    public static PgTypeMapping Reference<T>(
        PgCodec<T> codec, uint typeOid, uint arrayOid = 0, PgTypeUse use = PgTypeUse.All, string? typeName = null)
        where T : class
        => new ReferenceTypeMapping<T>(codec, new PgTypeKey(typeOid, arrayOid, null, typeName), use);

    /// <summary>A mapping of a class to a type that is found by its name.</summary>
    /// <inheritdoc cref="Value{T}(PgCodec{T}, PgTypeName, PgTypeUse)"/>
    public static PgTypeMapping Reference<T>(PgCodec<T> codec, PgTypeName typeName, PgTypeUse use = PgTypeUse.All)
        where T : class
        => new ReferenceTypeMapping<T>(codec, PgTypeKey.Named(typeName), use);

    /// <summary>A mapping of a .NET enum to a PostgreSQL enum. A member stands for the label that its <see cref="PgNameAttribute"/> names,
    /// or that is the same but for case, underscores, blanks and hyphens: <c>VeryHappy</c> is <c>very_happy</c>.</summary>
    /// <param name="typeName">The type's name.</param>
    /// <typeparam name="TEnum">The .NET enum.</typeparam>
    public static PgTypeMapping Enum<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] TEnum>(PgTypeName typeName)
        where TEnum : struct, Enum
        => new EnumTypeMapping<TEnum>(typeName, EnumMember.Reflect<TEnum>());

    /// <summary>A mapping of a .NET enum to a PostgreSQL enum, whose members were written down at compile time.</summary>
    /// <param name="typeName">The type's name.</param>
    /// <param name="members">The .NET enum's members; the array is kept and must not change.</param>
    /// <typeparam name="TEnum">The .NET enum.</typeparam>
    public static PgTypeMapping Enum<TEnum>(PgTypeName typeName, EnumMember<TEnum>[] members)
        where TEnum : struct, Enum
        => new EnumTypeMapping<TEnum>(typeName, members);

    /// <summary>A mapping of a class or record to a composite type. Constructor parameters and settable properties take its columns by
    /// name, as those of a row do; properties of the same names are written.</summary>
    /// <param name="typeName">The type's name.</param>
    /// <typeparam name="T">The .NET type.</typeparam>
    public static PgTypeMapping Composite<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(PgTypeName typeName)
        where T : class
        => new CompositeReferenceMapping<T>(typeName);

    /// <summary>A mapping of a struct to a composite type; tuples take its columns by position.</summary>
    /// <inheritdoc cref="Composite{T}"/>
    public static PgTypeMapping CompositeValue<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(PgTypeName typeName)
        where T : struct
        => new CompositeValueMapping<T>(typeName);

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

    /// <summary>The codec for a column or parameter of the type; <see langword="null"/> if this mapping has none.</summary>
    internal abstract PgCodec? FindScalar(Type type, in TypeContext context);

    /// <summary>Whether it is made of columns, as a row is.</summary>
    internal virtual bool IsOfColumns => false;

    /// <summary>The codec for an array of the type, which says <paramref name="element"/> of its elements; <see langword="null"/> if this mapping has none.</summary>
    internal abstract PgCodec? FindArray(Type type, in TypeContext context, ArrayElement element);

    /// <summary>What follows from this mapping for a range over the type; <see langword="null"/> if nothing does.</summary>
    internal virtual RangeMapping? AsRange() => null;
}
