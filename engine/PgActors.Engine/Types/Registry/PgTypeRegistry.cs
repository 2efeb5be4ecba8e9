using System.Diagnostics.CodeAnalysis;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>
/// Which .NET types stand for which PostgreSQL types. Immutable and safe to share between threads; <see cref="With"/> makes another one.
/// Nothing is found by scanning assemblies: a type is known because a mapping was added for it, so that trimming is safe.
/// </summary>
/// <remarks>Looking a codec up is for making a plan: once per layout or parameter type, not per value.</remarks>
public sealed class PgTypeRegistry
{
    private readonly PgTypeRegistry? _older;
    private readonly List<PgTypeMapping> _mappings = [];

    private PgTypeRegistry(PgTypeRegistry? older, ReadOnlySpan<PgTypeMapping> mappings)
    {
        _older = older;
        foreach (var mapping in mappings)
            _mappings.AddRange(mapping.Parts);
    }

    /// <summary>The built-in types.</summary>
    public static PgTypeRegistry Default { get; } = new(null, BuiltInTypes.All);

    /// <summary>A registry with more types. What it adds comes before what was there: as a reader and writer of the same pair of types,
    /// and as the natural way to write a .NET type.</summary>
    public PgTypeRegistry With(params ReadOnlySpan<PgTypeMapping> mappings) => new(this, mappings);

    /// <summary>The codec that reads binary columns of a type as <typeparamref name="T"/>.</summary>
    /// <returns><see langword="null"/> if there is none.</returns>
    public PgCodec<T>? FindReader<T>(uint typeOid) => FindReader<T>(typeOid, DataFormat.Binary);

    /// <summary>The codec that reads columns of a type and format as <typeparamref name="T"/>. In the text format, every type can be read
    /// as <see cref="string"/>; in both, every type but bytea as its bytes on the wire, as <see cref="byte"/>[].</summary>
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
        var candidates = NaturalWriters(typeof(T));
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
    public PgCodec<T>? FindWriter<T>(uint typeOid) => (PgCodec<T>?)Find(typeof(T), typeOid, PgTypeUse.Write);

    /// <summary>The type's name as a cast in SQL spells it; for a type that is not known, its number.</summary>
    public string NameOf(uint typeOid)
    {
        foreach (var mapping in _mappings)
        {
            if (mapping.TypeName is not { } name)
                continue;
            if (mapping.TypeOid == typeOid)
                return name;
            if (mapping.ArrayOid == typeOid && mapping.ArrayOid != 0)
                return name + "[]";
        }

        return _older?.NameOf(typeOid) ?? PgTypeNames.Find(typeOid) ?? $"the type with OID {typeOid}";
    }

    /// <summary>As <see cref="FindReader{T}(uint, DataFormat)"/>, for a type known at run time only.</summary>
    internal PgCodec? FindReader(Type type, uint typeOid, DataFormat format)
    {
        if (Find(type, typeOid, PgTypeUse.Read) is { } codec)
            return codec;
        if (type == typeof(byte[]))
            return RawCodec.Instance;
        return type == typeof(string) && format == DataFormat.Text ? TextCodec.Instance : null;
    }

    /// <summary>Whether some column can be read as the type.</summary>
    internal bool CanRead(Type type)
    {
        var core = CoreOf(type);
        foreach (var mapping in _mappings)
        {
            if (mapping.Use.HasFlag(PgTypeUse.Read) && Concerns(mapping, type, core)
                && (mapping.FindScalar(type) is not null || (mapping.ArrayOid != 0 && mapping.FindArray(type) is not null)))
                return true;
        }

        return _older?.CanRead(type) ?? false;
    }

    /// <summary>The .NET type to propose for a column.</summary>
    internal Type? NaturalTypeOf(uint typeOid)
    {
        foreach (var mapping in _mappings)
        {
            if (mapping.Use.HasFlag(PgTypeUse.Read) && mapping.TypeOid == typeOid)
                return mapping.ClrType;
            if (mapping.Use.HasFlag(PgTypeUse.Read) && mapping.ArrayOid == typeOid && mapping.ArrayOid != 0)
                return mapping.ArrayClrType;
        }

        return _older?.NaturalTypeOf(typeOid);
    }

    /// <summary>The PostgreSQL type to propose for a .NET type.</summary>
    internal uint? NaturalOidOf(Type type) => NaturalWriters(type) is [var first, ..] ? first.Oid : null;

    /// <summary>The type in an array, list or nullable.</summary>
    private static Type CoreOf(Type type)
    {
        if (type.IsArray)
            type = type.GetElementType()!;
        else if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>))
            type = type.GetGenericArguments()[0];
        return Nullable.GetUnderlyingType(type) ?? type;
    }

    /// <summary>Spares the runtime from compiling the search of every mapping for every type.</summary>
    private static bool Concerns(PgTypeMapping mapping, Type type, Type core) => mapping.ClrType == type || mapping.ClrType == core;

    private PgCodec? Find(Type type, uint typeOid, PgTypeUse use)
    {
        var core = CoreOf(type);
        foreach (var mapping in _mappings)
        {
            if (!mapping.Use.HasFlag(use) || !Concerns(mapping, type, core))
                continue;
            if (mapping.TypeOid == typeOid && mapping.FindScalar(type) is { } scalar)
                return scalar;
            if (mapping.ArrayOid == typeOid && mapping.ArrayOid != 0 && mapping.FindArray(type) is { } array)
                return array;
        }

        return _older?.Find(type, typeOid, use);
    }

    /// <summary>How a type is written by itself, in the order of preference. The newest registry that knows any knows all.</summary>
    private List<(PgCodec Codec, uint Oid)> NaturalWriters(Type type)
    {
        var core = CoreOf(type);
        var found = new List<(PgCodec, uint)>();
        foreach (var mapping in _mappings)
        {
            if (!mapping.Use.HasFlag(PgTypeUse.Natural) || !Concerns(mapping, type, core))
                continue;
            if (mapping.FindScalar(type) is { } scalar)
                found.Add((scalar, mapping.TypeOid));
            else if (mapping.ArrayOid != 0 && mapping.FindArray(type) is { } array)
                found.Add((array, mapping.ArrayOid));
        }

        return found.Count == 0 && _older is not null ? _older.NaturalWriters(type) : found;
    }

    /// <summary>Invariant: one immutable object that names its registry, so that a race between threads costs a second search and never a
    /// wrong answer.</summary>
    private static class LastBinding<T>
    {
        internal static RegistryBinding<T>? Value;
    }

    private sealed class RegistryBinding<T>(PgTypeRegistry registry, WriterBinding<T>? binding)
    {
        internal PgTypeRegistry Registry => registry;

        internal WriterBinding<T>? Binding => binding;
    }
}
