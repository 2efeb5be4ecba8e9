using Microsoft.CodeAnalysis;
using PgActors.Generators.Rows;
using PgActors.Generators.Symbols;

namespace PgActors.Generators.Types;

/// <summary>Writes what makes types marked with <c>[PgEnum]</c> and <c>[PgComposite]</c> stand for PostgreSQL types. What is wrong with one
/// is told by <see cref="TypeAnalyzer"/>; nothing is written for it.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class TypeGenerator : IIncrementalGenerator
{
    /// <summary>The steps that are compared from one edit to the next.</summary>
    internal const string EnumStep = "EnumModel";

    /// <inheritdoc cref="EnumStep"/>
    internal const string CompositeStep = "CompositeModel";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var enums = context.SyntaxProvider
            .ForAttributeWithMetadataName(AttributeNames.Enum, static (_, _) => true,
                static (target, _) => TypeExaminer.ExamineEnum((INamedTypeSymbol)target.TargetSymbol, static _ => { }))
            .WithTrackingName(EnumStep);
        context.RegisterSourceOutput(enums, static (output, model) =>
        {
            if (model is not null)
                output.AddSource(model.FileName + ".PgEnum.g.cs", TypeWriter.Write(model));
        });
        var composites = context.SyntaxProvider
            .ForAttributeWithMetadataName(AttributeNames.Composite, static (_, _) => true,
                static (target, _) => TypeExaminer.ExamineComposite((INamedTypeSymbol)target.TargetSymbol, static _ => { }))
            .WithTrackingName(CompositeStep);
        context.RegisterSourceOutput(composites, static (output, model) =>
        {
            if (model is null)
                return;
            output.AddSource(model.Row.FileName + ".PgComposite.g.cs", TypeWriter.Write(model));
            if (!model.IsRowToo)
                output.AddSource(model.Row.FileName + ".PgRow.g.cs", RowWriter.Write(model.Row));
        });
    }
}
