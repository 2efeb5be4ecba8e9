namespace PgActors.Integration.Tests.Types;

/// <summary>Roles whose settings change how values look in text: what is read is right, or a clear error.</summary>
public sealed class SessionStyleTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Styles => new()
    {
        { "German, DMY", "sql_standard" },
        { "SQL, DMY", "postgres_verbose" },
        { "SQL, MDY", "postgres" },
        { "Postgres, MDY", "iso_8601" },
        { "Postgres, DMY", "postgres" },
        { "Postgres, YMD", "postgres" },
        { "ISO, YMD", "postgres" },
    };

    [Theory]
    [MemberData(nameof(Styles))]
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

        // Where a record has to come as text, twice: described first, and known.
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(expected, await transaction.QuerySingleAsync<(DateOnly, DateTime, TimeSpan)>(
                $"select row({expected.Item1}, {expected.Item2}, {expected.Item3}) -- in the transaction", Token));
        }

        const string Dates = "select row(n, '2024-02-01'::date + n, array['2024-02-01'::date], daterange('2024-02-01', null)) from generate_series(0, 9) n";
        var rows = await transaction.Query<(int, DateOnly, DateOnly[], PgRange<DateOnly>)>(Dates).ToListAsync(Token);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], rows.Select(row => row.Item2.DayNumber - expected.Item1.DayNumber));
        Assert.All(rows, row => Assert.Equal((expected.Item1, expected.Item1), (row.Item3[0], row.Item4.Lower)));
        Assert.Equal(
            (new PgDate(-44, 3, 15), PgTimestamp.Infinity),
            await transaction.QuerySingleAsync<(PgDate, PgTimestamp)>("select row('0044-03-15 BC'::date, 'infinity'::timestamp)", Token));
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Points_in_time_are_right_or_told(string dateStyle, string intervalStyle)
    {
        await using var db = await OpenAsync(dateStyle, intervalStyle);
        await using var session = await db.LeaseAsync(Token);
        var moment = new DateTimeOffset(2024, 2, 1, 11, 34, 56, 789, TimeSpan.Zero);
        foreach (var zone in new[] { "UTC", "+02", "-5.5", "Asia/Kathmandu", "America/Sao_Paulo", "Europe/Berlin" })
        {
            await session.ExecuteAsync($"select set_config('TimeZone', {zone}, false)", Token);
            await session.ExecuteAsync("begin", Token);
            var asked = session.QuerySingleAsync<(int, DateTimeOffset, DateTime)>(
                "select row(7, '2024-02-01 11:34:56.789+00'::timestamptz, '2024-02-01 11:34:56.789+00'::timestamptz)", Token);
            if (zone == "Europe/Berlin" && !dateStyle.StartsWith("ISO", StringComparison.Ordinal))
            {
                // CET is a zone in Berlin, and in other places another.
                var told = await Assert.ThrowsAsync<PgMappingException>(async () => await asked);
                Assert.Contains("DateStyle%3DISO", told.Message, StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal((7, moment, moment.UtcDateTime), await asked);
            }

            await session.ExecuteAsync("rollback", Token);
        }
    }

    [Fact]
    public async Task Style_that_changes_is_followed_and_never_mistaken()
    {
        await using var db = await servers.OpenAsync();
        await using var session = await db.LeaseAsync(Token);
        await session.ExecuteAsync("begin", Token);
        var expected = (7, new DateOnly(2024, 2, 1));
        const string Sql = "select row(7, '2024-02-01'::date)";
        foreach (var style in new[] { "ISO, MDY", "SQL, DMY", "SQL, MDY", "German, DMY", "Postgres, DMY", "Postgres, MDY" })
        {
            await session.ExecuteAsync($"select set_config('DateStyle', {style}, false)", Token);
            Assert.Equal(expected, await session.QuerySingleAsync<(int, DateOnly)>(Sql, Token));
        }

        // Nobody can say which of the two came first: what is in the form of ISO is read all the same.
        var mixed = session.CreateBatch(BatchMode.Atomic);
        var before = mixed.QuerySingle<(int, DateOnly)>(Sql);
        mixed.Execute("set datestyle = 'SQL, DMY'");
        await mixed.TryRunAsync(Token);
        Assert.Throws<PgMappingException>(() => before.Result);
        var iso = session.CreateBatch(BatchMode.Atomic);
        iso.Execute("set datestyle = 'ISO'");
        before = iso.QuerySingle<(int, DateOnly)>(Sql);
        await iso.RunAsync(Token);
        Assert.Equal(expected, before.Result);
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
