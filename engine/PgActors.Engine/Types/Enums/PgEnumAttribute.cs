namespace PgActors;

/// <summary>
/// Has a .NET enum stand for a PostgreSQL enum wherever it is used, with code written at compile time: nothing is registered by hand. A
/// member stands for the label that its <see cref="PgNameAttribute"/> names, or that is the same but for case, underscores, blanks and
/// hyphens. The enum must be public or internal, as must the types around it. A mapping that is given to
/// <see cref="Types.PgTypeRegistry.With(ReadOnlySpan{Types.PgTypeMapping})"/> comes first.
/// </summary>
/// <param name="typeName">The PostgreSQL type, alone or behind its schema: <c>mood</c>, <c>shop.mood</c>.</param>
/// <example><code>
/// [PgEnum("mood")]
/// public enum Mood { Sad, Ok, [PgName("over the moon")] Happy }
/// </code></example>
[AttributeUsage(AttributeTargets.Enum)]
public sealed class PgEnumAttribute(string typeName) : Attribute
{
    /// <summary>The PostgreSQL type.</summary>
    public string TypeName { get; } = typeName;
}
