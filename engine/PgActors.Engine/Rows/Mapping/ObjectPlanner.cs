using System.Diagnostics.CodeAnalysis;

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

    private readonly RowShape _shape;
    private readonly RowLayout _layout;
    private readonly Dictionary<string, int> _columns = [];
    private readonly RowMember?[] _places;

    /// <exception cref="PgMappingException">Columns and members do not match.</exception>
    internal ObjectPlanner(RowShape shape, RowLayout layout)
    {
        _shape = shape;
        _layout = layout;
        _places = new RowMember?[layout.Count];
        NameColumns();
        Constructor = ChooseConstructor();
        var parameters = Constructor < 0 ? [] : shape.Constructors[Constructor].Parameters;
        ArgumentColumns = Array.ConvertAll(parameters, Place);
        PropertyColumns = PlaceProperties(parameters);
        for (var i = 0; i < _places.Length; i++)
        {
            if (_places[i] is null)
                throw MappingErrors.ExtraColumn(_shape.Type, i, _layout[i].Name);
        }
    }

    /// <summary>Which constructor is called; -1 for a struct that is zeroed.</summary>
    internal int Constructor { get; }

    /// <summary>The column of each parameter; -1 if it takes its default.</summary>
    internal int[] ArgumentColumns { get; }

    /// <summary>The column of each property; -1 if it is not set.</summary>
    internal int[] PropertyColumns { get; }

    /// <summary>The member that takes a column.</summary>
    internal RowMember PlaceOf(int column) => _places[column]!;

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
    private int ChooseConstructor()
    {
        var found = Array.FindIndex(_shape.Constructors, c => c.Parameters.All(p => p.IsOptional || FindColumn(p) >= 0));
        return found >= 0 || _shape.Type.IsValueType ? found : 0;
    }

    private int[] PlaceProperties(RowMember[] parameters)
    {
        var requiredAreSet = Constructor >= 0 && _shape.Constructors[Constructor].SetsRequiredMembers;
        var byParameter = parameters.Select(p => Normalize(p.Name)).ToHashSet();
        return Array.ConvertAll(_shape.Properties, property =>
        {
            if (byParameter.Contains(Normalize(property.Name)))
                return -1;
            return Place(requiredAreSet ? property with { IsOptional = true } : property);
        });
    }

    private int Place(RowMember member)
    {
        var column = FindColumn(member);
        if (column < 0)
        {
            return member.IsOptional
                ? -1
                : throw MappingErrors.MissingColumn(_shape.Type, member.Name, member.Type, member.Column ?? member.Name, _layout);
        }

        if (_places[column] is not null)
            throw MappingErrors.ExtraColumn(_shape.Type, column, _layout[column].Name);
        _places[column] = member;
        return column;
    }

    private int FindColumn(RowMember member)
    {
        if (member.Column is not { } exact)
        {
            if (!_columns.TryGetValue(Normalize(member.Name), out var column))
                return -1;
            return column >= 0 ? column : throw Duplicate(Normalize(member.Name), exact: false);
        }

        var found = -1;
        for (var i = 0; i < _layout.Count; i++)
        {
            if (_layout[i].Name != exact)
                continue;
            if (found >= 0)
                throw Duplicate(exact, exact: true);
            found = i;
        }

        return found;
    }

    private PgMappingException Duplicate(string name, bool exact)
    {
        var same = Enumerable.Range(0, _layout.Count)
            .Where(i => (exact ? _layout[i].Name : Normalize(_layout[i].Name)) == name)
            .Take(2)
            .ToArray();
        return MappingErrors.DuplicateColumn(_shape.Type, same[0], same[1], _layout[same[1]].Name);
    }
}
