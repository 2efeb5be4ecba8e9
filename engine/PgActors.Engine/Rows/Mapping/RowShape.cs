namespace PgActors.Rows.Mapping;

/// <summary>What a class, record or struct takes columns with: found by reflection, or written down by the generator. Immutable.</summary>
public sealed class RowShape
{
    /// <summary>Describes a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="constructors">Its public constructors, those with more parameters first. None for a struct that is made by zeroing it.
    /// The array is kept and must not change.</param>
    /// <param name="properties">Its settable properties, kept likewise.</param>
    public RowShape(Type type, RowConstructor[] constructors, RowMember[] properties)
    {
        Type = type;
        Constructors = constructors;
        Properties = properties;
    }

    internal Type Type { get; }

    internal RowConstructor[] Constructors { get; }

    internal RowMember[] Properties { get; }
}
