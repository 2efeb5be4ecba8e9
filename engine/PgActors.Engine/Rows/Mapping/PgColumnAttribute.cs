namespace PgActors;

/// <summary>Names the column that a property or constructor parameter is read from, where the names differ by more than case and
/// underscores. The name is compared exactly.</summary>
/// <param name="name">The column's name.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PgColumnAttribute(string name) : Attribute
{
    /// <summary>The column's name.</summary>
    public string Name { get; } = name;
}
