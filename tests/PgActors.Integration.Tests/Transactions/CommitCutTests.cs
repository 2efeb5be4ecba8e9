using PgActors.Testing;

namespace PgActors.Integration.Tests.Transactions;

/// <summary>The wire is cut at every byte of a transaction: what is claimed of it never contradicts the rows that the server has.</summary>
public sealed class CommitCutTests(TestServers servers)
{
    // Far beyond what the exchange takes; the tests end as soon as one was not cut.
    private const int Limit = 2_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FaultDirection.ToServer, true)]
    [InlineData(FaultDirection.ToServer, false)]
    [InlineData(FaultDirection.ToClient, true)]
    [InlineData(FaultDirection.ToClient, false)]
    public async Task Claims_about_a_commit_cut_at_any_byte_are_true(FaultDirection direction, bool resolves)
    {
        var server = await servers.GetAsync();
        await using var proxy = FaultProxy.Start(server.TcpEndPoint);
        await using var db = await OpenAsync(server, proxy, resolves);
        var table = Tables.NewName("commit_cut");
        await db.ExecuteAsync($"create table {table} (id int)", Token);
        var fates = new Dictionary<Outcome, int>();

        for (var bytes = 1; ; bytes++)
        {
            Assert.True(bytes < Limit, "The exchange is longer than it can be.");
            await using var tx = await BeginWithRowAsync(db, table, bytes);
            var connection = proxy.Connections[^1];
            var before = Forwarded(connection, direction);
            connection.CutAfter(direction, bytes, bytes % 2 == 0 ? FaultCut.Close : FaultCut.Reset);
            var failure = await Record.ExceptionAsync(() => tx.CommitAsync(Token));
            await CheckAsync(server, $"{table}", bytes, failure, fates);
            if (Forwarded(connection, direction) - before < bytes)
                break;
        }

        if (resolves)
            Assert.DoesNotContain(Outcome.Unknown, fates.Keys);
        else
            Assert.Contains(Outcome.Unknown, fates.Keys);
    }

    [Theory]
    [InlineData(FaultDirection.ToServer)]
    [InlineData(FaultDirection.ToClient)]
    public async Task Claims_about_a_whole_transaction_cut_at_any_byte_are_true(FaultDirection direction)
    {
        var server = await servers.GetAsync();
        await using var proxy = FaultProxy.Start(server.TcpEndPoint);
        await using var db = await OpenAsync(server, proxy, resolves: true);
        var table = Tables.NewName("tx_cut");
        await db.ExecuteAsync($"create table {table} (id int)", Token);
        var fates = new Dictionary<Outcome, int>();

        for (var bytes = 1; ; bytes += 7)
        {
            Assert.True(bytes < Limit, "The exchange is longer than it can be.");
            await using var tx = await db.BeginAsync(cancellationToken: Token);
            var connection = proxy.Connections[^1];
            var before = Forwarded(connection, direction);
            connection.CutAfter(direction, bytes, FaultCut.Reset);
            var failure = await Record.ExceptionAsync(async () =>
            {
                await tx.ExecuteAsync($"insert into {table} values ({bytes})", Token);
                await tx.CommitAsync(Token);
            });
            await CheckAsync(server, $"{table}", bytes, failure, fates);
            if (Forwarded(connection, direction) - before < bytes)
                break;
        }

        Assert.Equal([Outcome.RolledBack], fates.Keys);
    }

    [Fact]
    public async Task Session_comes_back_idle_wherever_its_caller_gives_up()
    {
        var server = await servers.GetAsync();
        await using var proxy = FaultProxy.Start(server.TcpEndPoint);
        await using var db = await OpenAsync(server, proxy, resolves: true);
        var table = Tables.NewName("tx_left");
        await db.ExecuteAsync($"create table {table} (id int)", Token);

        for (var bytes = 1; bytes < 250; bytes += 4)
        {
            await using (var tx = await db.BeginAsync(cancellationToken: Token))
            {
                using var source = new CancellationTokenSource();
                var connection = proxy.Connections[^1];
                var before = connection.BytesToClient;
                connection.Hold(FaultDirection.ToClient);
                connection.Release(FaultDirection.ToClient, bytes);
                var work = WorkAsync(tx, bytes, source.Token);
                await ServerFacts.UntilAsync(
                    () => work.IsCompleted || connection.BytesToClient - before == bytes, "so many bytes have passed");
                await source.CancelAsync();
                connection.Release(FaultDirection.ToClient);
                Assert.True(await Record.ExceptionAsync(() => work) is null or PgCanceledException);
            }

            // Refused inside a transaction.
            await using var next = await db.LeaseAsync(Token);
            await next.ExecuteAsync("discard all", Token);
        }

        async Task WorkAsync(PgTransaction tx, int id, CancellationToken token)
        {
            await tx.ExecuteAsync($"insert into {table} values ({id})", token);
            await using var savepoint = await tx.SavepointAsync(token);
            await tx.ExecuteAsync($"insert into {table} values ({-id})", token);
            await savepoint.ReleaseAsync(token);
            await tx.CommitAsync(token);
        }
    }

    private static Task<PgDatabase> OpenAsync(PostgresServer server, FaultProxy proxy, bool resolves) => server.OpenAsync(
        $"shared_sessions=1&max_leased_sessions=1&sslmode=disable&commit_resolution={(resolves ? "10" : "0")}", proxy: proxy);

    // The session cut last may have gone back before its end was noticed; whoever gets it then is told that nothing was sent.
    private static async Task<PgTransaction> BeginWithRowAsync(PgDatabase db, PgIdentifier table, int id)
    {
        while (true)
        {
            var tx = await db.BeginAsync(cancellationToken: Token);
            try
            {
                await tx.ExecuteAsync($"insert into {table} values ({id})", Token);
                return tx;
            }
            catch (PgConnectionException lost) when (lost.Outcome == Outcome.NotSent)
            {
                await tx.DisposeAsync();
            }
        }
    }

    private static long Forwarded(FaultConnection connection, FaultDirection direction) =>
        direction == FaultDirection.ToServer ? connection.BytesToServer : connection.BytesToClient;

    private static async Task CheckAsync(PostgresServer server, string table, int id, Exception? failure, Dictionary<Outcome, int> fates)
    {
        var count = await server.AskAsync($"SELECT count(*) FROM {table} WHERE id = {id}");
        if (failure is null)
        {
            Assert.Equal("1", count);
            return;
        }

        var outcome = Assert.IsAssignableFrom<PgException>(failure).Outcome;
        fates[outcome] = fates.GetValueOrDefault(outcome) + 1;
        if (outcome != Outcome.Unknown)
            Assert.True(count == "0", $"Cut after {id} bytes: '{failure.Message}', and the row is there.");
    }
}
