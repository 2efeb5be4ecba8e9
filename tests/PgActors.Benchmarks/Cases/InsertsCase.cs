using System.Diagnostics;
using Npgsql;
using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Servers;
using PgActors.Types;

namespace PgActors.Benchmarks.Cases;

/// <summary>Ten thousand rows by one statement each, pipelined: what a loader does that cannot COPY.</summary>
internal sealed class InsertsCase : PairedCase
{
    private const int Rows = 10_000;
    private const string Table = "bench_inserts";
    private const string Sql = $"insert into {Table} values ($1, $2)";

    public override string Name => "inserts-10k";

    public override string Description => "one caller, 10,000 rows (int4, text of 20 bytes) by an insert each, into an unlogged table";

    public override string Operation => "10,000 rows";

    protected override Task PrepareAsync(BenchmarkServer server, CancellationToken cancellationToken) =>
        server.EnsureTableAsync(Table, 0, "select 1 as n, ''::text as text where false", cancellationToken);

    protected override IEnumerable<Contender> Contenders(BenchmarkServer server) =>
    [
        new Ours(server, BatchMode.Atomic),
        new Ours(server, BatchMode.Independent),
        new Batched(server, isAtomic: true),
        new Batched(server, isAtomic: false),
        new Raw(server),
    ];

    private static string Text(int n) => string.Create(20, n, static (text, number) => number.TryFormat(text, out _, "D20", null));

    private abstract class Loader(BenchmarkServer server, string name, SystemKind kind) : Contender(name, kind)
    {
        protected BenchmarkServer Server => server;

        public sealed override async Task RunAsync(long operations, LatencyLog latencies)
        {
            var latency = latencies[0];
            for (var i = 0; i < operations; i++)
            {
                var start = Stopwatch.GetTimestamp();
                WrongResultException.ThrowIfDifferent(Rows, await LoadAsync(), Name);
                latency.RecordSince(start);
            }
        }

        /// <returns>How many rows were inserted.</returns>
        protected abstract ValueTask<long> LoadAsync();
    }

    private sealed class Ours(BenchmarkServer server, BatchMode mode)
        : Loader(server, mode == BatchMode.Atomic ? "PgActors atomic" : "PgActors independent", SystemKind.PgActors)
    {
        private PgDatabase? _database;

        public override int Sessions => _database!.SessionCount;

        public override async Task OpenAsync(CancellationToken cancellationToken) =>
            _database = await PgDatabase.ConnectAsync(Server.PgActors(), cancellationToken: cancellationToken);

        protected override async ValueTask<long> LoadAsync() => (await _database!.ExecuteManyAsync(
            mode,
            Enumerable.Range(0, Rows),
            static (bulk, n) => bulk.Add($"insert into bench_inserts values ({n}, {Text(n)})"))).Rows;

        public override ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>One prepared batch of as many commands as rows: its way to pipeline.</summary>
    private sealed class Batched(BenchmarkServer server, bool isAtomic)
        : Loader(server, isAtomic ? "NpgsqlBatch atomic" : "NpgsqlBatch independent", SystemKind.Npgsql)
    {
        private readonly NpgsqlConnection _connection = new(server.Npgsql().ConnectionString);
        private NpgsqlBatch? _batch;

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            await _connection.OpenAsync(cancellationToken);
            _batch = new NpgsqlBatch(_connection) { EnableErrorBarriers = !isAtomic, Timeout = 0 };
            for (var i = 0; i < Rows; i++)
            {
                _batch.BatchCommands.Add(
                    new NpgsqlBatchCommand(Sql) { Parameters = { new NpgsqlParameter<int>(), new NpgsqlParameter<string>() } });
            }


            Fill();
            await _batch.PrepareAsync(cancellationToken);
        }

        protected override async ValueTask<long> LoadAsync()
        {
            Fill();
            return await _batch!.ExecuteNonQueryAsync();
        }

        public override async ValueTask DisposeAsync()
        {
            if (_batch is not null)
                await _batch.DisposeAsync();
            await _connection.DisposeAsync();
        }

        private void Fill()
        {
            for (var i = 0; i < Rows; i++)
            {
                var parameters = _batch!.BatchCommands[i].Parameters;
                ((NpgsqlParameter<int>)parameters[0]).TypedValue = i;
                ((NpgsqlParameter<string>)parameters[1]).TypedValue = Text(i);
            }
        }
    }

    /// <summary>Hundreds at a time, so that neither side's buffers fill up; all encoded beforehand, with a Sync each.</summary>
    private sealed class Raw(BenchmarkServer server) : Loader(server, "raw socket independent", SystemKind.Raw)
    {
        private const int Depth = 200;

        private readonly byte[][] _requests =
        [
            .. Enumerable.Range(0, Rows)
                .Select(n => new[] { RawConnection.Encode(n), System.Text.Encoding.UTF8.GetBytes(Text(n)) })
                .Chunk(Depth).Select(chunk => RawConnection.EncodeMany(chunk, syncsEach: true)),
        ];

        private RawConnection? _connection;

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            _connection = await RawConnection.ConnectAsync(Server, cancellationToken);
            await _connection.PrepareAsync(Sql, PgTypeOid.Int4, PgTypeOid.Text);
        }

        protected override async ValueTask<long> LoadAsync()
        {
            await _connection!.SendAsync(_requests[0]);
            for (var i = 1; i < _requests.Length; i++)
            {
                await _connection.SendAsync(_requests[i]);
                await _connection.DrainAsync(Depth);
            }

            await _connection.DrainAsync(Depth);
            return Rows;
        }

        public override ValueTask DisposeAsync()
        {
            _connection?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
