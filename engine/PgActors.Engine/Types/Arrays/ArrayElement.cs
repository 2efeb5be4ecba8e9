namespace PgActors.Types;

/// <summary>What an array says of its elements.</summary>
/// <param name="Oid">Their type.</param>
/// <param name="Delimiter">What stands between two of them in the text form: a comma, except that box has a semicolon.</param>
internal readonly record struct ArrayElement(uint Oid, byte Delimiter = (byte)',');
