namespace PgActors;

/// <summary>Says which label of a PostgreSQL enum a member of a .NET enum stands for, where the names do not tell.</summary>
/// <param name="name">The label, exactly.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class PgNameAttribute(string name) : Attribute
{
    /// <summary>The label.</summary>
    public string Name { get; } = name;
}
