using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PgActors.Generators.Rows;
using PgActors.Generators.Symbols;

namespace PgActors.Generators.Types;

/// <summary>Tells what is wrong with types marked with <c>[PgEnum]</c> and <c>[PgComposite]</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TypeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        TypeRules.BadTypeName, TypeRules.BadLabel, TypeRules.SameLabel, TypeRules.NotWritten, RowRules.Hidden, RowRules.Generic,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(static symbol =>
        {
            var type = (INamedTypeSymbol)symbol.Symbol;
            if (AttributeNames.Has(type, AttributeNames.Enum))
                TypeExaminer.ExamineEnum(type, symbol.ReportDiagnostic);
            if (AttributeNames.Has(type, AttributeNames.Composite))
                TypeExaminer.ExamineComposite(type, symbol.ReportDiagnostic);
        }, SymbolKind.NamedType);
    }
}
