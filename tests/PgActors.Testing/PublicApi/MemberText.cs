using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace PgActors.Testing;

/// <summary>The lines of members.</summary>
internal static class MemberText
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Lock OneAtATime = new();

    /// <summary>The member's line; null if no user sees it, or if it is told with its type or property.</summary>
    public static string? OfVisible(MemberInfo member) => member switch
    {
        ConstructorInfo constructor when IsVisible(constructor) => Of(constructor),
        FieldInfo { IsPublic: true } or FieldInfo { IsFamily: true } or FieldInfo { IsFamilyOrAssembly: true } => Of((FieldInfo)member),
        PropertyInfo property when IsVisible(property) => Of(property),
        EventInfo happening when IsAccessible(happening.AddMethod!) => Of(happening),
        MethodInfo method when IsVisible(method) => Of(method),
        _ => null,
    };

    public static string OfEnumValue(FieldInfo field) =>
        $"{field.Name} = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}";

    public static string OfDelegate(Type type)
    {
        var invoke = type.GetMethod("Invoke")!;
        return $"{Result(invoke)} {TypeName.Declared(type)}({Parameters(invoke)}){TypeText.Constraints(type.GetGenericArguments())}";
    }

    private static bool IsVisible(MethodBase method) =>
        IsAccessible(method) && !method.IsDefined(typeof(CompilerGeneratedAttribute)) && (!method.IsSpecialName || IsNamed(method))
        && method is not ConstructorInfo { IsStatic: true };

    // A record's EqualityContract is the compiler's.
    private static bool IsVisible(PropertyInfo property) =>
        property.GetAccessors(nonPublic: true).Any(IsAccessible) && property.Name != "EqualityContract";

    private static string Of(ConstructorInfo constructor) =>
        $"{Access(constructor)} {constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor)})";

    private static string Of(FieldInfo field)
    {
        var access = field.IsPublic ? "public" : "protected";
        var type = TypeName.Of(field.FieldType, Locked(() => Nullability.Create(field)));
        if (field.IsLiteral)
            return $"{access} const {type} {field.Name} = {Literal(field.GetRawConstantValue(), field.FieldType)}";
        return $"{access} {(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{type} {field.Name}";
    }

    private static string Of(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(IsAccessible).ToArray();
        var widest = accessors.FirstOrDefault(accessor => accessor.IsPublic) ?? accessors[0];
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var indices = property.GetIndexParameters();
        var name = indices.Length == 0 ? property.Name : $"this[{string.Join(", ", indices.Select(Parameter))}]";
        var info = Locked(() => Nullability.Create(property));
        var type = Reference(property.GetMethod?.ReturnParameter) + TypeName.Of(property.PropertyType, info);
        var body = string.Join(" ", accessors.Select(accessor => Accessor(accessor, widest)));
        return $"{Access(widest)} {required}{Modifiers(widest)}{type} {name} {{ {body} }}";
    }

    private static string Of(EventInfo happening)
    {
        var add = happening.AddMethod!;
        return $"{Access(add)} {Modifiers(add)}event {TypeName.Of(happening.EventHandlerType!)} {happening.Name}";
    }

    private static string Of(MethodInfo method)
    {
        var generic = method.GetGenericArguments();
        var arguments = generic.Length == 0 ? "" : $"<{string.Join(", ", generic.Select(argument => argument.Name))}>";
        var head = method.Name switch
        {
            "op_Implicit" => $"implicit operator {Result(method)}",
            "op_Explicit" => $"explicit operator {Result(method)}",
            var name when name.StartsWith("op_", StringComparison.Ordinal) => $"{Result(method)} operator {name[3..]}",
            var name => $"{Result(method)} {name}{arguments}",
        };
        return $"{Access(method)} {Modifiers(method)}{head}({Parameters(method)}){TypeText.Constraints(generic)}";
    }

    private static bool IsAccessible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsNamed(MethodBase method) => method.IsConstructor || method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";

    private static string Modifiers(MethodInfo method)
    {
        // Said once for a whole readonly struct.
        var isReadOnly = method.IsDefined(typeof(IsReadOnlyAttribute)) && !method.DeclaringType!.IsDefined(typeof(IsReadOnlyAttribute));
        var readOnly = isReadOnly ? "readonly " : "";
        if (method.IsStatic)
            return method is { IsAbstract: true } ? "static abstract " : method.IsVirtual ? "static virtual " : "static ";
        if (!method.IsVirtual || method.DeclaringType!.IsInterface)
            return readOnly;
        if (method.GetBaseDefinition().DeclaringType != method.DeclaringType)
            return readOnly + (method.IsFinal && !method.DeclaringType.IsSealed ? "sealed override " : "override ");
        if (method.IsFinal)
            return readOnly;
        return method.IsAbstract ? "abstract " : "virtual ";
    }

    private static string Accessor(MethodInfo accessor, MethodInfo widest)
    {
        var isInit = accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
        var word = accessor.ReturnType != typeof(void) ? "get" : isInit ? "init" : "set";
        return Access(accessor) == Access(widest) ? $"{word};" : $"{Access(accessor)} {word};";
    }

    private static string Result(MethodInfo method) =>
        Reference(method.ReturnParameter) + TypeName.Of(method.ReturnType, Locked(() => Nullability.Create(method.ReturnParameter)));

    private static string Reference(ParameterInfo? returned)
    {
        if (returned is null || !returned.ParameterType.IsByRef)
            return "";
        return returned.IsDefined(typeof(IsReadOnlyAttribute)) ? "ref readonly " : "ref ";
    }

    private static string Parameters(MethodBase method)
    {
        var extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return extension + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var passing = !parameter.ParameterType.IsByRef
            ? parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : ""
            : parameter.IsOut ? "out "
            : parameter.IsIn ? "in "
            : parameter.IsDefined(typeof(RequiresLocationAttribute)) ? "ref readonly "
            : "ref ";
        var type = TypeName.Of(parameter.ParameterType, Locked(() => Nullability.Create(parameter)));
        var value = parameter.HasDefaultValue ? $" = {Literal(parameter.RawDefaultValue, parameter.ParameterType)}" : "";
        return $"{passing}{type} {parameter.Name}{value}";
    }

    private static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
        char character => $"'{character}'",
        bool truth => truth ? "true" : "false",
        _ when (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } named =>
            $"{TypeName.Of(named)}.{Enum.ToObject(named, value)}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    // The context keeps what it has worked out and is not made for several threads.
    private static NullabilityInfo Locked(Func<NullabilityInfo> create)
    {
        lock (OneAtATime)
            return create();
    }
}
