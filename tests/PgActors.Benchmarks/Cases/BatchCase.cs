using System.Diagnostics;
using Npgsql;
using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Servers;
using PgActors.Types;

namespace PgActors.Benchmarks.Cases;

/// <summary>One caller that awaits one batch after the other.</summary>
internal sealed class BatchCase(int size) : PairedCase
{
    public override string Name => $"batch-{size}";

    public override string Group => "batches";

    public override string Description => $"one caller, batches of {size} selects of one row by an int4 parameter, each batch one round trip";

    public override string Operation => "statement";

    protected override long Unit => size;

    protected override IEnumerable<Contender> Contenders(BenchmarkServer server) =>
    [
        new Ours(server, size, BatchMode.Atomic),
        new Ours(server, size, BatchMode.Independent),
        new Prepared(server, size, isAtomic: true),
        new Prepared(server, size, isAtomic: false),
        new Raw(server, size, isAtomic: true),
        new Raw(server, size, isAtomic: false),
    ];

    private static string Mode(bool isAtomic) => isAtomic ? "atomic" : "independent";

    private abstract class Batched(string name, SystemKind kind, int size) : Contender(name, kind)
    {
        protected int Size => size;

        public sealed override async Task RunAsync(long operations, LatencyLog latencies)
        {
            var latency = latencies[0];
            var sum = 0L;
            for (var left = operations; left > 0; left -= size)
            {
                var start = Stopwatch.GetTimestamp();
                sum += await RunAsync();
                latency.RecordSince(start);
            }

            WrongResultException.ThrowIfDifferent(operations * (size - 1) / 2, sum, Name);
        }

        /// <summary>One batch: selects each number below its size.</summary>
        /// <returns>Their sum.</returns>
        protected abstract ValueTask<long> RunAsync();
    }

    private sealed class Ours(BenchmarkServer server, int size, BatchMode mode)
        : Batched($"PgActors {Mode(mode == BatchMode.Atomic)}", SystemKind.PgActors, size)
    {
        private readonly PgBatchResult<int>[] _results = new PgBatchResult<int>[size];
        private PgDatabase? _database;

        public override int Sessions => _database!.SessionCount;

        public override async Task OpenAsync(CancellationToken cancellationToken) =>
            _database = await PgDatabase.ConnectAsync(server.PgActors(), cancellationToken: cancellationToken);

        protected override async ValueTask<long> RunAsync()
        {
            var batch = _database!.CreateBatch(mode);
            for (var i = 0; i < Size; i++)
                _results[i] = batch.QuerySingle<int>($"select {i}");
            await batch.RunAsync();
            var sum = 0L;
            foreach (var result in _results)
                sum += result.Result;
            return sum;
        }

        public override ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>What Npgsql's documentation says is fastest: an open connection, a prepared batch, typed parameters.</summary>
    private sealed class Prepared(BenchmarkServer server, int size, bool isAtomic)
        : Batched($"Npgsql prepared {Mode(isAtomic)}", SystemKind.Npgsql, size)
    {
        private readonly NpgsqlConnection _connection = new(server.Npgsql().ConnectionString);
        private readonly NpgsqlParameter<int>[] _parameters = [.. Enumerable.Range(0, size).Select(_ => new NpgsqlParameter<int>())];
        private NpgsqlBatch? _batch;

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            await _connection.OpenAsync(cancellationToken);
            _batch = new NpgsqlBatch(_connection) { EnableErrorBarriers = !isAtomic };
            foreach (var parameter in _parameters)
                _batch.BatchCommands.Add(new NpgsqlBatchCommand("select $1") { Parameters = { parameter } });
            await _batch.PrepareAsync(cancellationToken);
        }

        protected override async ValueTask<long> RunAsync()
        {
            for (var i = 0; i < Size; i++)
                _parameters[i].TypedValue = i;
            var sum = 0L;
            await using var reader = await _batch!.ExecuteReaderAsync();
            do
            {
                await reader.ReadAsync();
                sum += reader.GetInt32(0);
            }
            while (await reader.NextResultAsync());
            return sum;
        }

        public override async ValueTask DisposeAsync()
        {
            if (_batch is not null)
                await _batch.DisposeAsync();
            await _connection.DisposeAsync();
        }
    }

    private sealed class Raw(BenchmarkServer server, int size, bool isAtomic) : Batched($"raw socket {Mode(isAtomic)}", SystemKind.Raw, size)
    {
        private readonly byte[] _request = RawRequest.Executions(
            Enumerable.Range(0, size).Select(i => new[] { RawRequest.Int4(i) }), syncsEach: !isAtomic);

        private RawConnection? _connection;

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            _connection = await RawConnection.ConnectAsync(server.Address, cancellationToken);
            await _connection.PrepareAsync("select $1", PgTypeOid.Int4);
        }

        protected override async ValueTask<long> RunAsync()
        {
            await _connection!.SendAsync(_request);
            WrongResultException.ThrowIfDifferent(Size, await _connection.DrainAsync(isAtomic ? 1 : Size), Name);
            return (long)Size * (Size - 1) / 2;
        }

        public override ValueTask DisposeAsync()
        {
            _connection?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
