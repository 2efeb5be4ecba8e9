using PgActors.Integration.Tests.Security;

namespace PgActors.Integration.Tests.Queries;

/// <summary>What a shared session must not carry is refused before a byte of it is sent.</summary>
public sealed class RefusedStatementTests(TestServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("BEGIN")]
    [InlineData("begin isolation level serializable")]
    [InlineData("START TRANSACTION")]
    [InlineData("COMMIT")]
    [InlineData("rollback")]
    [InlineData("SAVEPOINT a")]
    [InlineData("SET work_mem = '1MB'")]
    [InlineData("RESET ALL")]
    [InlineData("LISTEN prices")]
    [InlineData("UNLISTEN *")]
    [InlineData("DISCARD ALL")]
    [InlineData("PREPARE p AS SELECT 1")]
    [InlineData("DEALLOCATE ALL")]
    [InlineData("DECLARE c CURSOR FOR SELECT 1")]
    [InlineData("COPY t FROM STDIN")]
    [InlineData("copy (select 1) to stdout")]
    [InlineData("create temp table t (a int)")]
    [InlineData("CREATE TEMPORARY VIEW v AS SELECT 1")]
    [InlineData("select 1 as a into temp t")]
    [InlineData("select pg_advisory_lock(1)")]
    [InlineData("select set_config('a.b', 'c', false)")]
    [InlineData("select 1; select 2")]
    [InlineData("  -- why\n /* not /* even */ so */ ; begin")]
    public async Task Statement_is_refused_and_nothing_is_sent(string sql)
    {
        var connector = new RecordingConnector();
        await using var db = await servers.OpenAsync("shared_sessions=1", new PgDatabaseSettings { Connector = connector });
        var before = connector.BytesSent;

        var refusals = new[]
        {
            await Assert.ThrowsAsync<PgUsageException>(async () => await db.ExecuteAsync(sql, Token)),
            await Assert.ThrowsAsync<PgUsageException>(async () => await db.QuerySingleAsync<int>(sql, Token)),
            Assert.Throws<PgUsageException>(() => db.Query<int>(sql)),
        };

        Assert.Equal(before, connector.BytesSent);
        Assert.All(refusals, refusal =>
        {
            Assert.Equal(Outcome.NotSent, refusal.Outcome);
            Assert.Contains("not sent", refusal.Message, StringComparison.Ordinal);
            Assert.Contains(sql, refusal.Message, StringComparison.Ordinal);
        });
        Assert.Equal(1, await db.QuerySingleAsync<int>("select 1", Token));
    }

    [Fact]
    public async Task Copy_inside_another_statement_ends_in_an_error_and_not_in_silence()
    {
        await using var db = await servers.OpenAsync("shared_sessions=1");

        await Assert.ThrowsAsync<PgServerException>(
            async () => await db.ExecuteAsync("do $$ begin copy pg_class from stdin; end $$", Token));

        Assert.Equal(1, await db.QuerySingleAsync<int>("select 1", Token));
    }
}
