using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace PgActors.Testing;

/// <summary>The line of a type: modifiers, kind, name, bases, constraints.</summary>
internal static class TypeText
{
    public static string Of(Type type)
    {
        var access = type.IsPublic || type.IsNestedPublic ? "public" : "protected";
        if (type.IsSubclassOf(typeof(Delegate)))
            return $"{access} delegate {MemberText.OfDelegate(type)}";
        var flags = type.IsDefined(typeof(FlagsAttribute)) ? "[Flags] " : "";
        var bases = Bases(type).ToArray();
        return $"{flags}{access} {Kind(type)} {TypeName.Declared(type)}{(bases.Length == 0 ? "" : " : " + string.Join(", ", bases))}"
            + Constraints(type.GetGenericArguments().Skip(type.DeclaringType?.GetGenericArguments().Length ?? 0));
    }

    /// <summary>The where-clauses of type parameters, each with a blank in front.</summary>
    public static string Constraints(IEnumerable<Type> parameters)
    {
        var text = "";
        foreach (var parameter in parameters)
        {
            var all = ConstraintsOf(parameter).ToArray();
            if (all.Length > 0)
                text += $" where {parameter.Name} : {string.Join(", ", all)}";
        }

        return text;
    }

    private static IEnumerable<string> ConstraintsOf(Type parameter)
    {
        var attributes = parameter.GenericParameterAttributes;
        var isValueType = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            yield return "class";
        if (isValueType)
            yield return "struct";
        foreach (var constraint in parameter.GetGenericParameterConstraints().Where(constraint => constraint != typeof(ValueType)))
            yield return TypeName.Of(constraint);
        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isValueType)
            yield return "new()";
        if (attributes.HasFlag(GenericParameterAttributes.AllowByRefLike))
            yield return "allows ref struct";
    }

    private static string Kind(Type type)
    {
        if (type.IsEnum)
            return "enum";
        if (type.IsInterface)
            return "interface";
        if (type.IsValueType)
        {
            var readOnly = type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "";
            var byRefLike = type.IsByRefLike ? "ref " : "";
            return $"{readOnly}{byRefLike}{(IsRecord(type) ? "record " : "")}struct";
        }

        var modifier = (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => "static ",
            (true, false) => "abstract ",
            (false, true) => "sealed ",
            (false, false) => "",
        };
        return $"{modifier}{(IsRecord(type) ? "record" : "class")}";
    }

    // Only the compiler writes a method of this form: the text of a record's members.
    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly, [typeof(StringBuilder)])
            ?.IsDefined(typeof(CompilerGeneratedAttribute)) == true;

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.IsEnum)
        {
            var underlying = Enum.GetUnderlyingType(type);
            return underlying == typeof(int) ? [] : [TypeName.Of(underlying)];
        }

        string[] parent = type.BaseType is { } ancestor && ancestor != typeof(object) && ancestor != typeof(ValueType)
            ? [TypeName.Of(ancestor)]
            : [];
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var interfaces = type.GetInterfaces()
            .Except(inherited)
            .Where(contract => contract.IsVisible)
            .Select(TypeName.Of)
            .Where(name => !IsRecord(type) || name != $"IEquatable<{TypeName.Declared(type)}>")
            .Order(StringComparer.Ordinal);
        return parent.Concat(interfaces);
    }
}
