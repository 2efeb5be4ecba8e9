using System.Collections.Concurrent;
using System.Globalization;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Pipelining;

/// <summary>One exchange, cut again and again at other bytes, and what its callers were told.</summary>
internal sealed class CutTrial(PostgresServer server, CutExchange exchange, FaultDirection direction, bool isPrepared)
{
    // More than any exchange has bytes.
    private const int WarmUp = 1_000_000;

    private readonly PgIdentifier _table = Tables.NewName("cut_wire");
    private readonly string _name = $"cut_{exchange}_{direction}_{isPrepared}".ToLowerInvariant();
    private readonly ConcurrentDictionary<(int Run, int Number), Exception?> _told = [];
    private int _moved;

    private int Callers => exchange == CutExchange.Callers ? 3 : 1;

    private int Commands => exchange == CutExchange.Callers ? 4 : 1;

    /// <summary>Makes the tables.</summary>
    /// <returns>How many bytes the exchange has if nothing is cut.</returns>
    public async Task<int> PrepareAsync(CancellationToken cancellationToken)
    {
        await server.QueryAsync($"create table {_table} (run int, number int, trace bigint)", cancellationToken: cancellationToken);
        await CreateTracesAsync(WarmUp, WarmUp, cancellationToken);
        await using var proxy = FaultProxy.Start(server.TcpEndPoint);
        await using var db = await OpenAsync(proxy);
        var before = Forwarded(proxy.Connections[0]);
        await RunAsync(db, WarmUp, cancellationToken);
        var last = (int)(Forwarded(proxy.Connections[0]) - before);
        _told.Clear();
        await CreateTracesAsync(0, last, cancellationToken);
        return last;
    }

    /// <summary>Runs the exchange once on a database object of its own, whose link ends after so many bytes of it.</summary>
    public async Task CutAfterAsync(int bytes, CancellationToken cancellationToken)
    {
        await using var proxy = FaultProxy.Start(server.TcpEndPoint);
        await using var db = await OpenAsync(proxy);
        var how = bytes % 2 == 0 ? FaultCut.Close : FaultCut.Reset;
        if (bytes == 0)
            proxy.Connections[0].Cut(how);
        else
            proxy.Connections[0].CutAfter(direction, bytes, how);
        await RunAsync(db, bytes, cancellationToken);
        if (proxy.ConnectionCount > 1)
            Interlocked.Increment(ref _moved);
    }

    /// <summary>Holds what was told against what the server has.</summary>
    public async Task CheckAsync(int last, CancellationToken cancellationToken)
    {
        // What was sent before the cut may still be running.
        await server.UntilSessionsAsync(_name, 0);
        var rows = await CountAsync($"select run, number, count(*) from {_table} where run <= {last} group by 1, 2", cancellationToken);
        var traces = await CountAsync(
            $"select split_part(sequencename, '__', 2), 0, coalesce(last_value, 0) from pg_sequences where sequencename like '{_name}\\_\\_%' "
            + $"and sequencename <> '{_name}__{WarmUp}'",
            cancellationToken);
        Assert.Equal((last + 1) * Commands, _told.Count);
        Assert.All(rows.Values, count => Assert.Equal(1, count));
        Assert.All(traces.Values, count => Assert.InRange(count, 0, 1));

        foreach (var (command, failure) in _told)
        {
            var ran = HasTraces ? traces[command] == 1 : rows.ContainsKey(command);
            var isThere = exchange == CutExchange.Read ? ran : rows.ContainsKey(command);
            switch ((failure as PgException)?.Outcome)
            {
                case null:
                    Assert.True(failure is null && isThere, $"Cut after {command}: success was told, and it is not there. {failure}");
                    break;
                case Outcome.RolledBack:
                    Assert.True(exchange == CutExchange.Read || !isThere, $"Cut after {command}: it is there, although: {failure}");
                    break;
                case Outcome.Unknown:
                    break;
                case Outcome.NotSent:
                    // It would have found another connection.
                    Assert.Fail($"Cut after {command}: {failure}");
                    break;
            }
        }

        Assert.Contains(_told.Values, failure => failure is PgConnectionException { Outcome: Outcome.Unknown });
        Assert.Contains(null, _told.Values);
        if (exchange == CutExchange.Callers)
            Assert.True(_moved > 0, "Nobody ever went on with another connection.");
    }

    // Of several commands there would be thousands.
    private bool HasTraces => exchange != CutExchange.Callers;

    private static int Number(string? text) => int.Parse(text!, CultureInfo.InvariantCulture);

    // What nextval did no rollback undoes: so it shows how often a command ran, even if nothing came of it.
    private async Task CreateTracesAsync(int first, int last, CancellationToken cancellationToken)
    {
        if (HasTraces)
        {
            await server.QueryAsync(
                $"do $$ begin for run in {first}..{last} loop execute format('create sequence %I', '{_name}__' || run); end loop; end $$",
                cancellationToken: cancellationToken);
        }
    }

    private async Task<PgDatabase> OpenAsync(FaultProxy proxy)
    {
        var db = await server.OpenAsync($"shared_sessions=1&sslmode=disable&application_name={_name}", proxy: proxy);

        // The look at the database's types, which comes before the first statement, is not what is cut here.
        Assert.Equal(1, await db.QuerySingleAsync<int>("select 1"));
        if (isPrepared)
            await CommandAsync(db, WarmUp, 0);
        return db;
    }

    private async Task RunAsync(PgDatabase db, int run, CancellationToken cancellationToken)
    {
        // All of them are posted before the first is awaited.
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(CallAsync)).WaitAsync(cancellationToken);

        async Task CallAsync(int caller)
        {
            for (var number = caller; number < Commands; number += Callers)
                Assert.True(_told.TryAdd((run, number), await Record.ExceptionAsync(() => CommandAsync(db, run, number))));
        }
    }

    private async Task CommandAsync(PgDatabase db, int run, int number)
    {
        var trace = $"{_name}__{run}";
        switch (exchange)
        {
            case CutExchange.Read:
                Assert.True(await db.QuerySingleAsync<long>($"select nextval({trace}::text::regclass)") > 0);
                break;
            case CutExchange.Write:
                Assert.Equal(1, await db.ExecuteAsync(
                    $"insert into {_table} values ({run}, {number}, nextval({trace}::text::regclass))"));
                break;
            case CutExchange.Callers:
                Assert.Equal(1, await db.ExecuteAsync($"insert into {_table} values ({run}, {number})"));
                break;
        }
    }

    private async Task<Dictionary<(int Run, int Number), int>> CountAsync(string sql, CancellationToken cancellationToken) =>
        (await server.QueryAsync(sql, cancellationToken: cancellationToken))
        .ToDictionary(row => (Number(row[0]), Number(row[1])), row => Number(row[2]));

    private long Forwarded(FaultConnection connection) =>
        direction == FaultDirection.ToServer ? connection.BytesToServer : connection.BytesToClient;
}
