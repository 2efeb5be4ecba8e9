using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PgActors.Generators.Symbols;

namespace PgActors.Generators.Rows;

/// <summary>Tells what is wrong with types marked with <c>[PgRow]</c> or <c>[PgComposite]</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RowAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        RowRules.NotARow, RowRules.Hidden, RowRules.Generic, RowRules.SameColumn, RowRules.UnsupportedType, RowRules.InitInGenericBase,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(static symbol =>
        {
            var type = (INamedTypeSymbol)symbol.Symbol;
            if (AttributeNames.Has(type, AttributeNames.Row) || AttributeNames.Has(type, AttributeNames.Composite))
                RowExaminer.Examine(type, symbol.ReportDiagnostic);
        }, SymbolKind.NamedType);
    }
}
