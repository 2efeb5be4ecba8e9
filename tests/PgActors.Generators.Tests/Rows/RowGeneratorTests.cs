using Microsoft.CodeAnalysis;
using PgActors.Generators.Rows;

namespace PgActors.Generators.Tests.Rows;

public sealed class RowGeneratorTests
{
    private const string Order = """
        namespace Shop;

        [PgRow]
        public sealed record Order(long Id, DateTime CreatedAt, [PgColumn("total")] decimal Amount, string? Note = null);
        """;

    [Fact]
    public void Record_is_read_by_its_constructor()
        => GoldenFile.Check("Record", Assert.Single(Compiling.Generate(new RowGenerator(), Order)));

    [Fact]
    public void Class_is_read_by_constructors_and_properties()
        => GoldenFile.Check("Class", Assert.Single(Compiling.Generate(new RowGenerator(), """
            [PgRow]
            internal sealed class Item(int id)
            {
                public Item() : this(0) { }

                public int Id => id;
                public required string Name { get; init; }
                [PgColumn("size \"cm\"")]
                public int? Size { get; set; }
                public Dictionary<string, int> Unset { get; } = [];
                public string this[int index] { get => ""; set { } }
                public static string Shared { get; set; } = "";
                public string Hidden { get; private set; } = "";
            }
            """)));

    [Fact]
    public void Struct_is_zeroed_and_its_init_properties_are_set()
        => GoldenFile.Check("Struct", Assert.Single(Compiling.Generate(new RowGenerator(), """
            namespace A.B
            {
                internal static class Outer
                {
                    [PgRow]
                    internal struct Pair
                    {
                        public int A { get; init; }
                        public string? B { get; set; }
                    }
                }
            }
            """)));

    [Fact]
    public void Types_of_one_name_in_different_places_do_not_meet()
        => Assert.Equal(3, Compiling.Generate(new RowGenerator(), """
            namespace A { [PgRow] public sealed record Row(int X); public static class B { [PgRow] public sealed record Row(int X); } }
            namespace C { [PgRow] public sealed record Row(int X); }
            """).Length);

    [Fact]
    public void What_the_analyzer_refuses_gets_no_code()
        => Assert.Empty(Compiling.Generate(new RowGenerator(), "[PgRow] public abstract class Shape { }"));

    [Fact]
    public void Unmarked_types_get_no_code() => Assert.Empty(Compiling.Generate(new RowGenerator(), "public sealed record Row(int X);"));

    [Fact]
    public void Edit_elsewhere_writes_nothing_again()
    {
        var compilation = Compiling.Of(Order);
        var driver = Compiling.Driver(new RowGenerator()).RunGenerators(compilation, TestContext.Current.CancellationToken);
        var edited = compilation.AddSyntaxTrees(Compiling.Parse("internal sealed class Unrelated;", "Other.cs"));
        Assert.Equal([IncrementalStepRunReason.Unchanged], Reasons(driver.RunGenerators(edited, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void Edit_of_a_method_writes_nothing_again_and_edit_of_a_member_does()
    {
        var compilation = Compiling.Of(Order);
        var driver = Compiling.Driver(new RowGenerator()).RunGenerators(compilation, TestContext.Current.CancellationToken);
        var tree = compilation.SyntaxTrees.Single(t => t.FilePath == "Source.cs");

        var method = "// A comment.\n" + Order.Replace(");", ") { public int Twice() => 2; }", StringComparison.Ordinal);
        var body = compilation.ReplaceSyntaxTree(tree, Compiling.Parse(method, "Source.cs"));
        Assert.Equal([IncrementalStepRunReason.Unchanged], Reasons(driver.RunGenerators(body, TestContext.Current.CancellationToken)));

        var retyped = Order.Replace("long Id", "int Id", StringComparison.Ordinal);
        var member = compilation.ReplaceSyntaxTree(tree, Compiling.Parse(retyped, "Source.cs"));
        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(driver.RunGenerators(member, TestContext.Current.CancellationToken)));
    }

    private static IncrementalStepRunReason[] Reasons(GeneratorDriver driver)
        => driver.GetRunResult().Results.Single().TrackedSteps[RowGenerator.ModelStep]
            .SelectMany(step => step.Outputs)
            .Select(output => output.Reason)
            .ToArray();
}
