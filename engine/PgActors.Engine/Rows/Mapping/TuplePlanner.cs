using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace PgActors.Rows.Mapping;

/// <summary>Plans tuples: items take the columns by position. The eighth item of a long tuple is a tuple of the rest.</summary>
internal static class TuplePlanner
{
    private const int ItemsBeforeRest = 7;

    private const DynamicallyAccessedMemberTypes Constructed = DynamicallyAccessedMemberTypes.PublicConstructors
        | DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties;

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

    /// <summary>The ways to the items.</summary>
    internal static List<MemberInfo[]> MembersOf(Type tuple)
    {
        var members = new List<MemberInfo[]>();
        var rest = new List<MemberInfo>();
        while (true)
        {
            var items = tuple.GetGenericArguments();
            for (var i = 0; i < Math.Min(items.Length, ItemsBeforeRest); i++)
                members.Add([.. rest, Member(tuple, $"Item{i + 1}")]);
            if (items.Length <= ItemsBeforeRest)
                return members;
            rest.Add(Member(tuple, "Rest"));
            tuple = items[ItemsBeforeRest];
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Fields and properties of tuples are kept with their constructors.")]
    private static MemberInfo Member(Type tuple, string name) => (MemberInfo?)tuple.GetField(name) ?? tuple.GetProperty(name)!;

    [DynamicDependency(Constructed, typeof(ValueTuple<>))]
    [DynamicDependency(Constructed, typeof(ValueTuple<,>))]
    [DynamicDependency(Constructed, typeof(ValueTuple<,,>))]
    [DynamicDependency(Constructed, typeof(ValueTuple<,,,>))]
    [DynamicDependency(Constructed, typeof(ValueTuple<,,,,>))]
    [DynamicDependency(Constructed, typeof(ValueTuple<,,,,,>))]
    [DynamicDependency(Constructed, typeof(ValueTuple<,,,,,,>))]
    [DynamicDependency(Constructed, typeof(ValueTuple<,,,,,,,>))]
    [DynamicDependency(Constructed, typeof(Tuple<>))]
    [DynamicDependency(Constructed, typeof(Tuple<,>))]
    [DynamicDependency(Constructed, typeof(Tuple<,,>))]
    [DynamicDependency(Constructed, typeof(Tuple<,,,>))]
    [DynamicDependency(Constructed, typeof(Tuple<,,,,>))]
    [DynamicDependency(Constructed, typeof(Tuple<,,,,,>))]
    [DynamicDependency(Constructed, typeof(Tuple<,,,,,,>))]
    [DynamicDependency(Constructed, typeof(Tuple<,,,,,,,>))]
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
