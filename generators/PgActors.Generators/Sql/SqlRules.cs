using Microsoft.CodeAnalysis;

namespace PgActors.Generators.Sql;

/// <summary>What can be wrong with the text of a statement.</summary>
internal static class SqlRules
{
    internal static readonly DiagnosticDescriptor BuiltText = new("PGA0021", "SQL text is built from values",
        "The SQL given to {0} is built by {1}, so what is put into it becomes SQL; pass one interpolated string, whose values become "
        + "parameters, and write names as PgIdentifier", "Sql", DiagnosticSeverity.Warning, isEnabledByDefault: true,
        description: "A value inside the text of a statement can change what the statement does (SQL injection), and every value makes "
        + "another statement to parse and plan.");
}
