using PgActors.Protocol;

namespace PgActors.Rows;

/// <summary>One column of a result, as RowDescription describes it.</summary>
/// <param name="Name">The column's name, or what AS made of it.</param>
/// <param name="TableOid">The table it comes from; 0 if it is no plain column of a table.</param>
/// <param name="AttributeNumber">Its number in that table; 0 if none, negative for system columns.</param>
/// <param name="TypeOid">The type's OID; a domain is reported as its base type.</param>
/// <param name="TypeLength">Bytes of a fixed-size type; -1 variable, -2 C string.</param>
/// <param name="TypeModifier">The type's modifier (length, precision); -1 if none.</param>
/// <param name="Format">How this execution sends it.</param>
public readonly record struct ColumnDescription(
    string Name, uint TableOid, short AttributeNumber, uint TypeOid, short TypeLength, int TypeModifier, DataFormat Format);
