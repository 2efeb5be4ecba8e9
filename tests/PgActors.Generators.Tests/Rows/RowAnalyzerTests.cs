using PgActors.Generators.Rows;

namespace PgActors.Generators.Tests.Rows;

public sealed class RowAnalyzerTests
{
    [Fact]
    public Task Good_types_are_left_alone() => Check("""
        [PgRow] public sealed record Order(long Id, string? Note, int[] Tags);
        [PgRow] internal struct Pair { public int A { get; set; } public Action? Changed { get; set; } }
        public sealed class Unmarked { private Unmarked() { } }
        """);

    [Theory]
    [InlineData("[PgRow] public abstract class Shape { }",
        "PGA0001 1: No row can become Shape: it is abstract; mark the types derived from it")]
    [InlineData("[PgRow] public static class Shape { }",
        "PGA0001 1: No row can become Shape: it is static; make it a class that can be made")]
    [InlineData("[PgRow] public ref struct Shape { }",
        "PGA0001 1: No row can become Shape: it is a ref struct, which cannot be handed on; make it a plain struct")]
    [InlineData("[PgRow] public sealed class Shape : List<int> { }",
        "PGA0001 1: No row can become Shape: it is a collection; put it into a member of a class or record")]
    [InlineData("[PgRow] public sealed class Shape { private Shape() { } }",
        "PGA0001 1: No row can become Shape: it has no public constructor that takes its values; add one")]
    [InlineData("[PgRow] public sealed class Shape { public Shape(in int a) { } }",
        "PGA0001 1: No row can become Shape: it has no public constructor that takes its values; add one")]
    public Task Type_that_no_row_becomes_is_told_why(string source, string expected) => Check(source, expected);

    [Theory]
    [InlineData("public class Outer { [PgRow] private sealed record Row(int A); }",
        "PGA0002 1: The reader of Outer.Row lies outside it and cannot name Outer.Row, which is private; make it internal or public, or "
        + "remove the attribute: rows are then read by code emitted at run time")]
    [InlineData("public class Outer { protected class Inner { [PgRow] public sealed record Row(int A); } }",
        "PGA0002 1: The reader of Outer.Inner.Row lies outside it and cannot name Outer.Inner, which is protected; make it internal or "
        + "public, or remove the attribute: rows are then read by code emitted at run time")]
    [InlineData("[PgRow] file sealed record Row(int A);",
        "PGA0002 1: The reader of Row lies outside it and cannot name Row, which is local to its file; make it internal or public, or "
        + "remove the attribute: rows are then read by code emitted at run time")]
    public Task Type_that_cannot_be_named_is_told_which(string source, string expected) => Check(source, expected);

    [Fact]
    public Task Generic_type_is_refused() => Check("[PgRow] public sealed record Page<T>(T Item);",
        "PGA0003 1: Page<T> is generic, and its reader must be registered for each type argument; mark a type derived from it, or remove "
        + "the attribute: rows are then read by code emitted at run time");

    [Theory]
    [InlineData("[PgRow] public sealed class Row { public int FooBar { get; set; }\n public int Foo_Bar { get; set; } }",
        "PGA0004 2: FooBar and Foo_Bar of Row both take the column Foo_Bar; rename one, give one another [PgColumn], or make the setter of "
        + "one private")]
    [InlineData("[PgRow] public sealed record Row(int Total)\n{ [PgColumn(\"total\")] public int Sum { get; set; } }",
        "PGA0004 2: Total and Sum of Row both take the column total; rename one, give one another [PgColumn], or make the setter of one "
        + "private")]
    [InlineData("[PgRow] public sealed record Row([PgColumn(\"a\")] int X,\n [property: PgColumn(\"a\")] int Y);",
        "PGA0004 2: X and Y of Row both take the column a; rename one, give one another [PgColumn], or make the setter of one private")]
    public Task Two_members_for_one_column_are_both_named(string source, string expected) => Check(source, expected);

    [Fact]
    public Task Exact_names_that_differ_by_case_are_two_columns() => Check("""
        [PgRow] public sealed record Row([property: PgColumn("a")] int X, [property: PgColumn("A")] int Y);
        """);

    [Theory]
    [InlineData("[PgRow] public sealed record Row(int A,\n object B);",
        "PGA0005 2: B of Row needs a column, and no column is read as object; use the type of the column, or give the parameter a default "
        + "value")]
    [InlineData("[PgRow] public sealed class Row {\n public required Action B { get; set; } }",
        "PGA0005 2: B of Row needs a column, and no column is read as Action; use the type of the column, or do not require it")]
    [InlineData("[PgRow] public sealed class Row { public unsafe Row(\n int* b) { } }",
        "PGA0005 2: b of Row needs a column, and no column is read as int*; use the type of the column, or give the parameter a default "
        + "value")]
    public Task Member_that_no_column_is_read_as_is_named(string source, string expected) => Check(source, expected);

    [Fact]
    public Task Init_accessor_of_a_generic_base_is_refused() => Check("""
        public abstract class Base<T> { public int Id { get; init; } }
        [PgRow] public sealed class Row : Base<int> { }
        """,
        "PGA0006 2: Id can only be set while Row is made, by an accessor that lies in the generic Base<int>; give it a set accessor, or "
        + "take it as a constructor parameter of Row");

    private static async Task Check(string source, params string[] expected)
        => Assert.Equal(expected, await Compiling.AnalyzeAsync(new RowAnalyzer(), source));
}
