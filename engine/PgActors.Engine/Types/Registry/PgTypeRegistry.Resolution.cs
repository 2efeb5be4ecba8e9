using PgActors.Protocol;
using PgActors.Rows.Mapping;

namespace PgActors.Types;

/// <content>How a pair of types leads to a codec: by a mapping of the type itself, or by what the type is made of.</content>
public sealed partial class PgTypeRegistry
{
    private static readonly PgTypeMapping EnumText = PgTypeMapping.Reference(
        TextCodec.Instance, 0, use: PgTypeUse.Read | PgTypeUse.Write);

    private static readonly PgTypeMapping RawBytes = PgTypeMapping.Reference(RawCodec.Instance, 0, use: PgTypeUse.Read);

    /// <summary>As <see cref="FindReader{T}(uint, DataFormat)"/>, for a type known at run time only.</summary>
    internal PgCodec? FindReader(Type type, uint typeOid, DataFormat format)
    {
        if (Find(type, typeOid, PgTypeUse.Read) is { } codec)
            return codec;
        if (type == typeof(byte[]))
            return RawCodec.Instance;
        if (format != DataFormat.Text)
            return null;
        if (type == typeof(string))
            return TextCodec.Instance;
        return ElementOf(typeOid) is { } element ? ArrayForms.Find(type, TextCodec.Instance, ElementIn(element)) : null;
    }

    /// <summary>As <see cref="FindWriter{T}(uint)"/>, for a type known at run time only.</summary>
    internal PgCodec? FindWriter(Type type, uint typeOid) => Find(type, typeOid, PgTypeUse.Write);

    /// <summary>Whether some column can be read as the type.</summary>
    internal bool CanRead(Type type)
    {
        var chain = CompleteChainOf(type);
        if (chain.Contains(typeof(object[])))
            return true;
        if (TuplePlanner.IsTuple(chain[^1]))
            return chain.Count > 1 && !(chain.Count == 2 && Nullable.GetUnderlyingType(type) is not null);
        return Exists(mapping => mapping.Use.HasFlag(PgTypeUse.Read) && chain.Contains(mapping.ClrType));
    }

    /// <summary>Whether the type stands for a composite, so that it may also be made of a row.</summary>
    internal bool IsComposite(Type type)
    {
        GeneratedTypes.Complete(type);
        return Exists(mapping => mapping.ClrType == type && mapping.IsOfColumns);
    }

    /// <summary>The .NET type to propose for a column.</summary>
    internal Type? NaturalTypeOf(uint typeOid)
    {
        foreach (var (mapping, _) in MappingsOf(typeOid, PgTypeUse.Read, null))
            return mapping.ClrType;
        if (ElementOf(typeOid) is { } element)
        {
            foreach (var (mapping, _) in MappingsOf(element, PgTypeUse.Read, null))
                return mapping.ArrayClrType;
        }

        return null;
    }

    /// <summary>The PostgreSQL type to propose for a .NET type.</summary>
    internal uint? NaturalOidOf(Type type) => NaturalWriters(type, out _) is [var first, ..] ? first.Oid : null;

    /// <summary>The name of the type that values of a .NET type are written as, if the catalogue lacks it.</summary>
    internal PgTypeName? MissingFor(Type type)
    {
        NaturalWriters(type, out var missing);
        return missing;
    }

    /// <summary>Whether nothing is known of a type, although something may be found out.</summary>
    internal bool IsUnknown(uint typeOid)
        => !IsFixed(typeOid) && typeOid != PgTypeOid.Unspecified && Catalog.Find(typeOid) is null
            && !Exists(mapping => mapping.TypeOid == typeOid || mapping.ArrayOid == typeOid);

    /// <summary>Whether a type is built in, and so the same in every database. Four catalogs' row types have fixed numbers, but columns that
    /// differ.</summary>
    internal static bool IsFixed(uint typeOid) => typeOid < CatalogQuery.FirstUnassigned && typeOid is not (71 or 75 or 81 or 83);

    /// <summary>Whether both have the same mappings.</summary>
    internal bool SharesMappingsWith(PgTypeRegistry other) => _layers == other._layers;

    /// <summary>The format to ask for: text for what has no binary form, and for what nobody would understand in binary.</summary>
    /// <returns><see langword="null"/> if the type is not known.</returns>
    internal DataFormat? FormatFor(uint typeOid) => HasBinaryForm(typeOid) switch
    {
        null => null,
        false => DataFormat.Text,
        true => IsUnderstood(typeOid) ? DataFormat.Binary : DataFormat.Text,
    };

    private bool IsUnderstood(uint typeOid)
    {
        if (IsFixed(typeOid) || Catalog.Find(typeOid) is not { } type)
            return true;
        return type.Kind switch
        {
            PgTypeKind.Base or PgTypeKind.Pseudo => Exists(mapping => mapping.TypeOid == typeOid || mapping.TypeName?.Matches(type) == true),
            PgTypeKind.Array or PgTypeKind.Domain or PgTypeKind.Range or PgTypeKind.Multirange => IsUnderstood(type.PartOid),
            PgTypeKind.Enum => true,
            PgTypeKind.Composite => type.Attributes.All(attribute => IsUnderstood(attribute.TypeOid)),
        };
    }

    private PgTypeDescription? Describe(uint oid)
        => oid < CatalogQuery.FirstUnassigned ? BuiltInStructure.Find(oid) ?? Catalog.Find(oid) : Catalog.Find(oid);

    private uint? ElementOf(uint oid)
    {
        if (Describe(oid) is { } described)
            return described.Kind == PgTypeKind.Array ? described.PartOid : described.Kind == PgTypeKind.Domain ? ElementOf(described.PartOid) : null;
        foreach (var layer in _layers)
        {
            foreach (var mapping in layer)
            {
                if (mapping.ArrayOid == oid && oid != PgTypeOid.Unspecified)
                    return mapping.TypeOid;
            }
        }

        return null;
    }

    /// <summary>What a type is made of, once all that was generated for it is known.</summary>
    private static List<Type> CompleteChainOf(Type type)
    {
        var chain = ClrTypes.ChainOf(type);
        GeneratedTypes.Complete(chain[^1]);
        return chain;
    }

    /// <summary>The mappings, those that were generated last of all.</summary>
    private PgTypeMapping[][] Layers => GeneratedTypes.Layer is { Length: > 0 } generated ? [.. _layers, generated] : _layers;

    private bool Exists(Predicate<PgTypeMapping> condition)
    {
        foreach (var layer in Layers)
        {
            if (Array.Exists(layer, condition))
                return true;
        }

        return false;
    }

    private PgCodec? Find(Type type, uint typeOid, PgTypeUse use)
    {
        if (_found.TryGetValue((type, typeOid, use), out var known))
            return known;
        return _found[(type, typeOid, use)] = Search(type, typeOid, use);
    }

    private PgCodec? Search(Type type, uint typeOid, PgTypeUse use)
    {
        var chain = CompleteChainOf(type);
        foreach (var (mapping, context) in MappingsOf(typeOid, use, chain))
        {
            if (mapping.FindScalar(type, context) is { } scalar)
                return scalar;
        }

        if (ElementOf(typeOid) is not { } element)
            return null;
        var said = ElementIn(element);
        foreach (var (mapping, context) in MappingsOf(element, use, chain))
        {
            if (mapping.FindArray(type, context, said) is { } array)
                return array;
        }

        return null;
    }

    // PostgreSQL source, pg_type.dat: box is the only built-in type with another delimiter than a comma.
    private ArrayElement ElementIn(uint oid) => new(oid, oid == PgTypeOid.Box ? (byte)';' : (byte)(Catalog.Find(oid)?.Delimiter ?? ','));

    /// <summary>The mappings for a type, those of what it is made of included, first those that count most.</summary>
    /// <param name="oid">The type.</param>
    /// <param name="use">What for.</param>
    /// <param name="chain">The .NET type that is wanted and those in it: it spares the runtime from compiling the search of every mapping
    /// for every type. <see langword="null"/> for all.</param>
    private IEnumerable<(PgTypeMapping Mapping, TypeContext Context)> MappingsOf(uint oid, PgTypeUse use, List<Type>? chain)
    {
        var type = Describe(oid);
        var context = new TypeContext(this, oid, type);
        foreach (var layer in Layers)
        {
            foreach (var mapping in layer)
            {
                if (mapping.Use.HasFlag(use) && chain?.Contains(mapping.ClrType) != false
                    && (mapping.TypeName is { } name ? type is not null && name.Matches(type) : mapping.TypeOid == oid))
                    yield return (mapping, context);
            }
        }

        switch (type?.Kind)
        {
            case PgTypeKind.Domain:
                foreach (var found in MappingsOf(type.PartOid, use, chain))
                    yield return found;
                break;
            case PgTypeKind.Range:
                foreach (var (mapping, _) in MappingsOf(type.PartOid, use, chain))
                {
                    if (mapping.AsRange() is { } range)
                        yield return (range, context);
                }

                break;
            case PgTypeKind.Multirange:
                foreach (var (mapping, _) in MappingsOf(type.PartOid, use, chain))
                {
                    if (mapping is not RangeMapping range)
                        continue;
                    foreach (var multirange in range.AsMultiranges())
                        yield return (multirange, context);
                }

                break;
            case PgTypeKind.Enum when chain?.Contains(typeof(string)) != false:
                yield return (EnumText, context);
                break;
            case PgTypeKind.Composite:
            case PgTypeKind.Pseudo when oid == PgTypeOid.Record:
                yield return (RecordMapping.Instance, context);
                break;
            case PgTypeKind.Base when chain?.Contains(typeof(byte[])) != false:
                yield return (RawBytes, context);
                break;
            case PgTypeKind.Base or PgTypeKind.Enum or PgTypeKind.Pseudo or PgTypeKind.Array or null:
                break;
        }
    }

    /// <summary>How a type is written by itself, in the order of preference. The newest layer that knows any knows all.</summary>
    private List<(PgCodec Codec, uint Oid)> NaturalWriters(Type type, out PgTypeName? missing)
    {
        missing = null;
        var chain = CompleteChainOf(type);
        var hasRange = chain.Exists(part => part.IsGenericType && part.GetGenericTypeDefinition() == typeof(PgRange<>));
        var found = new List<(PgCodec, uint)>();
        foreach (var layer in Layers)
        {
            foreach (var mapping in layer)
            {
                if (!mapping.Use.HasFlag(PgTypeUse.Natural) || !chain.Contains(mapping.ClrType))
                    continue;
                var named = mapping.TypeName is { } name ? Catalog.Find(name) : null;
                if (mapping.TypeName is not null && named is null)
                    missing ??= mapping.TypeName;
                else
                    AddNatural(found, type, mapping, named, hasRange);
            }

            if (found.Count > 0)
                missing = null;
            if (found.Count > 0 || missing is not null)
                break;
        }

        return found;
    }

    private void AddNatural(
        List<(PgCodec, uint)> found, Type type, PgTypeMapping mapping, PgTypeDescription? named, bool hasRange)
    {
        var oid = named?.Oid ?? mapping.TypeOid;
        var arrayOid = named?.ArrayOid ?? mapping.ArrayOid;
        var context = new TypeContext(this, oid, named ?? Describe(oid));
        if (mapping.FindScalar(type, context) is { } scalar)
            found.Add((scalar, oid));
        else if (arrayOid != 0 && mapping.FindArray(type, context, ElementIn(oid)) is { } array)
            found.Add((array, arrayOid));
        if (!hasRange || BuiltInStructure.RangeOf(oid) is not { } ranges || mapping.AsRange() is not { } range)
            return;
        var multiranges = BuiltInStructure.MultirangeOf(ranges.Oid)!;
        AddForms(found, type, range, ranges, isArrayToo: false);
        foreach (var multirange in range.AsMultiranges())
            AddForms(found, type, multirange, multiranges, isArrayToo: true);

        // An array of ranges is a multirange by itself; as another collection it is an array.
        if (range.FindArray(type, default, ElementIn(ranges.Oid)) is { } rangeArray && !found.Exists(form => form.Item2 == multiranges.Oid))
            found.Add((rangeArray, ranges.ArrayOid));
    }

    private void AddForms(List<(PgCodec, uint)> found, Type type, PgTypeMapping mapping, PgTypeDescription described, bool isArrayToo)
    {
        if (mapping.FindScalar(type, default) is { } scalar)
            found.Add((scalar, described.Oid));
        else if (isArrayToo && mapping.FindArray(type, default, ElementIn(described.Oid)) is { } array)
            found.Add((array, described.ArrayOid));
    }
}
