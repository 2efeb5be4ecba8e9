namespace PgActors.Integration.Tests.Types;

/// <summary>Roles whose settings change how values look in text: what is read is right, or a clear error.</summary>
public sealed class SessionStyleTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("German, DMY", "sql_standard")]
    [InlineData("SQL, DMY", "postgres_verbose")]
    [InlineData("Postgres, MDY", "iso_8601")]
    [InlineData("ISO, YMD", "postgres")]
    public async Task Values_are_right_whatever_the_roles_style(string dateStyle, string intervalStyle)
    {
        await using var db = await OpenAsync(dateStyle, intervalStyle);
        var expected = (new DateOnly(2024, 2, 1), new DateTime(2024, 2, 1, 12, 34, 56, 789), new TimeSpan(1, 2, 3, 4));
        Assert.Equal(expected, await db.QuerySingleAsync<(DateOnly, DateTime, TimeSpan)>(
            $"select {expected.Item1}, {expected.Item2}, {expected.Item3}", Token));
        Assert.Equal(expected, await db.QuerySingleAsync<(DateOnly, DateTime, TimeSpan)>(
            $"select row({expected.Item1}, {expected.Item2}, {expected.Item3})", Token));
        await using var transaction = await db.BeginAsync(cancellationToken: Token);
        Assert.Equal(new[] { expected.Item1 }, await transaction.QuerySingleAsync<DateOnly[]>($"select array[{expected.Item1}]", Token));
        Assert.Equal(expected, await transaction.QuerySingleAsync<(DateOnly, DateTime, TimeSpan)>(
            $"select {expected.Item1}, {expected.Item2}, {expected.Item3}", Token));

        // Where a record has to come as text: every style of intervals can be told from the others, those of dates cannot.
        Assert.Equal(
            (7, expected.Item3), await transaction.QuerySingleAsync<(int, TimeSpan)>($"select row({7}, {expected.Item3})", Token));
        const string Sql = "select row(7, '2024-02-01'::date)";
        if (dateStyle.StartsWith("ISO", StringComparison.Ordinal))
        {
            Assert.Equal((7, expected.Item1), await transaction.QuerySingleAsync<(int, DateOnly)>(Sql, Token));
            return;
        }

        var told = await Assert.ThrowsAsync<PgMappingException>(async () => await transaction.QuerySingleAsync<(int, DateOnly)>(Sql, Token));
        Assert.Contains("DateStyle%3DISO", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Style_in_the_options_comes_before_that_of_the_role()
    {
        await using var db = await OpenAsync("German, DMY", "postgres", "&options=-c%20DateStyle%3DISO");
        await using var transaction = await db.BeginAsync(cancellationToken: Token);
        Assert.Equal(
            (7, new DateOnly(2024, 2, 1)),
            await transaction.QuerySingleAsync<(int, DateOnly)>("select row(7, '2024-02-01'::date)", Token));
    }

    [Fact]
    public async Task Bytes_in_text_are_right_in_both_outputs()
    {
        await using var db = await servers.OpenAsync("options=-c%20bytea_output%3Descape");
        await using var transaction = await db.BeginAsync(cancellationToken: Token);
        Assert.Equal(
            "a\\\0\u00FF"u8.ToArray(),
            (await transaction.QuerySingleAsync<(int, byte[])>($"select row({7}, {"a\\\0\u00FF"u8.ToArray()})", Token)).Item2);
    }

    private async Task<PgDatabase> OpenAsync(string dateStyle, string intervalStyle, string parameters = "")
    {
        var role = Tables.NewName("styled");
        await using (var maker = await servers.OpenAsync())
        {
            foreach (var sql in new[]
            {
                "create role {0} login",
                $"alter role {{0}} set datestyle = {dateStyle}",
                $"alter role {{0}} set intervalstyle = {intervalStyle}",
            })
            {
                await maker.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, role), Token);
            }
        }

        var server = await servers.GetAsync();
        var uri = server.ConnectionUri(user: role.ToString().Trim('"'), parameters: $"shared_sessions=1{parameters}");
        return await PgDatabase.ConnectAsync(PgConnectionOptions.Parse(uri), cancellationToken: Token);
    }
}
