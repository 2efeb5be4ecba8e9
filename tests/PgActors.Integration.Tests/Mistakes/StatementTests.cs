namespace PgActors.Integration.Tests.Mistakes;

/// <summary>Mistakes in statements and parameters.</summary>
public sealed class StatementTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("selekt 1", "42601: syntax error", 1, 1, "selekt 1", 0)]
    [InlineData("select 'naïve \U0001F418', oops(3)", "42883: function oops(integer)", 19, 1, "select 'naïve \U0001F418', oops(3)", 18)]
    [InlineData("select 1,\n  'ü',\n  lost\nfrom generate_series(1, 2)", "42703: column \"lost\"", 20, 3, "  lost", 2)]
    [InlineData("select\r\n\tlost\r\nfrom t", "42P01: relation \"t\"", 21, 3, "from t", 5)]
    public async Task Place_of_an_error_is_shown(string sql, string message, int position, int line, string text, int column)
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");

        var error = await Assert.ThrowsAsync<PgServerException>(async () => await db.QuerySingleAsync<int>(sql, Token));

        Assert.Equal((position, Outcome.RolledBack, sql), (error.Error.Position, error.Outcome, error.Statement));
        var label = $"  line {line}: ";
        error.Says(message, $"\n{label}{text}\n{new string(' ', label.Length + column)}^");
        Assert.Equal(1, await db.QuerySingleAsync<int>("select 1", Token));
    }

    [Fact]
    public async Task Place_in_a_statement_with_parameters_shows_no_values()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");

        var error = await Assert.ThrowsAsync<PgServerException>(
            async () => await db.QuerySingleAsync<int>($"select {1} + lost + {Failures.Secret}::int", Token));

        error.Says("line 1: select $1 + lost + $2::int", "^");
        Assert.Equal("select $1 + lost + $2::int", error.Statement);
    }

    [Fact]
    public async Task Long_line_is_cut_around_the_place()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var wide = new string('x', 5_000);

        var error = await Assert.ThrowsAsync<PgServerException>(
            async () => await db.QuerySingleAsync<int>($"select '{wide}', " + "lost, '" + wide + "'", Token));

        var lines = error.Message.Split('\n');
        Assert.StartsWith("lost,", lines[1][lines[2].IndexOf('^', StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.InRange(lines[1].Length, 1, 140);
    }

    [Fact]
    public async Task Error_inside_a_function_shows_the_inner_statement()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");

        var error = await Assert.ThrowsAsync<PgServerException>(
            async () => await db.ExecuteAsync("do $$ begin execute 'select lost'; end $$", Token));

        error.Says("42703: column \"lost\"", "select lost\n", "^", "Where: PL/pgSQL function");
    }

    [Fact]
    public async Task Violated_constraint_comes_with_its_detail_and_fields()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var table = Tables.NewName("unique");
        await db.ExecuteAsync($"create table {table} (id int constraint only_one primary key)", Token);
        await db.ExecuteAsync($"insert into {table} values (1)", Token);

        var error = await Assert.ThrowsAsync<PgServerException>(
            async () => await db.ExecuteAsync($"insert into {table} values (1)", Token));

        Assert.Equal((SqlStates.UniqueViolation, "only_one"), (error.SqlState, error.Error.ConstraintName));
        error.Says("23505", "only_one", "Detail: Key (id)=(1) already exists.");
        Assert.Equal(1, await db.QuerySingleAsync<long>($"select count(*) from {table}", Token));
    }

    [Fact]
    public async Task Parameters_in_a_text_without_values_are_explained()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");

        var error = await Assert.ThrowsAsync<PgServerException>(async () => await db.QuerySingleAsync<int>("select $1::int", Token));

        error.Says("08P01", "Hint:", "interpolated string");
        Assert.Equal(1, await db.QuerySingleAsync<int>("select 1", Token));
    }

    [Fact]
    public async Task Too_many_parameters_are_counted_before_a_byte_is_sent()
    {
        var connector = new Security.RecordingConnector();
        await using var db = await servers.OpenAsync("shared_sessions=1&sslmode=disable", new PgDatabaseSettings { Connector = connector });
        var before = connector.BytesSent;

        var refused = await Assert.ThrowsAsync<PgUsageException>(async () => await SumAsync(db, ushort.MaxValue + 1));

        refused.Says("65,536 parameters", "at most 65,535", "unnest");
        Assert.Equal(before, connector.BytesSent);
        Assert.Equal(ushort.MaxValue, await SumAsync(db, ushort.MaxValue));
    }

    [Fact]
    public async Task Characters_that_postgresql_cannot_hold_are_refused_before_a_byte_is_sent()
    {
        var connector = new Security.RecordingConnector();
        await using var db = await servers.OpenAsync("shared_sessions=1&sslmode=disable", new PgDatabaseSettings { Connector = connector });
        var before = connector.BytesSent;

        var inText = await Assert.ThrowsAsync<PgUsageException>(async () => await db.ExecuteAsync("select 'a\0b'", Token));
        var inValue = await Assert.ThrowsAsync<PgUsageException>(async () => await db.ExecuteAsync($"select {1}, {"a\0b"}", Token));
        var half = await Assert.ThrowsAsync<PgUsageException>(async () => await db.ExecuteAsync($"select {"ab\uD800"}", Token));
        var halfInText = await Assert.ThrowsAsync<PgUsageException>(async () => await db.ExecuteAsync("select 'ab\uDC00'", Token));

        inText.Says("statement cannot be sent", "U+0000");
        inValue.Says("Parameter $2 cannot be sent", "U+0000");
        half.Says("Parameter $1 cannot be sent", "half of a surrogate pair (at index 2)");
        halfInText.Says("statement cannot be sent", "half of a surrogate pair (at index 10)");
        Assert.All(new[] { inText, inValue, half, halfInText }, refusal =>
        {
            Assert.Equal(Outcome.NotSent, refusal.Outcome);
            Assert.DoesNotContain("(Parameter '", refusal.Message, StringComparison.Ordinal);
        });
        Assert.Equal(before, connector.BytesSent);
        Assert.Equal(1, await db.QuerySingleAsync<int>("select 1", Token));
    }

    [Fact]
    public async Task Types_that_cannot_be_sent_are_named()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");

        var unknown = await Assert.ThrowsAsync<PgUsageException>(async () => await db.ExecuteAsync($"select {new Version(1, 2)}", Token));
        var local = await Assert.ThrowsAsync<PgUsageException>(
            async () => await db.ExecuteAsync($"select {new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Local)}", Token));

        unknown.Says("System.Version", "register a codec");
        local.Says("kind Local", "ToUniversalTime()", "DateTimeOffset");
        Assert.Equal(1, await db.QuerySingleAsync<int>("select 1", Token));
    }

    [Theory]
    [InlineData("begin", "transaction", "InTransactionAsync")]
    [InlineData("set work_mem = '1MB'", "changes its session", "LeaseAsync")]
    [InlineData("copy t from stdin", "stream of data", "unnest")]
    public async Task Statement_that_a_shared_session_cannot_carry_comes_with_what_to_do(string sql, string reason, string advice)
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");

        var refused = await Assert.ThrowsAsync<PgUsageException>(async () => await db.ExecuteAsync(sql, Token));

        refused.Says(reason, advice, "not sent", $"\n  {sql}");
    }

    [Fact]
    public async Task Hostile_text_of_a_server_does_not_reach_a_terminal()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");

        var error = await Assert.ThrowsAsync<PgServerException>(
            async () => await db.ExecuteAsync("do $$ begin raise exception using message = 'a' || chr(27) || '[2Jb'; end $$", Token));

        error.Says("a\uFFFD[2Jb");
        Assert.Equal("a\u001B[2Jb", error.Error.Message);
    }

    /// <summary>Adds up a one for each parameter.</summary>
    private static ValueTask<long> SumAsync(PgDatabase db, int count)
    {
        var handler = new PgSqlHandler(0, count, db);
        handler.AppendLiteral("select count(*) from (values ");
        for (var i = 0; i < count; i++)
        {
            handler.AppendLiteral(i == 0 ? "(" : "),(");
            handler.AppendFormatted(1);
        }

        handler.AppendLiteral(")) v");
        return db.QuerySingleAsync<long>(ref handler, Token);
    }
}
