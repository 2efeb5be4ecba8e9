using System.Diagnostics.CodeAnalysis;
using PgActors.Rows.Mapping;
using PgActors.Types;

namespace PgActors.Engine.Tests.Rows.Mapping;

/// <summary>What rows of marked types do beyond the suites that run over every way of making rows: all C# that a type can be written in.
/// Each is made in all ways, and they must agree.</summary>
public sealed class GeneratedRowTests
{
    internal enum Level : byte
    {
        Low,
        High = 200,
    }

    [Fact]
    public void Marked_type_is_made_by_the_generated_mapper()
    {
        var row = new TestRow().Add("id", 1).Add("name", "n");
        Assert.IsAssignableFrom<GeneratedRowMapper<Derived>>(RowMapperFactory.Create<Derived>(row.Layout, PgTypeRegistry.Default));
    }

    [Fact]
    public void Unmarked_type_has_nothing_generated()
    {
        var row = new TestRow().Add("a", 1).Add("b", 1);
        var error = Assert.Throws<InvalidOperationException>(
            () => RowMapperFactory.Create<Unmarked>(row.Layout, PgTypeRegistry.Default, RowMaking.Generated));
        Assert.Contains("Unmarked", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Longest_constructor_that_the_columns_fill_is_called()
    {
        All(new TestRow().Add("id", 1), (Several row) => Assert.Equal("one", row.Made));
        All(new TestRow().Add("id", 1).Add("name", "x"), (Several row) => Assert.Equal("two", row.Made));
        All(new TestRow().Add("name", "x"), (Several row) => Assert.Equal("none", row.Made));
    }

    [Fact]
    public void Properties_of_base_classes_are_set()
        => All(new TestRow().Add("name", "n").Add("id", 3).Add("size", 9L),
            (Derived row) => Assert.Equal((3, "n", 9L), (row.Id, row.Name, row.Size)));

    [Fact]
    public void Init_property_without_a_column_keeps_what_it_has()
    {
        All(new TestRow().Add("id", 3), (Derived row) => Assert.Equal("kept", row.Name));
        All(new TestRow().Add("left", 3), (InitStruct row) => Assert.Equal((3, 0), (row.Left, row.Right)));
        All(new TestRow().Add("right", 4).Add("left", 3), (InitStruct row) => Assert.Equal((3, 4), (row.Left, row.Right)));
    }

    [Fact]
    public void Required_members_set_by_the_constructor_need_no_column()
    {
        All(new TestRow().Add("id", 3), (SetsRequired row) => Assert.Equal("made", row.Name));
        All(new TestRow().Add("id", 3).Add("name", "x"), (SetsRequired row) => Assert.Equal("x", row.Name));
    }

    [Fact]
    public void Every_kind_of_default_is_the_parameters_own()
        => All(new TestRow().Add("id", 1), (Defaults row) => Assert.Equal(new Defaults(1), row));

    [Fact]
    public void Attributes_about_null_are_honoured()
    {
        All(new TestRow().Add("loose", (string?)null).Add("strict", "x"), (Nulls row) => Assert.Equal("", row.Loose));
        foreach (var making in new[] { RowMaking.Generated, RowMaking.Emitted, RowMaking.Reflected })
        {
            var row = new TestRow().Add("loose", "x").Add("strict", (string?)null);
            var mapper = RowMapperFactory.Create<Nulls>(row.Layout, PgTypeRegistry.Default, making);
            Assert.Equal(PgMappingErrorKind.Null, Assert.Throws<PgMappingException>(() => mapper.Read(row.Body)).Kind);
        }
    }

    [Fact]
    public void Members_named_as_keywords_are_set()
        => All(new TestRow().Add("class", 1).Add("event", "e"), (Keywords row) => Assert.Equal((1, "e"), (row.@class, row.@event)));

    [Fact]
    public void Struct_whose_constructor_does_not_fit_is_zeroed()
        => All(new TestRow().Add("b", 2), (Point row) => Assert.Equal((0, 2), (row.A, row.B)));

    [Fact]
    public void Tuples_and_arrays_stand_in_members()
        => All(new TestRow().Add("ids", new[] { 1, 2 }).Add("names", new List<string> { "a" }).Add("maybe", new int?[] { 1, null }),
            (Arrays row) =>
            {
                Assert.Equal([1, 2], row.Ids);
                Assert.Equal(["a"], row.Names);
                Assert.Equal([1, null], row.Maybe!);
            });

    private static void All<T>(TestRow row, Action<T> check)
    {
        foreach (var making in new[] { RowMaking.Generated, RowMaking.Emitted, RowMaking.Reflected })
            check(RowMapperFactory.Create<T>(row.Layout, PgTypeRegistry.Default, making).Read(row.Body));
    }

    internal sealed record Unmarked(int A, int B);

    [PgRow]
    internal sealed class Several
    {
        public Several() => Made = "none";

        public Several(int id) => Made = id == 1 ? "one" : "";

        public Several(int id, string name) => Made = id == 1 && name == "x" ? "two" : "";

        public string Made { get; }

        public string? Name { get; set; }
    }

    internal abstract class Base
    {
        public required int Id { get; init; }

        public long Size { get; set; }
    }

    [PgRow]
    internal sealed class Derived : Base
    {
        public string Name { get; init; } = "kept";
    }

    [PgRow]
    internal struct InitStruct
    {
        public int Left { get; init; }

        public int Right { get; init; }
    }

    [PgRow]
    internal sealed class SetsRequired
    {
        [SetsRequiredMembers]
        public SetsRequired(int id)
        {
            Id = id;
            Name = "made";
        }

        public int Id { get; }

        public required string Name { get; init; }
    }

    [PgRow]
    internal sealed record Defaults(
        int Id, Level Level = Level.High, Level? Maybe = Level.High, double Nan = double.NaN, float Infinite = float.NegativeInfinity,
        float Tenth = 0.1f, double Tiny = 5e-324, decimal Money = 12.50m, char Quote = '\'', string Text = "a\"\n\\b",
        long Least = long.MinValue, bool Flag = true, Guid Guid = default, ulong Most = ulong.MaxValue, int[]? Items = null);

    [PgRow]
    internal sealed class Nulls
    {
        [AllowNull]
        public string Loose { get => field ?? ""; set; }

        [DisallowNull]
        public string? Strict { get; set; }
    }

#pragma warning disable IDE1006, CA1708, SA1300 // Names that only an escape makes possible.
    [PgRow]
    internal sealed record Keywords(int @class)
    {
        public string? @event { get; set; }
    }
#pragma warning restore IDE1006, CA1708, SA1300

    [PgRow]
    internal struct Point(int a)
    {
        public int A { get; set; } = a;

        public int B { get; set; }
    }

    [PgRow]
    internal sealed record Arrays(int[] Ids, List<string> Names, int?[]? Maybe);
}
