using Microsoft.CodeAnalysis;

namespace PgActors.Generators.Symbols;

/// <summary>The attributes that are looked for, by name: the generator does not reference what it writes code for.</summary>
internal static class AttributeNames
{
    internal const string Row = "PgActors.PgRowAttribute";

    internal const string Composite = "PgActors.PgCompositeAttribute";

    internal const string Enum = "PgActors.PgEnumAttribute";

    internal const string Name = "PgActors.PgNameAttribute";

    internal const string Column = "PgActors.PgColumnAttribute";

    internal const string SetsRequiredMembers = "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute";

    internal const string AllowNull = "System.Diagnostics.CodeAnalysis.AllowNullAttribute";

    internal const string DisallowNull = "System.Diagnostics.CodeAnalysis.DisallowNullAttribute";

    internal static AttributeData? Find(ISymbol symbol, string name)
        => symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass?.ToDisplayString() == name);

    internal static bool Has(ISymbol symbol, string name) => Find(symbol, name) is not null;

    /// <summary>The text that an attribute was given first; <see langword="null"/> if there is no such attribute.</summary>
    internal static string? TextOf(ISymbol symbol, string name)
        => Find(symbol, name)?.ConstructorArguments.FirstOrDefault().Value as string;
}
