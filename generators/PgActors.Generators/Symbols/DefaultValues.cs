using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace PgActors.Generators.Symbols;

/// <summary>Default values of parameters as C# expressions.</summary>
internal static class DefaultValues
{
    internal static string Literal(IParameterSymbol parameter)
    {
        if (!parameter.HasExplicitDefaultValue || parameter.ExplicitDefaultValue is not { } value)
            return "default";
        var type = parameter.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : parameter.Type;
        var literal = value switch
        {
            double number => Number(number, "double", "D"),
            float number => Number(number, "float", "F"),
            decimal number => number.ToString(CultureInfo.InvariantCulture) + "M",
            _ => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false),
        };
        return type.TypeKind == TypeKind.Enum ? $"unchecked(({TypeNames.Qualified(type)})({literal}))" : literal;
    }

    private static string Number(double value, string type, string suffix)
    {
        if (double.IsNaN(value))
            return type + ".NaN";
        if (double.IsInfinity(value))
            return type + (value > 0 ? ".PositiveInfinity" : ".NegativeInfinity");
        var culture = CultureInfo.InvariantCulture;
        return (suffix == "F" ? ((float)value).ToString("R", culture) : value.ToString("R", culture)) + suffix;
    }
}
