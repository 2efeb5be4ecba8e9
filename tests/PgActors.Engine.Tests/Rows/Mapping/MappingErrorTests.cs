using PgActors.Rows.Mapping;
using PgActors.Types;

namespace PgActors.Engine.Tests.Rows.Mapping;

public sealed class MappingErrorTests
{
    internal enum Color
    {
        Red,
    }

    [Fact]
    public void Wrong_type_names_column_types_and_remedy()
    {
        var error = Fail<(int, string, int)>(new TestRow().Add("id", 1).Add("name", "a").Add("total", 1m));
        Assert.Equal("Column 2 \"total\" is numeric; it cannot be read as int (item 3 of (int, string, int)). Use decimal, or cast it in "
            + "SQL: total::int4.", error.Message);
        Assert.Equal((PgMappingErrorKind.Shape, 2, "total"), (error.Kind, error.ColumnIndex, error.ColumnName));
    }

    [Fact]
    public void Wrong_type_of_a_single_column_quotes_odd_names()
        => Assert.Equal("Column 0 \"?column?\" is int8; it cannot be read as int?. Use long?, or cast it in SQL: \"?column?\"::int4.",
            Fail<int?>(new TestRow().Add("?column?", 1L)).Message);

    [Fact]
    public void Unknown_member_type_says_how_to_add_it()
        => Assert.Equal("Column 0 \"color\" is text; it cannot be read as Color (Car.Color). Use string, or add a mapping for Color with "
            + "PgTypeRegistry.With.", Fail<Car>(new TestRow().Add("color", "red")).Message);

    [Fact]
    public void Unknown_column_type_can_be_cast()
        => Assert.Equal("Column 0 \"ip\" is inet; it cannot be read as string. Use IPAddress, or cast it in SQL: ip::text.",
            Fail<string>(new TestRow().AddRaw("ip", PgTypeOid.Inet, [2, 32, 0, 4, 127, 0, 0, 1])).Message);

    [Fact]
    public void Missing_column_names_the_member()
    {
        var error = Fail<Order>(new TestRow().Add("id", 1).Add("tot", 1m));
        Assert.Equal("Order needs Total (decimal), and no column is named Total. The result has 2 columns: id, tot. Select it, name a "
            + "column so with AS, or say which one it is with [PgColumn(\"…\")].", error.Message);
        Assert.Contains("needs Name (string)", Fail<Required>(new TestRow().Add("id", 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Extra_column_has_no_place()
    {
        var error = Fail<Order>(new TestRow().Add("id", 1).Add("total", 1m).Add("note", "x"));
        Assert.Equal("Column 2 \"note\" has no place in Order: no constructor parameter or settable property is named so. Leave it out of "
            + "the SELECT list, add a property for it, or point [PgColumn] at it.", error.Message);
        Assert.Equal(2, error.ColumnIndex);
    }

    [Fact]
    public void Two_columns_of_one_name_cannot_be_told_apart()
        => Assert.Equal("Columns 0 and 2 are both named \"ID\", so Order cannot tell them apart. Give one of them another name with AS.",
            Fail<Order>(new TestRow().Add("id", 1).Add("total", 1m).Add("ID", 2)).Message);

    [Fact]
    public void Number_of_columns_must_match()
    {
        Assert.Equal("int is read from a result of one column, and this one has 2 columns: a, b. Select one column, or read the rows as a "
            + "tuple or a record.", Fail<int>(new TestRow().Add("a", 1).Add("b", 2)).Message);
        Assert.Equal("(int, string) takes 2 columns, and the result has one column: a. Give the tuple as many items as the result has "
            + "columns.",
            Fail<(int, string)>(new TestRow().Add("a", 1)).Message);
        Assert.Contains("no columns", Fail<int>(new TestRow()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_row_is_refused()
    {
        foreach (var error in new[]
        {
            Fail<Color>(new TestRow().Add("a", 1)), Fail<IDisposable>(new TestRow().Add("a", 1)), Fail<object>(new TestRow().Add("a", 1)),
            Fail<List<Order>>(new TestRow().Add("a", 1)), Fail<(int, string)?>(new TestRow().Add("a", 1)),
            Fail<Action>(new TestRow().Add("a", 1)),
        })
        {
            Assert.Equal(PgMappingErrorKind.Shape, error.Kind);
            Assert.StartsWith("A row", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Null_where_it_cannot_be_names_the_member()
    {
        var error = Fail<Order>(new TestRow().Add("id", 1).Add("total", (decimal?)null));
        Assert.Equal("Column 1 \"total\" is NULL, and Order.Total is decimal, which cannot be. Declare it as decimal?, or use "
            + "coalesce(total, …) in SQL.", error.Message);
        Assert.Equal((PgMappingErrorKind.Null, 1, "total"), (error.Kind, error.ColumnIndex, error.ColumnName));
        Assert.StartsWith("Column 0 \"a\" is NULL, and the value is int, which cannot be. Declare it as int?",
            Fail<int>(new TestRow().Add("a", (int?)null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_honours_how_references_are_declared()
    {
        Assert.Equal(PgMappingErrorKind.Null, Fail<Required>(new TestRow().Add("id", 1).Add("name", (string?)null)).Kind);
        var row = new TestRow().Add("id", 1).Add("name", (string?)null);
        Assert.Null(RowMapperFactory.Create<Optional>(row.Layout, PgTypeRegistry.Default).Read(row.Body).Name);
    }

    [Fact]
    public void Value_out_of_range_names_the_column_and_never_the_value()
    {
        var error = Fail<Order>(new TestRow().Add("id", 1).AddRaw("total", PgTypeOid.Numeric, Convert.FromHexString("00000000C0000000")));
        Assert.Equal("Column 1 \"total\" is numeric and holds a value that cannot be read as decimal (Order.Total). It is NaN, infinite, or "
            + "has more than the 28 digits of a decimal; read it as PgNumeric, or round() it.", error.Message);
        Assert.Equal((PgMappingErrorKind.OutOfRange, 1), (error.Kind, error.ColumnIndex));
    }

    [Fact]
    public void Malformed_value_names_the_column()
    {
        var error = Fail<(int, int)>(new TestRow().Add("a", 1).AddRaw("b", PgTypeOid.Int4, [1, 2, 3]));
        Assert.Equal("Column 1 \"b\" is int4, and the bytes received are no such value in the binary form.", error.Message);
        Assert.Equal((PgMappingErrorKind.Malformed, 1), (error.Kind, error.ColumnIndex));
    }

    [Fact]
    public void Row_cut_anywhere_or_with_bytes_left_over_is_malformed()
    {
        var row = new TestRow().Add("a", 1).Add("b", "text");
        var mapper = RowMapperFactory.Create<(int, string)>(row.Layout, PgTypeRegistry.Default);
        var body = row.Body;
        for (var length = 0; length < body.Length; length++)
            Assert.Equal(PgMappingErrorKind.Malformed, Assert.Throws<PgMappingException>(() => mapper.Read(body.AsSpan(0, length))).Kind);
        Assert.Equal(PgMappingErrorKind.Malformed, Assert.Throws<PgMappingException>(() => mapper.Read([.. body, 0])).Kind);
        Assert.Equal((1, "text"), mapper.Read(body));
    }

    /// <summary>The error, which is the same in whatever way the row is made.</summary>
    private static PgMappingException Fail<T>(TestRow row)
    {
        var emitted = Fail<T>(row, RowMaking.Emitted);
        foreach (var making in new[] { RowMaking.Best, RowMaking.Reflected, RowMaking.Generated })
        {
            if (making == RowMaking.Generated && !GeneratedRows.TryFind<T>(out _))
                continue;
            var other = Fail<T>(row, making);
            Assert.Equal((emitted.Message, emitted.Kind, emitted.ColumnIndex, emitted.ColumnName),
                (other.Message, other.Kind, other.ColumnIndex, other.ColumnName));
        }

        return emitted;
    }

    private static PgMappingException Fail<T>(TestRow row, RowMaking making)
        => Assert.Throws<PgMappingException>(() => RowMapperFactory.Create<T>(row.Layout, PgTypeRegistry.Default, making).Read(row.Body));

    [PgRow]
    internal sealed record Order(int Id, decimal Total);

    [PgRow]
    internal sealed record Car(Color Color);

    [PgRow]
    internal sealed class Required
    {
        public int Id { get; set; }

        public required string Name { get; set; }
    }

    [PgRow]
    internal sealed class Optional
    {
        public int Id { get; set; }

        public string? Name { get; set; }
    }
}
