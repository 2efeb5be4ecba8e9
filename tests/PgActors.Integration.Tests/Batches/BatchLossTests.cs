using System.Globalization;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Batches;

/// <summary>The link is cut at every byte of a batch: what the results claim is never what the server's rows deny.</summary>
public sealed class BatchLossTests(TestServers servers)
{
    private const int Size = 4;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(BatchMode.Independent, FaultDirection.ToServer)]
    [InlineData(BatchMode.Independent, FaultDirection.ToClient)]
    [InlineData(BatchMode.Atomic, FaultDirection.ToServer)]
    [InlineData(BatchMode.Atomic, FaultDirection.ToClient)]
    public async Task Claims_never_contradict_the_rows_wherever_the_link_is_cut(BatchMode mode, FaultDirection direction)
    {
        var server = await servers.GetAsync();
        var table = Tables.NewName("batch_cut");
        await server.QueryAsync($"create table {table} (run int, n int)", cancellationToken: Token);
        var application = $"cut_{mode}_{direction}";
        var (first, last) = await MeasureAsync(server, table, mode, direction);
        var claims = new Dictionary<(int Run, int N), BatchEnd>();

        for (var cut = first; cut <= last; cut++)
        {
            await using var proxy = FaultProxy.Start(server.TcpEndPoint);
            proxy.OnConnection(1, FaultPlan.Forward.CutAfter(direction, cut, cut % 2 == 0 ? FaultCut.Close : FaultCut.Reset));
            await using var db = await server.OpenAsync($"shared_sessions=1&application_name={application}", proxy: proxy);
            var (results, run) = Fill(db, table, mode, (int)cut);
            var counts = await run.TryRunAsync(Token);
            Assert.Equal(Size, counts.Total);
            foreach (var result in results)
                claims.Add(((int)cut, result.Index), result.End);
        }

        await server.UntilSessionsAsync(application, 0);
        var rows = (await server.QueryAsync($"select run, n, count(*) from {table} where run >= 0 group by 1, 2", cancellationToken: Token))
            .ToDictionary(row => (Number(row[0]), Number(row[1])), row => Number(row[2]));
        Assert.All(rows.Values, count => Assert.Equal(1, count));
        foreach (var (command, end) in claims)
        {
            var isThere = rows.ContainsKey(command);
            switch (end)
            {
                case BatchEnd.Succeeded:
                    Assert.True(isThere, $"{command} succeeded");
                    break;
                case BatchEnd.NotSent or BatchEnd.Skipped or BatchEnd.RolledBack or BatchEnd.Failed:
                    Assert.False(isThere, $"{command}: {end}");
                    break;
                case BatchEnd.Unknown:
                    break;
                default:
                    Assert.Fail($"{command}: {end}");
                    break;
            }
        }

        if (mode == BatchMode.Atomic)
            Assert.All(rows.Keys.GroupBy(command => command.Item1), run => Assert.Equal(Size, run.Count()));
        Assert.Contains(BatchEnd.Unknown, claims.Values);
    }

    private static int Number(string? text) => int.Parse(text!, CultureInfo.InvariantCulture);

    private static (PgBatchResult<long>[] Results, PgBatch Batch) Fill(PgDatabase db, PgIdentifier table, BatchMode mode, int run)
    {
        var batch = db.CreateBatch(mode);
        return ([.. Enumerable.Range(0, Size).Select(n => batch.Execute($"insert into {table} values ({run}, {n})"))], batch);
    }

    // What a batch on a new session takes: from the first byte behind the start-up to the last.
    private static async Task<(long First, long Last)> MeasureAsync(
        PostgresServer server, PgIdentifier table, BatchMode mode, FaultDirection direction)
    {
        await using var proxy = FaultProxy.Start(server.TcpEndPoint);
        await using var db = await server.OpenAsync("shared_sessions=1&application_name=cut_" + mode + "_" + direction, proxy: proxy);
        long Bytes() => direction == FaultDirection.ToServer ? proxy.BytesToServer : proxy.BytesToClient;
        var first = Bytes();
        var (_, batch) = Fill(db, table, mode, -1);
        await batch.RunAsync(Token);
        return (first, Bytes());
    }
}
