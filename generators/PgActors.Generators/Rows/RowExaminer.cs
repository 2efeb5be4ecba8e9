using Microsoft.CodeAnalysis;
using PgActors.Generators.Symbols;

namespace PgActors.Generators.Rows;

/// <summary>Finds out how a type takes columns, by the rules of the mapper that works without generated code.</summary>
internal sealed class RowExaminer
{
    private readonly INamedTypeSymbol _type;
    private readonly Action<Diagnostic> _report;
    private readonly List<IPropertySymbol> _properties;
    private bool _isUsable = true;

    private RowExaminer(INamedTypeSymbol type, Action<Diagnostic> report)
    {
        _type = type;
        _report = report;
        _properties = PublicProperties.Of(type);
    }

    /// <returns><see langword="null"/> if something was reported.</returns>
    internal static RowModel? Examine(INamedTypeSymbol type, Action<Diagnostic> report) => new RowExaminer(type, report).Examine();

    private RowModel? Examine()
    {
        if (!IsNameable() || !IsConstructible())
            return null;
        var constructors = _type.InstanceConstructors
            .Where(c => c.DeclaredAccessibility == Accessibility.Public && !(_type.IsValueType && c.IsImplicitlyDeclared))
            .Where(c => c.Parameters.Length != 1 || !SymbolEqualityComparer.Default.Equals(c.Parameters[0].Type, _type))
            .Where(c => c.Parameters.All(p => p.RefKind == RefKind.None))
            .OrderByDescending(c => c.Parameters.Length)
            .ToArray();
        if (constructors.Length == 0 && !_type.IsValueType)
        {
            Report(RowRules.NotARow, _type, TypeNames.Spoken(_type), "has no public constructor that takes its values", "add one");
            return null;
        }

        var settable = _properties
            .Where(p => p.SetMethod is { DeclaredAccessibility: Accessibility.Public } && MemberTypes.IsSpeakable(p.Type))
            .ToArray();
        RowCollisions.Check(_type, constructors, settable, ColumnOf, Report);
        var hasRequired = HasRequiredMembers();
        var made = constructors.Select(c => Describe(c, hasRequired)).ToArray();
        var properties = settable.Where(p => !RowCollisions.IsAlwaysParameter(p, _type, constructors)).Select(Describe).ToArray();
        return _isUsable
            ? new(TypeNames.Qualified(_type), TypeNames.FileName(_type), _type.IsValueType, new(made), new(properties))
            : null;
    }

    private bool IsNameable()
    {
        if (Accessibilities.FindHidden(_type) is { } hidden)
            Report(RowRules.Hidden, _type, TypeNames.Spoken(_type), TypeNames.Spoken(hidden), Accessibilities.Spoken(hidden));

        if (Accessibilities.IsGeneric(_type))
            Report(RowRules.Generic, _type, TypeNames.Spoken(_type));
        return _isUsable;
    }

    private bool IsConstructible()
    {
        var (why, fix) = _type switch
        {
            { IsStatic: true } => ("is static", "make it a class that can be made"),
            { IsAbstract: true } => ("is abstract", "mark the types derived from it"),
            { IsRefLikeType: true } => ("is a ref struct, which cannot be handed on", "make it a plain struct"),
            _ when _type.AllInterfaces.Any(i => i.SpecialType == SpecialType.System_Collections_IEnumerable)
                => ("is a collection", "put it into a member of a class or record"),
            _ => default,
        };
        if (why is not null)
            Report(RowRules.NotARow, _type, TypeNames.Spoken(_type), why, fix);
        return _isUsable;
    }

    private ConstructorModel Describe(IMethodSymbol constructor, bool hasRequired)
    {
        var setsRequired = AttributeNames.Has(constructor, AttributeNames.SetsRequiredMembers);
        return new(new(constructor.Parameters.Select(Describe).ToArray()), setsRequired, hasRequired && !setsRequired);
    }

    private MemberModel Describe(IParameterSymbol parameter)
    {
        if (!parameter.HasExplicitDefaultValue && !MemberTypes.IsReadable(parameter.Type))
        {
            Report(RowRules.UnsupportedType, parameter, parameter.Name, TypeNames.Spoken(_type), TypeNames.Spoken(parameter.Type),
                "give the parameter a default value");
        }

        return new(parameter.Name, TypeNames.Qualified(parameter.Type),
            MemberTypes.AllowsNull(parameter.Type, parameter.NullableAnnotation, parameter), parameter.HasExplicitDefaultValue,
            ColumnOf(parameter), DefaultValues.Literal(parameter));
    }

    private MemberModel Describe(IPropertySymbol property)
    {
        if (property.IsRequired && !MemberTypes.IsReadable(property.Type))
        {
            Report(RowRules.UnsupportedType, property, property.Name, TypeNames.Spoken(_type), TypeNames.Spoken(property.Type),
                "do not require it");
        }

        string? setBy = null;
        if (property.SetMethod!.IsInitOnly)
        {
            setBy = TypeNames.Qualified(property.ContainingType);
            if (property.ContainingType.IsGenericType)
            {
                Report(RowRules.InitInGenericBase, _type, property.Name, TypeNames.Spoken(_type),
                    TypeNames.Spoken(property.ContainingType));
            }
        }

        return new(property.Name, TypeNames.Qualified(property.Type),
            MemberTypes.AllowsNull(property.Type, property.NullableAnnotation, property), !property.IsRequired, ColumnOf(property),
            "default", setBy);
    }

    /// <summary>What [PgColumn] says; on a positional record's parameter or on the property made of it.</summary>
    private string? ColumnOf(ISymbol member)
    {
        var column = AttributeNames.TextOf(member, AttributeNames.Column);
        return column is null && member is IParameterSymbol && _properties.FirstOrDefault(p => p.Name == member.Name) is { } property
            ? AttributeNames.TextOf(property, AttributeNames.Column)
            : column;
    }

    private bool HasRequiredMembers()
    {
        for (var current = _type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers().Any(m => m is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }))
                return true;
        }

        return false;
    }

    private void Report(DiagnosticDescriptor rule, ISymbol place, params object[] words)
    {
        _isUsable = false;
        var location = place.Locations.FirstOrDefault(l => l.IsInSource) ?? _type.Locations.FirstOrDefault();
        _report(Diagnostic.Create(rule, location, words));
    }
}
