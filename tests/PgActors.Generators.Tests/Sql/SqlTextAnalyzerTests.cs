using PgActors.Generators.Sql;

namespace PgActors.Generators.Tests.Sql;

public sealed class SqlTextAnalyzerTests
{
    [Theory]
    [InlineData("await db.ExecuteAsync($\"delete from t where id = {id}\");")]
    [InlineData("await db.ExecuteAsync(\"delete from t where \" + \"id = 1\");")]
    [InlineData("await db.ExecuteAsync(\"delete from \" + Table);")]
    [InlineData("await db.ExecuteAsync(\"delete from \" + Prepared);")]
    [InlineData("const string sql = \"select 1\"; await db.ExecuteAsync(sql);")]
    [InlineData("string sql = $\"delete from {new PgIdentifier(name)}\"; await db.ExecuteAsync(sql);")]
    [InlineData("var sql = \"select 1\"; await db.ExecuteAsync(sql.Replace(\"1\", \"2\"));")]
    [InlineData("await db.ExecuteAsync(name);")]
    [InlineData("var text = \"a\" + name; Console.WriteLine(text);")]
    public Task Text_that_holds_no_value_is_left_alone(string statement) => Check(statement, null);

    [Theory]
    [InlineData("await db.ExecuteAsync(\"delete from t where name = '\" + name + \"'\");", "concatenation")]
    [InlineData("await db.ExecuteAsync((string)$\"delete from t where name = '{name}'\");", "interpolation into a string")]
    [InlineData("var sql = $\"delete from t where id = {id}\"; await db.ExecuteAsync(sql);", "interpolation into a string")]
    [InlineData("var sql = \"delete from t\"; sql += \" where id = \" + id; await db.ExecuteAsync(sql);", "concatenation")]
    [InlineData("string sql; sql = \"delete from t where id = \" + id; await db.ExecuteAsync(sql);", "concatenation")]
    [InlineData("await db.ExecuteAsync(string.Format(\"delete from t where id = {0}\", id));", "string.Format")]
    [InlineData("await db.ExecuteAsync(string.Concat(\"delete from t where id = \", name));", "string.Concat")]
    [InlineData("await db.ExecuteAsync(\"delete from {t}\".Replace(\"{t}\", name));", "string.Replace")]
    [InlineData("await db.ExecuteAsync(new System.Text.StringBuilder(name).ToString());", "a StringBuilder")]
    [InlineData("await db.ExecuteAsync(id > 1 ? \"select 1\" : \"select \" + id);", "concatenation")]
    [InlineData("await db.ExecuteAsync((\"delete from \" + name).Trim());", "concatenation")]
    public Task Text_built_from_values_is_warned_of(string statement, string how) => Check(statement, how);

    [Fact]
    public async Task Every_method_that_takes_text_is_watched()
    {
        var found = await Compiling.AnalyzeAsync(new SqlTextAnalyzer(), Program(
            "db.Query<int>(\"select \" + id); await db.QuerySingleAsync<int>(\"select \" + id); "
            + "await db.QuerySingleOrDefaultAsync<int>(\"select \" + id);"));
        Assert.Equal(3, found.Length);
        Assert.Contains("given to QuerySingleOrDefaultAsync", found[2], StringComparison.Ordinal);
    }

    private static async Task Check(string statement, string? how)
    {
        string[] expected = how is null
            ? []
            : [$"PGA0021 7: The SQL given to ExecuteAsync is built by {how}, so what is put into it becomes SQL; pass one interpolated "
                + "string, whose values become parameters, and write names as PgIdentifier"];
        Assert.Equal(expected, await Compiling.AnalyzeAsync(new SqlTextAnalyzer(), Program(statement)));
    }

    private static string Program(string statement) => $$"""
        public static class Program
        {
            private const string Table = "t";
            private static readonly string Prepared = Table + Environment.NewLine;
            public static async System.Threading.Tasks.Task Run(PgDatabase db, int id, string name)
            {
                {{statement}}
                _ = Prepared;
            }
        }
        """;
}
