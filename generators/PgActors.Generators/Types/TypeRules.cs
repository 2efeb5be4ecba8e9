using Microsoft.CodeAnalysis;

namespace PgActors.Generators.Types;

/// <summary>What can be wrong with types that stand for PostgreSQL types. Every message names the fix.</summary>
internal static class TypeRules
{
    internal static readonly DiagnosticDescriptor BadTypeName = new("PGA0011", "No PostgreSQL type has this name",
        "No PostgreSQL type is named \"{0}\"; write the name of the type that {1} stands for, alone or behind its schema and a dot",
        "Types", DiagnosticSeverity.Error, isEnabledByDefault: true);

    internal static readonly DiagnosticDescriptor BadLabel = new("PGA0012", "No PostgreSQL enum has this label",
        "No PostgreSQL enum has the label \"{0}\" of {1}: a label has 1 to 63 bytes in UTF-8; write the label that it stands for", "Types",
        DiagnosticSeverity.Error, isEnabledByDefault: true);

    internal static readonly DiagnosticDescriptor SameLabel = new("PGA0013", "Two members stand for one label",
        "{0} and {1} both stand for the label \"{2}\"; give one another [PgName], or remove it", "Types", DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    internal static readonly DiagnosticDescriptor NotWritten = new("PGA0014", "A composite can be read and not written",
        "{0} takes the column of its parameter {1}, and no public property of that name gives it back, so that {0} can be read and not "
        + "written; add the property", "Types", DiagnosticSeverity.Warning, isEnabledByDefault: true);
}
