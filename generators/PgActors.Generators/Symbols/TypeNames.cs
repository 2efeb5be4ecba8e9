using System.Text;
using Microsoft.CodeAnalysis;

namespace PgActors.Generators.Symbols;

/// <summary>Types as generated code and messages spell them.</summary>
internal static class TypeNames
{
    private static readonly SymbolDisplayFormat SpokenFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>As code anywhere can name it, without annotations of nullable references: generated code has none.</summary>
    internal static string Qualified(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>As a programmer would say it.</summary>
    internal static string Spoken(ITypeSymbol type) => type.ToDisplayString(SpokenFormat);

    /// <summary>A name for the file of a type, different for different types.</summary>
    internal static string FileName(INamedTypeSymbol type)
    {
        var name = new StringBuilder();
        foreach (var c in type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat).Replace("global::", ""))
            name.Append(char.IsLetterOrDigit(c) || c is '.' or '_' ? c : '-');
        return name.ToString();
    }
}
