using Microsoft.CodeAnalysis;

namespace PgActors.Generators.Rows;

/// <summary>What can be wrong with a type marked with <c>[PgRow]</c> or <c>[PgComposite]</c>. Every message names the fix.</summary>
internal static class RowRules
{
    internal static readonly DiagnosticDescriptor NotARow = Rule("PGA0001", "No row can become this type",
        "No row can become {0}: it {1}; {2}");

    internal static readonly DiagnosticDescriptor Hidden = Rule("PGA0002", "Generated code cannot name this type",
        "The reader of {0} lies outside it and cannot name {1}, which is {2}; make it internal or public, or remove the attribute: rows "
        + "are then read by code emitted at run time");

    internal static readonly DiagnosticDescriptor Generic = Rule("PGA0003", "A generic type has no reader of its own",
        "{0} is generic, and its reader must be registered for each type argument; mark a type derived from it, or remove the attribute: "
        + "rows are then read by code emitted at run time");

    internal static readonly DiagnosticDescriptor SameColumn = Rule("PGA0004", "Two members take the same column",
        "{0} and {1} of {2} both take the column {3}; rename one, give one another [PgColumn], or make the setter of one private");

    internal static readonly DiagnosticDescriptor UnsupportedType = Rule("PGA0005", "No column is read as the type of this member",
        "{0} of {1} needs a column, and no column is read as {2}; use the type of the column, or {3}");

    internal static readonly DiagnosticDescriptor InitInGenericBase = Rule("PGA0006", "An init accessor of a generic base class",
        "{0} can only be set while {1} is made, by an accessor that lies in the generic {2}; give it a set accessor, or take it as a "
        + "constructor parameter of {1}");

    private static DiagnosticDescriptor Rule(string id, string title, string message)
        => new(id, title, message, "Rows", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
