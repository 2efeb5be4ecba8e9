using System.Diagnostics;
using Npgsql;
using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Servers;
using PgActors.Types;

namespace PgActors.Benchmarks.Cases;

/// <summary>Many concurrent callers, each awaiting one query after the other: what a service under load does.</summary>
/// <param name="callers">How many; of the sessions a multiple, or fewer.</param>
/// <param name="sessions">The sessions that the contenders may have.</param>
/// <param name="hasDefault">Whether PgActors also runs with as many sessions as it chooses by itself.</param>
internal sealed class CallersCase(int callers, int sessions = CallersCase.UsualSessions, bool hasDefault = true) : PairedCase
{
    private const int UsualSessions = 8;

    public override string Name => $"callers-{callers}";

    public override string Group => "callers";

    public override string Description => $"{callers} concurrent callers, each awaiting single rows by an int4 parameter";

    protected override int Callers => callers;

    protected override IEnumerable<Contender> Contenders(BenchmarkServer server) =>
    [
        .. hasDefault ? new Contender[] { new Ours(server, callers, "PgActors", null) } : [],
        new Ours(server, callers, "PgActors, sessions given", sessions),
        new Npgsqls(server, callers, sessions, isMultiplexed: false),
        new Npgsqls(server, callers, sessions, isMultiplexed: true),
        new Raw(server, callers, Math.Min(callers, sessions)),
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

    /// <summary>A pool whose connections prepare by themselves: each call takes one for itself, or calls share them.</summary>
    private sealed class Npgsqls : Concurrent
    {
        private readonly NpgsqlDataSource _source;

        public Npgsqls(BenchmarkServer server, int callers, int sessions, bool isMultiplexed)
            : base(isMultiplexed ? "Npgsql multiplexed" : "Npgsql pooled", SystemKind.Npgsql, callers)
        {
            Sessions = sessions;
            var options = server.Npgsql();
            options.MaxPoolSize = sessions;
            options.MaxAutoPrepare = 16;
            options.AutoPrepareMinUsages = 2;
            options.Multiplexing = isMultiplexed;
            _source = NpgsqlDataSource.Create(options);
        }

        public override int Sessions { get; }

        protected override async Task<long> CallAsync(int count, LatencyHistogram latency)
        {
            var sum = 0L;
            for (var i = 0; i < count; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await using (var command = _source.CreateCommand("select $1"))
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

        public override ValueTask DisposeAsync() => _source.DisposeAsync();
    }

    /// <summary>As many queries at once as there are callers, evenly on all connections, each with its own Sync; when all are answered,
    /// again.</summary>
    private sealed class Raw(BenchmarkServer server, int callers, int sessions) : Contender("raw socket, as many in flight", SystemKind.Raw)
    {
        private readonly int _depth = callers / sessions;
        private readonly RawConnection[] _connections = new RawConnection[sessions];
        private byte[] _requests = [];

        public override int Sessions => sessions;

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            _requests = RawRequest.Executions(Enumerable.Repeat(new[] { RawRequest.Int4(1) }, _depth), syncsEach: true);
            for (var i = 0; i < sessions; i++)
            {
                _connections[i] = await RawConnection.ConnectAsync(server.Address, cancellationToken);
                await _connections[i].PrepareAsync("select $1", PgTypeOid.Int4);
            }
        }

        public override async Task RunAsync(long operations, LatencyLog latencies)
        {
            var batches = operations / callers;
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
                rows += await connection.RunAsync(_requests, _depth);
            return rows;
        }
    }
}
