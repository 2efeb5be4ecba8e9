using Microsoft.CodeAnalysis;

namespace PgActors.Generators.Symbols;

/// <summary>Whether generated code, which lies in the same assembly and outside every type, can name something.</summary>
internal static class Accessibilities
{
    /// <summary>The type, or the one around it, that cannot be named; <see langword="null"/> if all can.</summary>
    internal static INamedTypeSymbol? FindHidden(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.IsFileLocal || current.DeclaredAccessibility is not (
                Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal))
                return current;
        }

        return null;
    }

    internal static string Spoken(INamedTypeSymbol type)
        => type.IsFileLocal ? "local to its file" : type.DeclaredAccessibility.ToString().ToLowerInvariant();

    internal static bool IsGeneric(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.TypeParameters.Length > 0)
                return true;
        }

        return false;
    }
}
