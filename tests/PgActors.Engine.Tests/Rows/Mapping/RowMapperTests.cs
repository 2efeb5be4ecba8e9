using PgActors.Protocol;
using PgActors.Rows.Mapping;
using PgActors.Types;

namespace PgActors.Engine.Tests.Rows.Mapping;

public sealed class RowMapperTests
{
    private static readonly DateTime Noon = new(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc);

    public enum Making
    {
        Generated,
        Emitted,
        Reflected,
    }

    [Fact]
    public void One_column_becomes_its_value()
    {
        Assert.Equal(7, Read<int>(new TestRow().Add("a", 7)));
        Assert.Equal(7L, Read<long>(new TestRow().Add("a", 7)));
        Assert.Equal("x", Read<string>(new TestRow().Add("a", "x")));
        Assert.Null(Read<int?>(new TestRow().Add("a", (int?)null)));
        Assert.Equal(7, Read<int?>(new TestRow().Add("a", 7)));
        Assert.Equal([1, 2], Read<int[]>(new TestRow().Add("a", new[] { 1, 2 })));
        Assert.Equal("12", Read<string>(new TestRow().Add("a", 12, format: DataFormat.Text)));
        Assert.Equal(12, Read<int>(new TestRow().Add("a", 12, format: DataFormat.Text)));
    }

    [Theory]
    [InlineData(Making.Emitted)]
    [InlineData(Making.Reflected)]
    public void Tuples_of_any_length_take_columns_by_position(Making making)
    {
        var row = new TestRow();
        Assert.Equal(ValueTuple.Create(1), Read<ValueTuple<int>>(row.Add("a", 1), making));
        Assert.Equal((1, "b"), Read<(int, string)>(row.Add("b", "b"), making));
        Assert.Equal((1, "b", 3L), Read<(int, string, long)>(row.Add("c", 3L), making));
        Assert.Equal((1, "b", 3L, 4m), Read<(int, string, long, decimal)>(row.Add("d", 4m), making));
        Assert.Equal((1, "b", 3L, 4m, true), Read<(int, string, long, decimal, bool)>(row.Add("e", true), making));
        Assert.Equal((1, "b", 3L, 4m, true, Noon), Read<(int, string, long, decimal, bool, DateTime)>(row.Add("f", Noon), making));
        Assert.Equal((1, "b", 3L, 4m, true, Noon, 7f),
            Read<(int, string, long, decimal, bool, DateTime, float)>(row.Add("g", 7f), making));
        Assert.Equal((1, "b", 3L, 4m, true, Noon, 7f, 8d),
            Read<(int, string, long, decimal, bool, DateTime, float, double)>(row.Add("h", 8d), making));
        Assert.Equal((1, "b", 3L, 4m, true, Noon, 7f, 8d, null),
            Read<(int, string, long, decimal, bool, DateTime, float, double, int?)>(row.Add("i", (int?)null), making));
        Assert.Equal((1, "b", 3L, 4m, true, Noon, 7f, 8d, (int?)null).ToTuple(),
            Read<Tuple<int, string, long, decimal, bool, DateTime, float, Tuple<double, int?>>>(row, making));
    }

    [Theory]
    [InlineData(Making.Emitted)]
    [InlineData(Making.Reflected)]
    public void Tuple_of_sixteen_nests_twice(Making making)
    {
        var row = new TestRow();
        for (var i = 1; i <= 16; i++)
            row.Add("c", i);
        Assert.Equal((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16),
            Read<(int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int)>(row, making));
    }

    [Theory]
    [InlineData(Making.Generated)]
    [InlineData(Making.Emitted)]
    [InlineData(Making.Reflected)]
    public void Record_takes_columns_by_name_in_any_order(Making making)
    {
        var row = new TestRow().Add("TOTAL", 9.50m).Add("created_at", Noon).Add("note", (string?)null).Add("id", 1);
        Assert.Equal(new Order(1, Noon, 9.50m, null), Read<Order>(row, making));
        Assert.Equal(new OrderStruct(1, Noon, 9.50m, null), Read<OrderStruct>(row, making));
    }

    [Theory]
    [InlineData(Making.Generated)]
    [InlineData(Making.Emitted)]
    [InlineData(Making.Reflected)]
    public void Class_takes_columns_through_constructor_and_properties(Making making)
    {
        var row = new TestRow().Add("name", "n").Add("id", 1).Add("weird name!", 3).Add("size", (int?)5);
        var item = Read<Item>(row, making);
        Assert.Equal((1, "n", 3, 5, "kept"), (item.Id, item.Name, item.Odd, item.Size, item.Other));
    }

    [Theory]
    [InlineData(Making.Generated)]
    [InlineData(Making.Emitted)]
    [InlineData(Making.Reflected)]
    public void Struct_without_a_constructor_takes_properties(Making making)
    {
        var pair = Read<Pair>(new TestRow().Add("b", "x").Add("a", 1), making);
        Assert.Equal((1, "x"), (pair.A, pair.B));
    }

    [Theory]
    [InlineData(Making.Generated)]
    [InlineData(Making.Emitted)]
    [InlineData(Making.Reflected)]
    public void Parameter_without_a_column_takes_its_default(Making making)
    {
        Assert.Equal(new Defaults(1, 5, "d", default, null), Read<Defaults>(new TestRow().Add("id", 1), making));
        Assert.Equal(new Defaults(1, 6, "d", default, null), Read<Defaults>(new TestRow().Add("id", 1).Add("size", 6), making));
    }

    [Theory]
    [InlineData(Making.Generated)]
    [InlineData(Making.Emitted)]
    [InlineData(Making.Reflected)]
    public void Attribute_names_the_column_of_a_parameter(Making making)
        => Assert.Equal(new Renamed(1, 2), Read<Renamed>(new TestRow().Add("?column?", 1).Add("count(*)", 2), making));

    [Fact]
    public void Layout_keeps_the_mapper_for_the_same_type_and_registry()
    {
        var layout = new TestRow().Add("a", 1).Layout;
        var mapper = RowMapperFactory.GetOrCreate<int>(layout, PgTypeRegistry.Default);
        Assert.Same(mapper, RowMapperFactory.GetOrCreate<int>(layout, PgTypeRegistry.Default));
        Assert.NotSame(mapper, RowMapperFactory.GetOrCreate<int>(layout, PgTypeRegistry.Default.With()));
        Assert.IsAssignableFrom<RowMapper<long>>(RowMapperFactory.GetOrCreate<long>(layout, PgTypeRegistry.Default));
    }

    [Fact]
    public void Row_of_values_allocates_nothing()
    {
        var row = new TestRow().Add("a", 1).Add("b", 2L).Add("c", 3d).Add("d", true).Add("e", Noon).Add("f", Guid.Empty);
        var mapper = RowMapperFactory.Create<(int, long, double, bool, DateTime, Guid)>(row.Layout, PgTypeRegistry.Default);
        Assert.Equal(0, Allocated(mapper, row.Body));
    }

    [Fact]
    public void Row_with_a_string_allocates_the_string()
    {
        var row = new TestRow().Add("a", 1).Add("b", "hello").Add("c", (int?)null);
        var mapper = RowMapperFactory.Create<(int, string, int?)>(row.Layout, PgTypeRegistry.Default);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var copy = new string('x', 5);
        var expected = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(copy);
        Assert.Equal(expected, Allocated(mapper, row.Body));
    }

    [Theory]
    [InlineData(Making.Generated)]
    [InlineData(Making.Emitted)]
    public void Struct_record_by_name_allocates_nothing(Making making)
    {
        var row = new TestRow().Add("total", 1.25m).Add("id", 1).Add("created_at", Noon).Add("note", (string?)null);
        Assert.Equal(0, Allocated(Mapper<OrderStruct>(row, making), row.Body));
    }

    private static long Allocated<T>(RowMapper<T> mapper, byte[] body)
    {
        for (var i = 0; i < 100; i++)
            mapper.Read(body);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            mapper.Read(body);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 1000;
    }

    private static T Read<T>(TestRow row, Making making = Making.Emitted)
        => Mapper<T>(row, making).Read(row.Body);

    private static RowMapper<T> Mapper<T>(TestRow row, Making making)
        => RowMapperFactory.Create<T>(row.Layout, PgTypeRegistry.Default, Enum.Parse<RowMaking>(making.ToString()));

    [PgRow]
    internal sealed record Order(int Id, DateTime CreatedAt, decimal Total, string? Note);

    [PgRow]
    internal readonly record struct OrderStruct(int Id, DateTime CreatedAt, decimal Total, string? Note);

    [PgRow]
    internal sealed record Defaults(int Id, int Size = 5, string Name = "d", DateTime At = default, int? Maybe = null);

    [PgRow]
    internal sealed record Renamed([PgColumn("?column?")] int First, [property: PgColumn("count(*)")] int Second);

    [PgRow]
    internal sealed class Item(int id)
    {
        public int Id => id;

        public required string Name { get; init; }

        [PgColumn("weird name!")]
        public int Odd { get; set; }

        public int? Size { get; set; }

        public string Other { get; set; } = "kept";
    }

    [PgRow]
    internal struct Pair
    {
        public int A { get; set; }

        public string B { get; init; }
    }
}
