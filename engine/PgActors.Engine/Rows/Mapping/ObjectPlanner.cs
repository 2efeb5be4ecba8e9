using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace PgActors.Rows.Mapping;

/// <summary>
/// Plans classes, records and structs: constructor parameters and settable properties take the columns by name. Every column must have a
/// place. Every constructor parameter without a default, and every required property, must have a column; another property keeps what
/// the constructor gave it, which cannot hide a misspelt name because that column then has no place.
/// </summary>
internal sealed class ObjectPlanner
{
    internal const DynamicallyAccessedMemberTypes Needs
        = DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties;

    // Off in trimmed programs unless asked for; a reference then counts as nullable, since nobody can tell.
    private const string NullabilitySwitch = "System.Reflection.NullabilityInfoContext.IsSupported";

    [DynamicallyAccessedMembers(Needs)]
    private readonly Type _type;

    private readonly RowLayout _layout;
    private readonly Dictionary<string, int> _columns = [];
    private readonly PropertyInfo[] _properties;
    private readonly NullabilityInfoContext? _nullability;
    private readonly MemberPlace?[] _places;

    internal ObjectPlanner([DynamicallyAccessedMembers(Needs)] Type type, RowLayout layout)
    {
        _type = type;
        _layout = layout;
        _properties = type.GetProperties(BindingFlags.Instance | BindingFlags.Public);
        _nullability = AppContext.TryGetSwitch(NullabilitySwitch, out var isOn) && !isOn ? null : new NullabilityInfoContext();
        _places = new MemberPlace?[layout.Count];
    }

    /// <summary>Who takes each column, once <see cref="Plan"/> has returned.</summary>
    internal MemberPlace PlaceOf(int column) => _places[column]!;

    /// <exception cref="PgMappingException">Columns and members do not match.</exception>
    internal RowConstruction Plan()
    {
        if (_type.IsAbstract || _type.IsInterface || _type.IsPrimitive || _type.IsEnum || _type.IsArray || _type.IsPointer
            || _type == typeof(object) || typeof(IEnumerable).IsAssignableFrom(_type) || typeof(Delegate).IsAssignableFrom(_type))
            throw MappingErrors.NotARow(_type);
        if (Nullable.GetUnderlyingType(_type) is { } underlying)
            throw MappingErrors.NullableRow(_type, underlying);
        NameColumns();
        var constructor = ChooseConstructor();
        var parameters = constructor?.GetParameters() ?? [];
        var arguments = new ConstructionArgument[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
            arguments[i] = Argument(parameters[i]);
        var properties = Properties(constructor);
        for (var i = 0; i < _places.Length; i++)
        {
            if (_places[i] is null)
                throw MappingErrors.ExtraColumn(_type, i, _layout[i].Name);
        }

        return new(_type, constructor, arguments, properties);
    }

    internal static string Normalize(string name)
        => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private void NameColumns()
    {
        for (var i = 0; i < _layout.Count; i++)
        {
            var name = _layout[i].Name;
            if (!_columns.TryAdd(Normalize(name), i))
                _columns[Normalize(name)] = -1;
        }
    }

    /// <summary>The public constructor with the most parameters that the columns can fill. If none can be filled, the one with the most
    /// parameters, so that the error says what it lacks.</summary>
    private ConstructorInfo? ChooseConstructor()
    {
        var candidates = _type.GetConstructors()
            .Where(c => c.GetParameters() is not [var only] || only.ParameterType != _type)
            .OrderByDescending(c => c.GetParameters().Length)
            .ToArray();
        if (candidates.Length == 0 && !_type.IsValueType)
            throw MappingErrors.NotARow(_type);
        return candidates.FirstOrDefault(c => c.GetParameters().All(CanFill)) ?? (_type.IsValueType ? null : candidates[0]);
    }

    private bool CanFill(ParameterInfo parameter)
        => parameter.HasDefaultValue || TryFindColumn(AttributeOf(parameter), parameter.Name!, out _);

    private ConstructionArgument Argument(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (TryFindColumn(AttributeOf(parameter), parameter.Name!, out var column))
        {
            Take(column, new(type, $"{_type.Name}.{parameter.Name}", AllowsNull(type, () => _nullability?.Create(parameter).WriteState)));
            return new(type, column);
        }

        return parameter.HasDefaultValue
            ? new(type, -1, null, parameter.DefaultValue)
            : throw MappingErrors.MissingColumn(_type, parameter.Name!, type, Expected(AttributeOf(parameter), parameter.Name!), _layout);
    }

    private (PropertyInfo Property, int Column)[] Properties(ConstructorInfo? constructor)
    {
        var requiredAreSet = constructor?.IsDefined(typeof(SetsRequiredMembersAttribute)) ?? false;
        var byParameter = (constructor?.GetParameters() ?? []).Select(p => Normalize(p.Name!)).ToHashSet();
        var result = new List<(PropertyInfo, int)>();
        foreach (var property in _properties)
        {
            if (byParameter.Contains(Normalize(property.Name)) || property.SetMethod is not { IsPublic: true }
                || property.GetIndexParameters().Length > 0)
                continue;
            var attribute = property.GetCustomAttribute<PgColumnAttribute>();
            var type = property.PropertyType;
            if (TryFindColumn(attribute, property.Name, out var column))
            {
                Take(column, new(type, $"{_type.Name}.{property.Name}", AllowsNull(type, () => _nullability?.Create(property).WriteState)));
                result.Add((property, column));
            }
            else if (!requiredAreSet && property.IsDefined(typeof(RequiredMemberAttribute)))
            {
                throw MappingErrors.MissingColumn(_type, property.Name, type, Expected(attribute, property.Name), _layout);
            }
        }

        return [.. result];
    }

    private void Take(int column, MemberPlace place)
    {
        if (_places[column] is not null)
            throw MappingErrors.ExtraColumn(_type, column, _layout[column].Name);
        _places[column] = place;
    }

    /// <summary>A positional record's parameter, or the property of the same name if the attribute was put there.</summary>
    private PgColumnAttribute? AttributeOf(ParameterInfo parameter)
        => parameter.GetCustomAttribute<PgColumnAttribute>()
            ?? _properties.FirstOrDefault(p => p.Name == parameter.Name)?.GetCustomAttribute<PgColumnAttribute>();

    private static string Expected(PgColumnAttribute? attribute, string member) => attribute?.Name ?? member;

    private bool TryFindColumn(PgColumnAttribute? attribute, string member, out int column)
    {
        column = -1;
        if (attribute is null)
        {
            if (!_columns.TryGetValue(Normalize(member), out column))
                return false;
            if (column < 0)
                throw Duplicate(Normalize(member), exact: false);
            return true;
        }

        for (var i = 0; i < _layout.Count; i++)
        {
            if (_layout[i].Name != attribute.Name)
                continue;
            if (column >= 0)
                throw Duplicate(attribute.Name, exact: true);
            column = i;
        }

        return column >= 0;
    }

    private PgMappingException Duplicate(string name, bool exact)
    {
        var same = Enumerable.Range(0, _layout.Count)
            .Where(i => (exact ? _layout[i].Name : Normalize(_layout[i].Name)) == name)
            .Take(2)
            .ToArray();
        return MappingErrors.DuplicateColumn(_type, same[0], same[1], _layout[same[1]].Name);
    }

    private static bool AllowsNull(Type type, Func<NullabilityState?> reference)
        => type.IsValueType ? Nullable.GetUnderlyingType(type) is not null : reference() != NullabilityState.NotNull;

    /// <summary>The member that takes a column.</summary>
    /// <param name="Type">Its type.</param>
    /// <param name="Name">Its name, for messages.</param>
    /// <param name="AllowsNull">Whether it takes NULL.</param>
    internal sealed record MemberPlace(Type Type, string Name, bool AllowsNull);
}
