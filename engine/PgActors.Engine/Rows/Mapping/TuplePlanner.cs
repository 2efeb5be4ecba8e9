using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace PgActors.Rows.Mapping;

/// <summary>Plans tuples: items take the columns by position. The eighth item of a long tuple is a tuple of the rest.</summary>
internal static class TuplePlanner
{
    private const int ItemsBeforeRest = 7;

    internal static bool IsTuple(Type type)
        => type.IsGenericType && typeof(ITuple).IsAssignableFrom(type) && type.Namespace == "System"
            && (type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal) || type.Name.StartsWith("Tuple`", StringComparison.Ordinal));

    internal static List<Type> ItemTypes(Type tuple)
    {
        var items = new List<Type>();
        while (true)
        {
            var arguments = tuple.GetGenericArguments();
            items.AddRange(arguments.Take(ItemsBeforeRest));
            if (arguments.Length <= ItemsBeforeRest)
                return items;
            tuple = arguments[ItemsBeforeRest];
            if (!IsTuple(tuple))
                throw MappingErrors.NotARow(tuple);
        }
    }

    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,,,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,,,,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<,,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<,,,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<,,,,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(Tuple<,,,,,,,>))]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Only tuples come here, whose constructors are kept above.")]
    internal static RowConstruction Plan(Type tuple, int firstColumn = 0)
    {
        var items = tuple.GetGenericArguments();
        var arguments = new ConstructionArgument[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            arguments[i] = i < ItemsBeforeRest
                ? new(items[i], firstColumn + i)
                : new(items[i], -1, Plan(items[i], firstColumn + ItemsBeforeRest));
        }

        return new(tuple, tuple.GetConstructor(items), arguments, []);
    }
}
