using Microsoft.CodeAnalysis;
using PgActors.Generators.Symbols;

namespace PgActors.Generators.Rows;

/// <summary>Writes the readers of types marked with <c>[PgRow]</c>. What is wrong with a type is told by <see cref="RowAnalyzer"/>; nothing
/// is written for it.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class RowGenerator : IIncrementalGenerator
{
    /// <summary>The step that is compared from one edit to the next.</summary>
    internal const string ModelStep = "RowModel";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var rows = context.SyntaxProvider
            .ForAttributeWithMetadataName(AttributeNames.Row, static (_, _) => true,
                static (target, _) => RowExaminer.Examine((INamedTypeSymbol)target.TargetSymbol, static _ => { }))
            .WithTrackingName(ModelStep);
        context.RegisterSourceOutput(rows, static (output, row) =>
        {
            if (row is not null)
                output.AddSource(row.FileName + ".PgRow.g.cs", RowWriter.Write(row));
        });
    }
}
