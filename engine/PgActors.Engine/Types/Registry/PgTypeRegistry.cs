using System.Diagnostics.CodeAnalysis;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>
/// Which .NET types stand for which PostgreSQL types. Immutable and safe to share between threads; <see cref="With"/> makes another one.
/// Nothing is found by scanning assemblies: a type is known because a mapping was added for it, so that trimming is safe.
/// </summary>
public sealed class PgTypeRegistry
{
    private readonly PgTypeTables _tables;

    private PgTypeRegistry(PgTypeTables tables, ReadOnlySpan<PgTypeMapping> mappings)
    {
        foreach (var mapping in mappings)
            mapping.AddTo(tables);
        _tables = tables;
    }

    /// <summary>The built-in types.</summary>
    public static PgTypeRegistry Default { get; } = new(new PgTypeTables(), BuiltInTypes.All);

    /// <summary>A registry with more types. A mapping replaces an older one of the same pair of types; as the natural one it replaces
    /// what the .NET type was written as before.</summary>
    public PgTypeRegistry With(params ReadOnlySpan<PgTypeMapping> mappings) => new(new PgTypeTables(_tables), mappings);

    /// <summary>The codec that reads binary columns of a type as <typeparamref name="T"/>.</summary>
    /// <returns><see langword="null"/> if there is none.</returns>
    public PgCodec<T>? FindReader<T>(uint typeOid) => FindReader<T>(typeOid, DataFormat.Binary);

    /// <summary>The codec that reads columns of a type and format as <typeparamref name="T"/>. In the text format, every type can be read
    /// as <see cref="string"/>.</summary>
    /// <returns><see langword="null"/> if there is none.</returns>
    public PgCodec<T>? FindReader<T>(uint typeOid, DataFormat format) => (PgCodec<T>?)FindReader(typeof(T), typeOid, format);

    /// <summary>How <typeparamref name="T"/> is written if no type is asked for. Costs two comparisons after the first call.</summary>
    /// <returns><see langword="null"/> if the type is not known.</returns>
    public WriterBinding<T>? FindWriter<T>()
    {
        var last = LastBinding<T>.Value;
        if (last is not null && last.Registry == this)
            return last.Binding;
        var binding = _tables.Natural.TryGetValue(typeof(T), out var candidates) ? new WriterBinding<T>(candidates) : null;
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
    public PgCodec<T>? FindWriter<T>(uint typeOid)
        => _tables.Writers.TryGetValue((typeof(T), typeOid), out var codec) ? (PgCodec<T>)codec : null;

    /// <summary>The type's name as a cast in SQL spells it; for a type that is not known, its number.</summary>
    public string NameOf(uint typeOid)
        => _tables.Names.TryGetValue(typeOid, out var name) ? name : PgTypeNames.Find(typeOid) ?? $"the type with OID {typeOid}";

    /// <summary>As <see cref="FindReader{T}(uint, DataFormat)"/>, for a type known at run time only.</summary>
    internal PgCodec? FindReader(Type type, uint typeOid, DataFormat format)
    {
        if (_tables.Readers.TryGetValue((type, typeOid), out var codec))
            return codec;
        return type == typeof(string) && format == DataFormat.Text ? TextCodec.Instance : null;
    }

    /// <summary>Whether some column can be read as the type.</summary>
    internal bool CanRead(Type type) => _tables.Readable.Contains(type);

    /// <summary>The .NET type to propose for a column.</summary>
    internal Type? NaturalTypeOf(uint typeOid) => _tables.NaturalReaders.GetValueOrDefault(typeOid);

    /// <summary>The PostgreSQL type to propose for a .NET type.</summary>
    internal uint? NaturalOidOf(Type type) => _tables.Natural.TryGetValue(type, out var candidates) ? candidates[0].Oid : null;

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
