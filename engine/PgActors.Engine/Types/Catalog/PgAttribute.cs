namespace PgActors.Types;

/// <summary>A column of a composite type.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeOid">Its type; of a domain that of the domain.</param>
public readonly record struct PgAttribute(string Name, uint TypeOid);
