namespace PgActors.Integration.Tests.Queries;

/// <summary>As many parameters as a message can count, and one more.</summary>
public sealed class ManyParametersTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Most_parameters_that_can_be_counted_work_and_one_more_is_refused_before_anything_is_sent()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");
        var process = await db.QuerySingleAsync<int>("select pg_backend_pid()", Token);

        Assert.Equal(65_535, await CountAsync(db, 65_535));
        var refused = await Assert.ThrowsAsync<PgUsageException>(async () => await CountAsync(db, 65_536));

        Assert.Contains("65,536 parameters", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Pass an array", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Outcome.NotSent, refused.Outcome);
        Assert.Equal(process, await db.QuerySingleAsync<int>("select pg_backend_pid()", Token));
    }

    [Fact]
    public async Task Most_parameters_pass_narrow_sockets_while_the_server_tells_all_that_it_does()
    {
        var notices = 0;
        await using var db = await servers.OpenAsync(
            "shared_sessions=1&socket_buffer_bytes=4096&options=" + Uri.EscapeDataString("-c client_min_messages=debug5"));
        using var watch = db.Events.Subscribe(happened =>
        {
            if (happened is PgNoticeEvent)
                Interlocked.Increment(ref notices);
        });

        // Pipelined: the server answers the one and tells of it while the next is being sent.
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CountAsync(db, 65_535).AsTask()));

        Assert.Equal(Enumerable.Repeat(65_535, 4), answers);
        Assert.True(notices > 4, $"{notices}");
    }

    private static ValueTask<int> CountAsync(PgDatabase db, int parameters)
    {
        var sql = new PgSqlHandler(0, parameters, db);
        sql.AppendLiteral("select cardinality(array[");
        for (var i = 0; i < parameters; i++)
        {
            sql.AppendFormatted(i);
            sql.AppendLiteral(i < parameters - 1 ? "," : "])");
        }

        return db.QuerySingleAsync<int>(ref sql, Token);
    }
}
