using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace PgActors.Generators.Sql;

/// <summary>Warns where a method of PgActors that takes the text of a statement is given one that was built at run time.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SqlTextAnalyzer : DiagnosticAnalyzer
{
    // What users call lives in this namespace, whichever assembly holds it.
    private const string Namespace = "PgActors";
    private const string Parameter = "sql";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SqlRules.BuiltText];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.ContainingNamespace.ToDisplayString() != Namespace)
            return;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { Name: Parameter, Type.SpecialType: SpecialType.System_String }
                && BuiltText.Describe(argument.Value) is { } how)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    SqlRules.BuiltText, argument.Syntax.GetLocation(), call.TargetMethod.Name, how));
            }
        }
    }
}
