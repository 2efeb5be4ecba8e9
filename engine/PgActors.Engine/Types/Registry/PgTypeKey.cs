namespace PgActors.Types;

/// <summary>How a mapping says which type it is for: by OID or by name.</summary>
/// <param name="Oid">The OID; 0 if by name.</param>
/// <param name="ArrayOid">The OID of its array type; 0 if there is none, or if by name.</param>
/// <param name="Name">The name; <see langword="null"/> if by OID.</param>
/// <param name="Label">The name for error messages, if by OID and not built in.</param>
internal readonly record struct PgTypeKey(uint Oid, uint ArrayOid, PgTypeName? Name, string? Label)
{
    internal static PgTypeKey Named(PgTypeName name) => new(0, 0, name, null);
}
