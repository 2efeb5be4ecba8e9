using Microsoft.CodeAnalysis;

namespace PgActors.Generators.Symbols;

/// <summary>The public properties of a type and its base classes: of those with one name, the most derived.</summary>
internal static class PublicProperties
{
    internal static List<IPropertySymbol> Of(INamedTypeSymbol type)
    {
        var found = new List<IPropertySymbol>();
        var names = new HashSet<string>();
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var property in current.GetMembers().OfType<IPropertySymbol>())
            {
                if (property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public }
                    && names.Add(property.Name))
                    found.Add(property);
            }
        }

        return found;
    }
}
