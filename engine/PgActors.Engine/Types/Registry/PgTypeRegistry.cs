using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using PgActors.Protocol;
using PgActors.Rows.Mapping;

namespace PgActors.Types;

/// <summary>
/// Which .NET types stand for which PostgreSQL types. Immutable and safe to share between threads; <c>With</c> makes another one. Nothing
/// is found by scanning assemblies: a type is known because a mapping was added for it, or because it is marked with <see
/// cref="PgEnumAttribute"/> or <see cref="PgCompositeAttribute"/>, so that trimming is safe.
/// </summary>
/// <remarks>Looking a codec up is for making a plan: once per layout or parameter type, not per value.</remarks>
public sealed partial class PgTypeRegistry
{
    // Newest first; shared by the registries that differ in their catalogue only.
    private readonly PgTypeMapping[][] _layers;

    // Invariant: a codec is immutable and any other found for the same key does the same, so a race costs a second search only.
    private readonly ConcurrentDictionary<(Type Type, uint Oid, PgTypeUse Use), PgCodec?> _found = new();

    // The last that was made for a session's style. Immutable, so that a race costs one more.
    private Styled? _styled;

    private PgTypeRegistry(PgTypeMapping[][] layers, PgCatalog catalog)
    {
        _layers = layers;
        Catalog = catalog;
    }

    /// <summary>The built-in types, and those of well-known extensions.</summary>
    public static PgTypeRegistry Default { get; } = new([PartsOf(BuiltInTypes.All)], PgCatalog.Empty);

    /// <summary>The types of a database that are not built in. A database adds what it learns to the registry that it was opened with.</summary>
    public PgCatalog Catalog { get; }

    /// <summary>A registry with more types. What it adds comes before what was there: as a reader and writer of the same pair of types,
    /// and as the natural way to write a .NET type.</summary>
    public PgTypeRegistry With(params ReadOnlySpan<PgTypeMapping> mappings) => new([PartsOf(mappings), .. _layers], Catalog);

    /// <summary>A registry with the same mappings for a database with these types.</summary>
    public PgTypeRegistry With(PgCatalog catalog) => new(_layers, catalog);

    /// <summary>The same types as a session prints them in text.</summary>
    /// <param name="style">The session's style; <see langword="null"/> for ISO.</param>
    internal PgTypeRegistry In(DateTextStyle? style)
    {
        if (style is null)
            return this;
        var styled = Volatile.Read(in _styled);
        if (styled?.Style != style)
            Volatile.Write(ref _styled, styled = new Styled(style, new([.. _layers[..^1], [.. DateTimeTypes.In(style), .. _layers[^1]]], Catalog)));
        return styled.Registry;
    }

    /// <summary>A registry in which a .NET enum stands for a PostgreSQL enum; see <see cref="PgTypeMapping.Enum{TEnum}(PgTypeName)"/>.</summary>
    public PgTypeRegistry MapEnum<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] TEnum>(PgTypeName typeName)
        where TEnum : struct, Enum
        => With(PgTypeMapping.Enum<TEnum>(typeName));

    /// <summary>A registry in which a class or record stands for a composite type; see <see cref="PgTypeMapping.Composite{T}"/>.</summary>
    public PgTypeRegistry MapComposite<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(PgTypeName typeName)
        where T : class
        => With(PgTypeMapping.Composite<T>(typeName));

    /// <summary>A registry in which a struct stands for a composite type; see <see cref="PgTypeMapping.CompositeValue{T}"/>.</summary>
    public PgTypeRegistry MapCompositeValue<[DynamicallyAccessedMembers(ObjectPlanner.Needs)] T>(PgTypeName typeName)
        where T : struct
        => With(PgTypeMapping.CompositeValue<T>(typeName));

    /// <summary>The codec that reads binary columns of a type as <typeparamref name="T"/>.</summary>
    /// <returns><see langword="null"/> if there is none.</returns>
    public PgCodec<T>? FindReader<T>(uint typeOid) => FindReader<T>(typeOid, DataFormat.Binary);

    /// <summary>The codec that reads columns of a type and format as <typeparamref name="T"/>. In the text format, every type can be read
    /// as <see cref="string"/>, and every array as strings; in both, every type but bytea as its bytes on the wire, as <see cref="byte"/>[].</summary>
    /// <returns><see langword="null"/> if there is none.</returns>
    public PgCodec<T>? FindReader<T>(uint typeOid, DataFormat format) => (PgCodec<T>?)FindReader(typeof(T), typeOid, format);

    /// <summary>How <typeparamref name="T"/> is written if no type is asked for. Costs two comparisons after the first call with the same
    /// registry.</summary>
    /// <returns><see langword="null"/> if the type is not known.</returns>
    public WriterBinding<T>? FindWriter<T>()
    {
        var last = LastBinding<T>.Value;
        if (last is not null && last.Registry == this)
            return last.Binding;
        var candidates = NaturalWriters(typeof(T), out _);
        var binding = candidates.Count > 0 ? new WriterBinding<T>(candidates) : null;
        LastBinding<T>.Value = new RegistryBinding<T>(this, binding);
        return binding;
    }

    /// <summary>How <paramref name="value"/> is written if no type is asked for.</summary>
    /// <returns><see langword="false"/> if the type is not known.</returns>
    public bool TryFindWriter<T>(T value, [NotNullWhen(true)] out PgCodec<T>? codec, out uint typeOid)
    {
        codec = null;
        typeOid = PgTypeOid.Unspecified;
        if (FindWriter<T>() is not { } binding)
            return false;
        codec = binding.Select(value, out typeOid);
        return true;
    }

    /// <summary>The codec that writes <typeparamref name="T"/> where PostgreSQL expects the type <paramref name="typeOid"/>.</summary>
    /// <returns><see langword="null"/> if there is none.</returns>
    public PgCodec<T>? FindWriter<T>(uint typeOid) => (PgCodec<T>?)FindWriter(typeof(T), typeOid);

    /// <summary>The OID of the type with a name: <c>jsonb</c>, <c>int4[]</c>, <c>mood</c>, <c>shop.mood[]</c>.</summary>
    /// <returns><see langword="null"/> if it is neither built in nor in the catalogue.</returns>
    public uint? FindOid(string typeName)
    {
        ArgumentException.ThrowIfNullOrEmpty(typeName);
        if (PgTypeNames.OidOf(typeName) is { } builtIn)
            return builtIn;
        return typeName.EndsWith("[]", StringComparison.Ordinal)
            ? Catalog.Find(PgTypeName.Parse(typeName[..^2]))?.ArrayOid is { } array and not 0 ? array : null
            : Catalog.Find(PgTypeName.Parse(typeName))?.Oid;
    }

    /// <summary>The type's name as a cast in SQL spells it; for a type that is not known, its number.</summary>
    public string NameOf(uint typeOid)
    {
        foreach (var layer in _layers)
        {
            foreach (var mapping in layer)
            {
                if (mapping.Key.Label is not { } label)
                    continue;
                if (mapping.TypeOid == typeOid)
                    return label;
                if (mapping.ArrayOid == typeOid && mapping.ArrayOid != 0)
                    return label + "[]";
            }
        }

        if (PgTypeNames.Find(typeOid) is { } builtIn)
            return builtIn;
        if (Catalog.Find(typeOid) is not { } type)
            return $"the type with OID {typeOid}";
        if (type.Kind == PgTypeKind.Array && Catalog.Find(type.PartOid) is not null)
            return NameOf(type.PartOid) + "[]";
        return type.IsVisible ? type.Name : $"{type.Schema}.{type.Name}";
    }

    /// <summary>Whether a type, and all that it is made of, can be sent in binary.</summary>
    /// <returns><see langword="null"/> if the type is not known.</returns>
    public bool? HasBinaryForm(uint typeOid)
    {
        if (IsFixed(typeOid))
            return BuiltInStructure.HasBinaryForm(typeOid);
        if (Catalog.Find(typeOid) is not { } type)
            return IsUnknown(typeOid) ? null : true;
        var result = type.HasSendFunction && (type.PartOid == 0 || HasBinaryForm(type.PartOid) == true);
        foreach (var attribute in type.Attributes)
            result = result && HasBinaryForm(attribute.TypeOid) == true;
        return result;
    }

    private static PgTypeMapping[] PartsOf(ReadOnlySpan<PgTypeMapping> mappings)
    {
        var parts = new List<PgTypeMapping>(mappings.Length);
        foreach (var mapping in mappings)
            parts.AddRange(mapping.Parts);
        return [.. parts];
    }

    /// <summary>Invariant: one immutable object that names its registry, so that a race between threads costs a second search and never a
    /// wrong answer.</summary>
    private static class LastBinding<T>
    {
        internal static RegistryBinding<T>? Value;
    }

    private sealed record Styled(DateTextStyle Style, PgTypeRegistry Registry);

    private sealed class RegistryBinding<T>(PgTypeRegistry registry, WriterBinding<T>? binding)
    {
        internal PgTypeRegistry Registry => registry;

        internal WriterBinding<T>? Binding => binding;
    }
}
