namespace PgActors.Types;

/// <summary>What pg_type and its neighbours say of one type. Immutable.</summary>
public sealed record PgTypeDescription
{
    /// <summary>The OID; of types that are not built in it differs from database to database.</summary>
    public required uint Oid { get; init; }

    /// <summary>The schema.</summary>
    public required string Schema { get; init; }

    /// <summary>The name, as it is stored: without quotes.</summary>
    public required string Name { get; init; }

    /// <summary>What it is made of.</summary>
    public required PgTypeKind Kind { get; init; }

    /// <summary>The OID of its array type; 0 if there is none.</summary>
    public uint ArrayOid { get; init; }

    /// <summary>The type that it is made of: an array's element, a domain's base type, a range's subtype, a multirange's range; otherwise
    /// 0.</summary>
    public uint PartOid { get; init; }

    /// <summary>The columns of a composite, dropped ones left out; otherwise empty.</summary>
    public IReadOnlyList<PgAttribute> Attributes { get; init; } = [];

    /// <summary>The labels of an enum in its order; otherwise empty.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Whether the type itself can be sent in binary; what it is made of must be asked too
    /// (<see cref="PgTypeRegistry.HasBinaryForm"/>).</summary>
    public bool HasSendFunction { get; init; } = true;

    /// <summary>What stands between two elements of an array of it in the text form.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Whether the name alone means this type, by the search path of the session that looked it up.</summary>
    public bool IsVisible { get; init; } = true;

    /// <summary>The extension that owns it; <see langword="null"/> if none does.</summary>
    public string? Extension { get; init; }
}
