using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace PgActors.Generators.Tests;

/// <summary>Compiles source with the generators and analyzers, against the same assemblies as this test.</summary>
internal static class Compiling
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using PgActors;";

    // The compiler that the generators are built for knows C# 13 as its latest; later ones are a superset.
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest);

    private static readonly MetadataReference[] References = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => !Path.GetFileName(path).StartsWith("PgActors.Generators", StringComparison.Ordinal))
        .Select(path => MetadataReference.CreateFromFile(path))
        .ToArray<MetadataReference>();

    internal static CSharpCompilation Of(string source)
        => CSharpCompilation.Create("Sample",
            [Parse(Usings, "Usings.cs"), Parse(source, "Source.cs")], References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));

    internal static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(SourceText.From(source), Options, path);

    internal static GeneratorDriver Driver(params IIncrementalGenerator[] generators)
        => CSharpGeneratorDriver.Create(generators.Select(g => g.AsSourceGenerator()), parseOptions: Options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>What the generator writes for source that compiles with it and without warnings.</summary>
    internal static string[] Generate(IIncrementalGenerator generator, string source)
    {
        var driver = Driver(generator).RunGeneratorsAndUpdateCompilation(Of(source), out var compilation, out var problems,
            TestContext.Current.CancellationToken);
        Assert.Empty(problems);
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString()));
        return driver.GetRunResult().GeneratedTrees.Select(t => t.ToString()).ToArray();
    }

    /// <summary>What an analyzer says, each as <c>id line: message</c>, of source that compiles by itself.</summary>
    internal static async Task<string[]> AnalyzeAsync(DiagnosticAnalyzer analyzer, string source)
    {
        var compilation = Of(source);
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString()));
        var found = await compilation.WithAnalyzers(ImmutableArray.Create(analyzer))
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return found.OrderBy(d => d.Location.SourceSpan.Start)
            .Select(d => $"{d.Id} {d.Location.GetLineSpan().StartLinePosition.Line + 1}: {d.GetMessage(null)}")
            .ToArray();
    }
}
