using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace PgActors.Rows.Mapping;

/// <summary>The shape of a type by reflection, and what its constructors and properties are called by.</summary>
internal sealed class ReflectedShape
{
    // Off in trimmed programs unless asked for; a reference then counts as nullable, since nobody can tell.
    private const string NullabilitySwitch = "System.Reflection.NullabilityInfoContext.IsSupported";

    private readonly NullabilityInfoContext? _nullability;
    private readonly PropertyInfo[] _allProperties;
    private readonly ConstructorInfo[] _constructors;
    private readonly PropertyInfo[] _properties;

    /// <exception cref="PgMappingException">The type is none that a row becomes.</exception>
    internal ReflectedShape([DynamicallyAccessedMembers(ObjectPlanner.Needs)] Type type)
    {
        if (type.IsAbstract || type.IsInterface || type.IsPrimitive || type.IsEnum || type.IsArray || type.IsPointer
            || type == typeof(object) || typeof(IEnumerable).IsAssignableFrom(type) || typeof(Delegate).IsAssignableFrom(type))
            throw MappingErrors.NotARow(type);
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            throw MappingErrors.NullableRow(type, underlying);
        _nullability = AppContext.TryGetSwitch(NullabilitySwitch, out var isOn) && !isOn ? null : new NullabilityInfoContext();
        _allProperties = type.GetProperties(BindingFlags.Instance | BindingFlags.Public);
        _properties = _allProperties.Where(p => p.SetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0).ToArray();
        _constructors = type.GetConstructors()
            .Where(c => c.GetParameters() is not [var only] || only.ParameterType != type)
            .Where(c => !c.GetParameters().Any(p => p.ParameterType.IsByRef))
            .OrderByDescending(c => c.GetParameters().Length)
            .ToArray();
        if (_constructors.Length == 0 && !type.IsValueType)
            throw MappingErrors.NotARow(type);
        Shape = new RowShape(type, Array.ConvertAll(_constructors, Describe), Array.ConvertAll(_properties, Describe));
    }

    internal RowShape Shape { get; }

    /// <summary>The plan in terms of what can be called.</summary>
    internal RowConstruction Construct(ObjectPlanner plan)
    {
        var constructor = plan.Constructor < 0 ? null : _constructors[plan.Constructor];
        var parameters = constructor?.GetParameters() ?? [];
        var arguments = new ConstructionArgument[parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            var type = parameters[i].ParameterType;
            var column = plan.ArgumentColumns[i];
            arguments[i] = column >= 0 ? new(type, column) : new(type, -1, null, DefaultOf(parameters[i]));
        }

        var properties = new List<(PropertyInfo, int)>();
        for (var i = 0; i < _properties.Length; i++)
        {
            if (plan.PropertyColumns[i] >= 0)
                properties.Add((_properties[i], plan.PropertyColumns[i]));
        }

        return new(Shape.Type, constructor, arguments, [.. properties]);
    }

    /// <summary>Reflection gives the number where the parameter is <c>T?</c> and <c>T</c> an enum.</summary>
    private static object? DefaultOf(ParameterInfo parameter)
        => parameter.DefaultValue is { } value && Nullable.GetUnderlyingType(parameter.ParameterType) is { IsEnum: true } type
            ? Enum.ToObject(type, value)
            : parameter.DefaultValue;

    private RowConstructor Describe(ConstructorInfo constructor)
        => new(Array.ConvertAll(constructor.GetParameters(), Describe), constructor.IsDefined(typeof(SetsRequiredMembersAttribute)));

    private RowMember Describe(ParameterInfo parameter)
        => new(parameter.Name!, parameter.ParameterType,
            AllowsNull(parameter.ParameterType, () => _nullability?.Create(parameter).WriteState), parameter.HasDefaultValue, ColumnOf(parameter));

    private RowMember Describe(PropertyInfo property)
        => new(property.Name, property.PropertyType, AllowsNull(property.PropertyType, () => _nullability?.Create(property).WriteState),
            !property.IsDefined(typeof(RequiredMemberAttribute)), property.GetCustomAttribute<PgColumnAttribute>()?.Name);

    /// <summary>A positional record's parameter, or the property of the same name if the attribute was put there.</summary>
    private string? ColumnOf(ParameterInfo parameter)
        => (parameter.GetCustomAttribute<PgColumnAttribute>()
            ?? _allProperties.FirstOrDefault(p => p.Name == parameter.Name)?.GetCustomAttribute<PgColumnAttribute>())?.Name;

    private static bool AllowsNull(Type type, Func<NullabilityState?> reference)
        => type.IsValueType ? Nullable.GetUnderlyingType(type) is not null : reference() != NullabilityState.NotNull;
}
