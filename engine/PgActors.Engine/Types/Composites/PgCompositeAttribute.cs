namespace PgActors;

/// <summary>
/// Has a class, record or struct stand for a composite type wherever it is used, with code written at compile time: nothing is registered
/// by hand. Its columns are matched as those of a row are (<see cref="PgRowAttribute"/>, which this implies); properties of the same
/// names are written. A mapping that is given to <see cref="Types.PgTypeRegistry.With(ReadOnlySpan{Types.PgTypeMapping})"/> comes first.
/// </summary>
/// <param name="typeName">The PostgreSQL type, alone or behind its schema: <c>address</c>, <c>shop.address</c>.</param>
/// <example><code>
/// [PgComposite("shop.address")]
/// public sealed record Address(string Street, int Number);
/// </code></example>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class PgCompositeAttribute(string typeName) : Attribute
{
    /// <summary>The PostgreSQL type.</summary>
    public string TypeName { get; } = typeName;
}
