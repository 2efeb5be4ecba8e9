using PgActors.Generators.Types;

namespace PgActors.Generators.Tests.Types;

public sealed class TypeAnalyzerTests
{
    [Fact]
    public Task Good_types_are_left_alone() => Check("""
        [PgEnum("mood")] public enum Mood { Sad, [PgName("ok")] Fine }
        [PgComposite("shop.address")] public sealed record Address(string Street, int? Number);
        public enum Unmarked { [PgName("")] Empty }
        """);

    [Theory]
    [InlineData("[PgEnum(\"\")] public enum Mood { Sad }",
        "PGA0011 1: No PostgreSQL type is named \"\"; write the name of the type that Mood stands for, alone or behind its schema "
        + "and a dot")]
    [InlineData("[PgComposite(\"a.b.c\")] public sealed record Address(int A);",
        "PGA0011 1: No PostgreSQL type is named \"a.b.c\"; write the name of the type that Address stands for, alone or behind its schema "
        + "and a dot")]
    [InlineData("[PgEnum(\"mood\")] public enum Mood { Ok,\n [PgName(\"\")] Sad }",
        "PGA0012 2: No PostgreSQL enum has the label \"\" of Sad: a label has 1 to 63 bytes in UTF-8; write the label that it stands for")]
    [InlineData("[PgEnum(\"mood\")] public enum Mood { [PgName(\"x\")] Ok,\n [PgName(\"x\")] Sad }",
        "PGA0013 2: Ok and Sad both stand for the label \"x\"; give one another [PgName], or remove it")]
    [InlineData("[PgComposite(\"a\")] public sealed class Address(int number) { public int Twice => 2 * number; }",
        "PGA0014 1: Address takes the column of its parameter number, and no public property of that name gives it back, so that Address "
        + "can be read and not written; add the property")]
    [InlineData("public class Outer { [PgEnum(\"mood\")] private enum Mood { Ok } }",
        "PGA0002 1: The reader of Outer.Mood lies outside it and cannot name Outer.Mood, which is private; make it internal or public, or "
        + "remove the attribute: rows are then read by code emitted at run time")]
    [InlineData("public class Outer<T> { [PgEnum(\"mood\")] public enum Mood { Ok } }",
        "PGA0003 1: Outer<T>.Mood is generic, and its reader must be registered for each type argument; mark a type derived from it, or "
        + "remove the attribute: rows are then read by code emitted at run time")]
    public Task What_is_wrong_is_named(string source, string expected) => Check(source, expected);

    private static async Task Check(string source, params string[] expected)
        => Assert.Equal(expected, await Compiling.AnalyzeAsync(new TypeAnalyzer(), source));
}
