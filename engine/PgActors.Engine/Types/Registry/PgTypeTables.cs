namespace PgActors.Types;

/// <summary>What a registry looks things up in. Filled once, before the registry is seen by anybody; never changed after that.</summary>
internal sealed class PgTypeTables
{
    private readonly HashSet<Type> _naturalHere = [];

    internal PgTypeTables()
    {
    }

    internal PgTypeTables(PgTypeTables other)
    {
        Readers = new(other.Readers);
        Writers = new(other.Writers);
        Natural = new(other.Natural);
        NaturalReaders = new(other.NaturalReaders);
        Readable = [.. other.Readable];
        Names = new(other.Names);
    }

    internal Dictionary<(Type Type, uint Oid), PgCodec> Readers { get; } = [];

    internal Dictionary<(Type Type, uint Oid), PgCodec> Writers { get; } = [];

    /// <summary>How a type is written by itself, in the order of preference.</summary>
    internal Dictionary<Type, (PgCodec Codec, uint Oid)[]> Natural { get; } = [];

    /// <summary>The type that an error message proposes for a column.</summary>
    internal Dictionary<uint, Type> NaturalReaders { get; } = [];

    internal HashSet<Type> Readable { get; } = [];

    internal Dictionary<uint, string> Names { get; } = [];

    internal void Add(PgCodec codec, uint oid, PgTypeUse use)
    {
        var type = codec.ClrType;
        if (use.HasFlag(PgTypeUse.Read))
        {
            Readers[(type, oid)] = codec;
            Readable.Add(type);
        }

        if (use.HasFlag(PgTypeUse.Write))
            Writers[(type, oid)] = codec;
        if (!use.HasFlag(PgTypeUse.Natural))
            return;

        // What is added later replaces what an older registry had, and stands beside what was added together with it.
        Natural[type] = _naturalHere.Add(type) ? [(codec, oid)] : [.. Natural[type], (codec, oid)];
        NaturalReaders.TryAdd(oid, type);
    }

    internal void AddName(uint oid, uint arrayOid, string? name)
    {
        if (name is null)
            return;
        Names[oid] = name;
        if (arrayOid != 0)
            Names[arrayOid] = name + "[]";
    }
}
