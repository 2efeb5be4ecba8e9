using Microsoft.CodeAnalysis;
using PgActors.Generators.Symbols;

namespace PgActors.Generators.Rows;

/// <summary>Tells which members of a type are meant by the same column.</summary>
internal static class RowCollisions
{
    internal static void Check(
        INamedTypeSymbol type, IMethodSymbol[] constructors, IPropertySymbol[] properties, Func<ISymbol, string?> columnOf,
        Action<DiagnosticDescriptor, ISymbol, object[]> report)
    {
        // The longest constructor is the one that errors speak of; without any, the properties stand alone.
        var parameters = constructors.Length == 0 ? [] : constructors[0].Parameters.AsEnumerable<ISymbol>().ToArray();
        var byParameter = new HashSet<string>(parameters.Select(p => Normalize(p.Name)));
        var members = parameters.Concat(properties.Where(p => !byParameter.Contains(Normalize(p.Name)))).ToArray();
        for (var i = 0; i < members.Length; i++)
        {
            for (var j = i + 1; j < members.Length; j++)
            {
                if (SharedColumn(members[i], members[j], columnOf) is { } column)
                {
                    report(RowRules.SameColumn, members[j],
                        [members[i].Name, members[j].Name, TypeNames.Spoken(type), column]);
                }
            }
        }
    }

    /// <summary>Whether every constructor has a parameter named as the property, which is then never set: as in a positional record. A
    /// struct may also be zeroed.</summary>
    internal static bool IsAlwaysParameter(IPropertySymbol property, INamedTypeSymbol type, IMethodSymbol[] constructors)
        => !type.IsValueType && constructors.All(c => c.Parameters.Any(p => Normalize(p.Name) == Normalize(property.Name)));

    internal static bool IsSameName(string one, string other) => Normalize(one) == Normalize(other);

    private static string? SharedColumn(ISymbol first, ISymbol second, Func<ISymbol, string?> columnOf)
    {
        var (one, other) = (columnOf(first), columnOf(second));
        var isSame = one is not null && other is not null
            ? one == other
            : Normalize(one ?? first.Name) == Normalize(other ?? second.Name);
        return isSame ? one ?? other ?? second.Name : null;
    }

    private static string Normalize(string name) => name.Replace("_", "").ToLowerInvariant();
}
