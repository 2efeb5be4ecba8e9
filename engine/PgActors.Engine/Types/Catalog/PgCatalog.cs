using System.Collections.Frozen;

namespace PgActors.Types;

/// <summary>
/// The types of one database that are not built in, as far as they are known. Immutable and safe to share between threads. A database learns
/// them by itself; one may also be made by hand, or saved to a file and loaded where looking up is not wanted.
/// </summary>
public sealed class PgCatalog
{
    private readonly FrozenDictionary<uint, PgTypeDescription> _byOid;
    private readonly FrozenDictionary<string, PgTypeDescription[]> _byName;

    /// <summary>Makes a catalogue.</summary>
    /// <param name="types">The types. Of two with the same OID the last counts.</param>
    public PgCatalog(params IEnumerable<PgTypeDescription> types)
    {
        var byOid = new Dictionary<uint, PgTypeDescription>();
        foreach (var type in types)
            byOid[type.Oid] = type;
        _byOid = byOid.ToFrozenDictionary();
        Types = _byOid.Values;
        _byName = byOid.Values.GroupBy(type => type.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>A catalogue of nothing.</summary>
    public static PgCatalog Empty { get; } = new();

    /// <summary>The types, in no order.</summary>
    public IReadOnlyCollection<PgTypeDescription> Types { get; }

    /// <summary>Finds a type by its OID.</summary>
    /// <returns><see langword="null"/> if it is not known.</returns>
    public PgTypeDescription? Find(uint oid) => _byOid.GetValueOrDefault(oid);

    /// <summary>Finds a type by its name. Of several in different schemas it is the one on the search path.</summary>
    /// <returns><see langword="null"/> if it is not known, or if there are several and none is on the search path.</returns>
    public PgTypeDescription? Find(PgTypeName name)
    {
        if (!_byName.TryGetValue(name.Name, out var types))
            return null;
        PgTypeDescription? found = null;
        var count = 0;
        foreach (var type in types)
        {
            if (!name.Matches(type))
                continue;
            if (type.IsVisible)
                return type;
            found = type;
            count++;
        }

        return count == 1 ? found : null;
    }

    /// <summary>A catalogue with more types, which replace those with the same OID, or the same schema and name.</summary>
    public PgCatalog With(params IEnumerable<PgTypeDescription> types)
    {
        var added = types.ToArray();
        var names = added.Select(type => (type.Schema, type.Name)).ToHashSet();
        return new PgCatalog(_byOid.Values.Where(type => !names.Contains((type.Schema, type.Name))).Concat(added));
    }

    /// <summary>A catalogue without some types, nor those that are made of them.</summary>
    public PgCatalog Without(params IEnumerable<uint> oids)
    {
        var gone = oids.ToHashSet();
        int before;
        do
        {
            before = gone.Count;
            foreach (var type in _byOid.Values)
            {
                if (gone.Contains(type.PartOid) || type.Attributes.Any(attribute => gone.Contains(attribute.TypeOid)))
                    gone.Add(type.Oid);
            }
        }
        while (gone.Count > before);
        return new PgCatalog(_byOid.Values.Where(type => !gone.Contains(type.Oid)));
    }

    /// <summary>Writes the catalogue as JSON, for <see cref="Load"/>.</summary>
    public void Save(Stream stream) => CatalogFile.Write(stream, this);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else; the message says what is wrong.</exception>
    public static PgCatalog Load(Stream stream) => CatalogFile.Read(stream);
}
