namespace PgActors.Types;

/// <summary>What .NET types are made of.</summary>
internal static class ClrTypes
{
    /// <summary>The type in a nullable, array, list or range; <see langword="null"/> if there is none.</summary>
    internal static Type? PartOf(Type type)
    {
        if (type.IsArray)
            return type.GetElementType();
        if (!type.IsGenericType)
            return null;
        var generic = type.GetGenericTypeDefinition();
        return generic == typeof(Nullable<>) || generic == typeof(List<>) || generic == typeof(PgRange<>) || generic == typeof(PgArray<>)
            || generic == typeof(IEnumerable<>) || generic == typeof(IReadOnlyList<>) || generic == typeof(IReadOnlyCollection<>)
            || generic == typeof(IList<>) || generic == typeof(ICollection<>)
            ? type.GetGenericArguments()[0]
            : null;
    }

    /// <summary>The type, the type in it, and so on.</summary>
    internal static List<Type> ChainOf(Type type)
    {
        var chain = new List<Type>(4);
        for (var part = type; part is not null; part = PartOf(part))
            chain.Add(part);
        return chain;
    }
}
