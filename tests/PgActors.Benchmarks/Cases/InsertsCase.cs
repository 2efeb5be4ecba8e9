using System.Diagnostics;
using System.Text;
using Npgsql;
using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Servers;
using PgActors.Types;

namespace PgActors.Benchmarks.Cases;

/// <summary>Ten thousand rows in one transaction, by one statement each: what a loader does that cannot COPY.</summary>
internal sealed class InsertsCase : PairedCase
{
    private const int Rows = 10_000;
    private const int BatchSize = 1_000;
    private const string Table = "bench_inserts";
    private const string Sql = $"insert into {Table} values ($1, $2)";

    public override string Name => "inserts-10k";

    public override string Description =>
        "one caller, transactions of 10,000 rows (int4, text of 20 bytes) by an insert each, into an unlogged table";

    public override string Operation => "row";

    protected override long Unit => Rows;

    protected override Task PrepareAsync(BenchmarkServer server, CancellationToken cancellationToken) =>
        server.EnsureTableAsync(Table, 0, "select 1 as n, ''::text as text where false", cancellationToken);

    protected override IEnumerable<Contender> Contenders(BenchmarkServer server) =>
    [
        new AwaitedTogether(server),
        new Bulk(server),
        new OneByOne(server),
        new Batched(server),
        new Raw(server),
    ];

    private static string Text(int n) => string.Create(20, n, static (text, number) => number.TryFormat(text, out _, "D20", null));

    private abstract class Loader(BenchmarkServer server, string name, SystemKind kind) : Contender(name, kind)
    {
        protected BenchmarkServer Server => server;

        public sealed override async Task RunAsync(long operations, LatencyLog latencies)
        {
            for (var left = operations; left > 0; left -= Rows)
            {
                var start = Stopwatch.GetTimestamp();
                WrongResultException.ThrowIfDifferent(Rows, await LoadAsync(), Name);
                latencies[0].RecordSince(start);
            }
        }

        /// <summary>One transaction.</summary>
        /// <returns>How many rows it inserted.</returns>
        protected abstract ValueTask<long> LoadAsync();
    }

    private abstract class Ours(BenchmarkServer server, string name) : Loader(server, name, SystemKind.PgActors)
    {
        protected PgDatabase? Database { get; private set; }

        public override async Task OpenAsync(CancellationToken cancellationToken) =>
            Database = await PgDatabase.ConnectAsync(Server.PgActors(), cancellationToken: cancellationToken);

        public override ValueTask DisposeAsync() => Database?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>Each row is a call of its own; none is awaited before all are begun.</summary>
    private sealed class AwaitedTogether(BenchmarkServer server) : Ours(server, "PgActors, awaited together")
    {
        private readonly ValueTask<long>[] _inserts = new ValueTask<long>[Rows];

        protected override async ValueTask<long> LoadAsync()
        {
            await using var transaction = await Database!.BeginAsync();

            // Each is awaited once, below.
#pragma warning disable CA2012
            for (var n = 0; n < Rows; n++)
                _inserts[n] = transaction.ExecuteAsync($"insert into bench_inserts values ({n}, {Text(n)})");
#pragma warning restore CA2012
            var inserted = 0L;
            foreach (var insert in _inserts)
                inserted += await insert;
            await transaction.CommitAsync();
            return inserted;
        }
    }

    /// <summary>One call for all rows.</summary>
    private sealed class Bulk(BenchmarkServer server) : Ours(server, "PgActors, ExecuteManyAsync")
    {
        protected override async ValueTask<long> LoadAsync() => (await Database!.ExecuteManyAsync(
            BatchMode.Atomic,
            Enumerable.Range(0, Rows),
            static (bulk, n) => bulk.Add($"insert into bench_inserts values ({n}, {Text(n)})"))).Rows;
    }

    private sealed class OneByOne(BenchmarkServer server) : Loader(server, "Npgsql prepared, one by one", SystemKind.Npgsql)
    {
        private readonly NpgsqlConnection _connection = new(server.Npgsql().ConnectionString);
        private readonly NpgsqlParameter<int> _number = new();
        private readonly NpgsqlParameter<string> _text = new() { TypedValue = "" };
        private NpgsqlCommand? _command;

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            await _connection.OpenAsync(cancellationToken);
            _command = new NpgsqlCommand(Sql, _connection) { Parameters = { _number, _text } };
            await _command.PrepareAsync(cancellationToken);
        }

        protected override async ValueTask<long> LoadAsync()
        {
            await using var transaction = await _connection.BeginTransactionAsync();
            var inserted = 0L;
            for (var n = 0; n < Rows; n++)
            {
                (_number.TypedValue, _text.TypedValue) = (n, Text(n));
                inserted += await _command!.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
            return inserted;
        }

        public override async ValueTask DisposeAsync()
        {
            if (_command is not null)
                await _command.DisposeAsync();
            await _connection.DisposeAsync();
        }
    }

    /// <summary>A prepared batch of a thousand commands, ten times: its way to pipeline.</summary>
    private sealed class Batched(BenchmarkServer server) : Loader(server, "Npgsql prepared, batches of 1,000", SystemKind.Npgsql)
    {
        private readonly NpgsqlConnection _connection = new(server.Npgsql().ConnectionString);
        private NpgsqlBatch? _batch;

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            await _connection.OpenAsync(cancellationToken);
            _batch = new NpgsqlBatch(_connection) { Timeout = 0 };
            for (var i = 0; i < BatchSize; i++)
            {
                _batch.BatchCommands.Add(
                    new NpgsqlBatchCommand(Sql) { Parameters = { new NpgsqlParameter<int>(), new NpgsqlParameter<string>() } });
            }

            Fill(0);
            await _batch.PrepareAsync(cancellationToken);
        }

        protected override async ValueTask<long> LoadAsync()
        {
            await using var transaction = await _connection.BeginTransactionAsync();
            var inserted = 0L;
            for (var first = 0; first < Rows; first += BatchSize)
            {
                Fill(first);
                inserted += await _batch!.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
            return inserted;
        }

        public override async ValueTask DisposeAsync()
        {
            if (_batch is not null)
                await _batch.DisposeAsync();
            await _connection.DisposeAsync();
        }

        private void Fill(int first)
        {
            for (var i = 0; i < BatchSize; i++)
            {
                var parameters = _batch!.BatchCommands[i].Parameters;
                ((NpgsqlParameter<int>)parameters[0]).TypedValue = first + i;
                ((NpgsqlParameter<string>)parameters[1]).TypedValue = Text(first + i);
            }
        }
    }

    /// <summary>BEGIN, all rows with a Sync each, COMMIT; sent and received at the same time.</summary>
    private sealed class Raw(BenchmarkServer server) : Loader(server, "raw socket, a Sync each", SystemKind.Raw)
    {
        private const int SyncsAround = 2;

        private readonly byte[] _request =
        [
            .. RawRequest.Simple("begin"),
            .. RawRequest.Executions(
                Enumerable.Range(0, Rows).Select(n => new[] { RawRequest.Int4(n), Encoding.UTF8.GetBytes(Text(n)) }), syncsEach: true),
            .. RawRequest.Simple("commit"),
        ];

        private RawConnection? _connection;

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            _connection = await RawConnection.ConnectAsync(Server.Address, cancellationToken);
            await _connection.PrepareAsync(Sql, PgTypeOid.Int4, PgTypeOid.Text);
        }

        protected override async ValueTask<long> LoadAsync()
        {
            await _connection!.RunAsync(_request, Rows + SyncsAround);
            return Rows;
        }

        public override ValueTask DisposeAsync()
        {
            _connection?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
