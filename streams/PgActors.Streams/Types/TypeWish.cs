namespace PgActors.Types;

/// <summary>A type that is to be looked up, by OID or by name.</summary>
/// <param name="Oid">The OID; 0 if by name.</param>
/// <param name="Name">The name, without schema: all types of that name are looked up.</param>
internal readonly record struct TypeWish(uint Oid, string? Name)
{
    public static TypeWish Of(PgTypeName name) => new(0, name.Name);
}
