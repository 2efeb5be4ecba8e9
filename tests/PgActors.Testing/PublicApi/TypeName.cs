using System.Reflection;

namespace PgActors.Testing;

/// <summary>Names of types as C# writes them.</summary>
internal static class TypeName
{
    // Namespaces that every reader has in mind; a name from elsewhere is written in full.
    private static readonly HashSet<string> Familiar =
        ["System", "System.Collections.Generic", "System.Threading", "System.Threading.Tasks", nameof(PgActors)];

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    /// <summary>The name by which types are sorted: namespace first.</summary>
    public static string Sortable(Type type) => type.FullName!;

    /// <summary>The type's own name with its parameters, and the types it is nested in.</summary>
    public static string Declared(Type type) => Qualified(type, type.GetGenericArguments().Select(argument => argument.Name).ToArray());

    /// <summary>A use of a type, without annotations of null.</summary>
    public static string Of(Type type) => Of(type, null);

    /// <summary>A use of a type, with a question mark after each reference type that may be null.</summary>
    public static string Of(Type type, NullabilityInfo? nullability)
    {
        var isNullable = nullability is { ReadState: NullabilityState.Nullable }
            or { ReadState: NullabilityState.Unknown, WriteState: NullabilityState.Nullable };
        var mark = isNullable ? "?" : "";
        if (type.IsByRef)
            return Of(type.GetElementType()!, nullability);
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Of(value, Argument(nullability, 0)) + "?";
        if (type.IsArray)
            return $"{Of(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        if (type.IsPointer)
            return Of(type.GetElementType()!) + "*";
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword + (type.IsValueType ? "" : mark);

        // Reflection calls every type parameter without a constraint nullable, marked or not.
        if (type.IsGenericParameter)
            return type.Name;
        var arguments = type.GetGenericArguments().Select((argument, i) => Of(argument, Argument(nullability, i))).ToArray();
        if (type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true)
            return $"({string.Join(", ", arguments)})";
        return Qualified(type, arguments) + (type.IsValueType ? "" : mark);
    }

    private static NullabilityInfo? Argument(NullabilityInfo? nullability, int index) =>
        nullability is not null && index < nullability.GenericTypeArguments.Length ? nullability.GenericTypeArguments[index] : null;

    // A nested type's arguments begin with those of the types around it.
    private static string Qualified(Type type, string[] arguments)
    {
        var outer = type.DeclaringType;
        var taken = outer?.GetGenericArguments().Length ?? 0;
        var prefix = outer is not null
            ? Qualified(outer, arguments[..taken]) + "."
            : type.Namespace is null || Familiar.Contains(type.Namespace) ? "" : type.Namespace + ".";
        var own = arguments[taken..];
        var name = type.Name.Split('`')[0];
        return own.Length == 0 ? prefix + name : $"{prefix}{name}<{string.Join(", ", own)}>";
    }
}
