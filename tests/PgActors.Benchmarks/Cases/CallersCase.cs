using System.Diagnostics;
using Npgsql;
using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Servers;
using PgActors.Types;

namespace PgActors.Benchmarks.Cases;

/// <summary>Many concurrent callers, each awaiting one query after the other: what a service under load does.</summary>
internal sealed class CallersCase(int callers) : PairedCase
{
    // The sessions that the pooled contenders may have, ours included where it says so.
    private const int PoolSize = 8;

    // Of the raw socket, on each of its connections.
    private const int Depth = 8;

    public override string Name => $"callers-{callers}";

    public override string Group => "callers";

    public override string Description => $"{callers} concurrent callers, each awaiting single rows by an int4 parameter";

    protected override int Callers => callers;

    protected override IEnumerable<Contender> Contenders(BenchmarkServer server) =>
    [
        new Ours(server, callers, "PgActors", null),
        new Ours(server, callers, $"PgActors shared_sessions={PoolSize}", PoolSize),
        new Pooled(server, callers),
        new Multiplexed(server, callers),
        new Raw(server),
    ];

    private abstract class Concurrent(string name, SystemKind kind, int callers) : Contender(name, kind)
    {
        public sealed override async Task RunAsync(long operations, LatencyLog latencies)
        {
            var each = (int)(operations / callers);
            var tasks = new Task<long>[callers];
            for (var i = 0; i < callers; i++)
            {
                var latency = latencies[i];
                tasks[i] = Task.Run(() => CallAsync(each, latency));
            }

            var sums = await Task.WhenAll(tasks);
            WrongResultException.ThrowIfDifferent((long)each * (each - 1) / 2 * callers, sums.Sum(), Name);
        }

        /// <summary>One caller: selects each number below <paramref name="count"/>.</summary>
        /// <returns>Their sum.</returns>
        protected abstract Task<long> CallAsync(int count, LatencyHistogram latency);
    }

    private sealed class Ours(BenchmarkServer server, int callers, string name, int? sessions) : Concurrent(name, SystemKind.PgActors, callers)
    {
        private PgDatabase? _database;

        public override int Sessions => _database!.SessionCount;

        public override async Task OpenAsync(CancellationToken cancellationToken) => _database = await PgDatabase.ConnectAsync(
            server.PgActors() with { SharedSessions = sessions }, cancellationToken: cancellationToken);

        protected override async Task<long> CallAsync(int count, LatencyHistogram latency)
        {
            var database = _database!;
            var sum = 0L;
            for (var i = 0; i < count; i++)
            {
                var start = Stopwatch.GetTimestamp();
                sum += await database.QuerySingleAsync<int>($"select {i}");
                latency.RecordSince(start);
            }

            return sum;
        }

        public override ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>A pool whose connections prepare by themselves; each call takes one for itself.</summary>
    private sealed class Pooled(BenchmarkServer server, int callers) : Concurrent("Npgsql pooled", SystemKind.Npgsql, callers)
    {
        private readonly NpgsqlDataSource _source = Source(server, multiplexing: false);

        public override int Sessions => PoolSize;

        protected override Task<long> CallAsync(int count, LatencyHistogram latency) => SelectAsync(_source, count, latency);

        public override ValueTask DisposeAsync() => _source.DisposeAsync();
    }

    /// <summary>The same over connections that calls share.</summary>
    private sealed class Multiplexed(BenchmarkServer server, int callers) : Concurrent("Npgsql multiplexed", SystemKind.Npgsql, callers)
    {
        private readonly NpgsqlDataSource _source = Source(server, multiplexing: true);

        public override int Sessions => PoolSize;

        protected override Task<long> CallAsync(int count, LatencyHistogram latency) => SelectAsync(_source, count, latency);

        public override ValueTask DisposeAsync() => _source.DisposeAsync();
    }

    /// <summary>Sends eight queries at once on each connection, waits for all eight, and again: each with its own Sync.</summary>
    private sealed class Raw(BenchmarkServer server) : Contender($"raw socket, {Depth} in flight each", SystemKind.Raw)
    {
        private readonly RawConnection[] _connections = new RawConnection[PoolSize];
        private byte[] _requests = [];

        public override int Sessions => PoolSize;

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            var request = RawConnection.Encode(RawConnection.Encode(1));
            _requests = [.. Enumerable.Repeat(request, Depth).SelectMany(bytes => bytes)];
            for (var i = 0; i < PoolSize; i++)
            {
                _connections[i] = await RawConnection.ConnectAsync(server, cancellationToken);
                await _connections[i].PrepareAsync("select $1", PgTypeOid.Int4);
            }
        }

        public override async Task RunAsync(long operations, LatencyLog latencies)
        {
            var batches = operations / (PoolSize * Depth);
            var rows = await Task.WhenAll(_connections.Select(connection => Task.Run(() => RunAsync(connection, batches))));
            WrongResultException.ThrowIfDifferent(operations, rows.Sum(), Name);
        }

        public override ValueTask DisposeAsync()
        {
            foreach (var connection in _connections)
                connection?.Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task<long> RunAsync(RawConnection connection, long batches)
        {
            var rows = 0L;
            for (var i = 0L; i < batches; i++)
            {
                await connection.SendAsync(_requests);
                rows += await connection.DrainAsync(Depth);
            }

            return rows;
        }
    }

    private static NpgsqlDataSource Source(BenchmarkServer server, bool multiplexing)
    {
        var options = server.Npgsql();
        options.MaxPoolSize = PoolSize;
        options.MaxAutoPrepare = 16;
        options.AutoPrepareMinUsages = 2;
        options.Multiplexing = multiplexing;
        return NpgsqlDataSource.Create(options);
    }

    private static async Task<long> SelectAsync(NpgsqlDataSource source, int count, LatencyHistogram latency)
    {
        var sum = 0L;
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await using (var command = source.CreateCommand("select $1"))
            {
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = i });
                await using var reader = await command.ExecuteReaderAsync();
                await reader.ReadAsync();
                sum += reader.GetInt32(0);
            }

            latency.RecordSince(start);
        }

        return sum;
    }
}
