using Microsoft.CodeAnalysis;
using PgActors.Generators.Types;

namespace PgActors.Generators.Tests.Types;

public sealed class TypeGeneratorTests
{
    private const string Mood = """
        namespace Shop;

        [PgEnum("shop.mood")]
        public enum Mood { Sad, Ok = 5, [PgName("over the \"moon\"")] Happy, @default }
        """;

    private const string Address = """
        [PgComposite("address")]
        public sealed record Address(string Street, [PgColumn("no")] int? Number)
        {
            public string Whole => Street + Number;
            public static int Count => 0;
            private string Hidden => "";
        }
        """;

    [Fact]
    public void Enum_is_registered_with_its_members()
        => GoldenFile.Check("Enum", Assert.Single(Compiling.Generate(new TypeGenerator(), Mood)));

    [Fact]
    public void Composite_is_registered_with_its_properties_and_read_as_a_row()
    {
        var written = Compiling.Generate(new TypeGenerator(), Address);
        Assert.Equal(2, written.Length);
        GoldenFile.Check("Composite", written[0]);
        Assert.Contains("GeneratedRowMapper<global::Address>", written[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Composite_that_is_a_row_too_gets_one_reader()
        => Assert.Single(Compiling.Generate(new TypeGenerator(), "[PgRow] " + Address));

    [Fact]
    public void Struct_is_registered_as_a_value()
        => Assert.Contains("PgTypeMapping.CompositeValue<global::Point>",
            Compiling.Generate(new TypeGenerator(), """[PgComposite("p")] public record struct Point(int X, int Y);""")[0],
            StringComparison.Ordinal);

    [Theory]
    [InlineData("[PgEnum(\"\")] public enum Mood { Sad }")]
    [InlineData("[PgComposite(\"a.b.c\")] public sealed record Address(int A);")]
    [InlineData("[PgComposite(\"a\")] public abstract class Address { }")]
    public void What_the_analyzers_refuse_gets_no_code(string source) => Assert.Empty(Compiling.Generate(new TypeGenerator(), source));

    [Fact]
    public void Edit_elsewhere_writes_nothing_again()
    {
        var compilation = Compiling.Of(Mood + "\n" + Address);
        var driver = Compiling.Driver(new TypeGenerator()).RunGenerators(compilation, TestContext.Current.CancellationToken);
        var edited = compilation.AddSyntaxTrees(Compiling.Parse("internal sealed class Unrelated;", "Other.cs"));
        var steps = driver.RunGenerators(edited, TestContext.Current.CancellationToken).GetRunResult().Results.Single().TrackedSteps;
        foreach (var name in new[] { TypeGenerator.EnumStep, TypeGenerator.CompositeStep })
        {
            Assert.Equal([IncrementalStepRunReason.Unchanged],
                steps[name].SelectMany(step => step.Outputs).Select(output => output.Reason));
        }
    }
}
