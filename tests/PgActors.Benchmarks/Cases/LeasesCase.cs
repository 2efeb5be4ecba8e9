using System.Diagnostics;
using System.Runtime.CompilerServices;
using Npgsql;
using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Servers;

namespace PgActors.Benchmarks.Cases;

/// <summary>Many callers that each take a session for themselves, run one query on it and give it back: what a pool is used for where nothing
/// is shared.</summary>
internal sealed class LeasesCase : PairedCase
{
    private const int PoolSize = 8;
    private const int Concurrent = 64;

    public override string Name => "leases";

    public override string Description =>
        $"{Concurrent} concurrent callers, each taking one of {PoolSize} exclusive sessions for a single row by an int4 parameter";

    public override string Operation => "lease";

    protected override int Callers => Concurrent;

    protected override IEnumerable<Contender> Contenders(BenchmarkServer server) =>
        [new Ours(server), new Pooled(server, resets: true), new Pooled(server, resets: false)];

    private abstract class Leasing(string name, SystemKind kind) : Contender(name, kind)
    {
        public sealed override int Sessions => PoolSize;

        public sealed override async Task RunAsync(long operations, LatencyLog latencies)
        {
            var each = (int)(operations / Concurrent);
            var sums = await Task.WhenAll(Enumerable.Range(0, Concurrent).Select(caller => Task.Run(() => CallAsync(each, latencies[caller]))));
            WrongResultException.ThrowIfDifferent((long)each * (each - 1) / 2 * Concurrent, sums.Sum(), Name);
        }

        /// <summary>One lease with one query, which selects its argument. Its state machine is pooled, so that the bytes are the
        /// contender's own.</summary>
        protected abstract ValueTask<int> SelectAsync(int value);

        private async Task<long> CallAsync(int count, LatencyHistogram latency)
        {
            var sum = 0L;
            for (var i = 0; i < count; i++)
            {
                var start = Stopwatch.GetTimestamp();
                sum += await SelectAsync(i);
                latency.RecordSince(start);
            }

            return sum;
        }
    }

    private sealed class Ours(BenchmarkServer server) : Leasing("PgActors", SystemKind.PgActors)
    {
        private PgDatabase? _database;

        public override async Task OpenAsync(CancellationToken cancellationToken) => _database = await PgDatabase.ConnectAsync(
            server.PgActors() with { SharedSessions = 1, MaxLeasedSessions = PoolSize }, cancellationToken: cancellationToken);

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        protected override async ValueTask<int> SelectAsync(int value)
        {
            await using var session = await _database!.LeaseAsync();
            return await session.QuerySingleAsync<int>($"select {value}");
        }

        public override ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>Statements prepare by themselves. A session that goes back is reset before its next use; Npgsql can be told not to, and then
    /// passes on whatever was left in it.</summary>
    private sealed class Pooled : Leasing
    {
        private readonly NpgsqlDataSource _source;

        public Pooled(BenchmarkServer server, bool resets)
            : base(resets ? "Npgsql pooled" : "Npgsql pooled, No Reset On Close", SystemKind.Npgsql)
        {
            var options = server.Npgsql();
            options.MaxPoolSize = PoolSize;
            options.MaxAutoPrepare = 16;
            options.AutoPrepareMinUsages = 2;
            options.NoResetOnClose = !resets;
            _source = NpgsqlDataSource.Create(options);
        }

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        protected override async ValueTask<int> SelectAsync(int value)
        {
            await using var connection = await _source.OpenConnectionAsync();
            await using var command = new NpgsqlCommand("select $1", connection);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = value });
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            return reader.GetInt32(0);
        }

        public override ValueTask DisposeAsync() => _source.DisposeAsync();
    }
}
