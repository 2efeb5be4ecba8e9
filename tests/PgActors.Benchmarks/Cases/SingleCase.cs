using System.Diagnostics;
using Npgsql;
using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Servers;
using PgActors.Types;

namespace PgActors.Benchmarks.Cases;

/// <summary>One caller that awaits one query after the other: the latency of a round trip.</summary>
internal sealed class SingleCase : PairedCase
{
    public override string Name => "single";

    public override string Description => "one caller, one row with one int4 at a time, by an int4 parameter";

    protected override IEnumerable<Contender> Contenders(BenchmarkServer server) =>
        [new Ours(server), new Prepared(server), new Raw(server)];

    private static long SumBelow(long count) => count * (count - 1) / 2;

    private sealed class Ours(BenchmarkServer server) : Contender("PgActors", SystemKind.PgActors)
    {
        private PgDatabase? _database;

        public override int Sessions => _database!.SessionCount;

        public override async Task OpenAsync(CancellationToken cancellationToken) =>
            _database = await PgDatabase.ConnectAsync(server.PgActors(), cancellationToken: cancellationToken);

        public override async Task RunAsync(long operations, LatencyLog latencies)
        {
            var database = _database!;
            var latency = latencies[0];
            var sum = 0L;
            for (var i = 0; i < operations; i++)
            {
                var start = Stopwatch.GetTimestamp();
                sum += await database.QuerySingleAsync<int>($"select {i}");
                latency.RecordSince(start);
            }

            WrongResultException.ThrowIfDifferent(SumBelow(operations), sum, Name);
        }

        public override ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>What Npgsql's documentation says is fastest: an open connection, a prepared command with a typed parameter.</summary>
    private sealed class Prepared(BenchmarkServer server) : Contender("Npgsql prepared", SystemKind.Npgsql)
    {
        private readonly NpgsqlConnection _connection = new(server.Npgsql().ConnectionString);
        private readonly NpgsqlParameter<int> _parameter = new();
        private NpgsqlCommand? _command;

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            await _connection.OpenAsync(cancellationToken);
            _command = new NpgsqlCommand("select $1", _connection) { Parameters = { _parameter } };
            await _command.PrepareAsync(cancellationToken);
        }

        public override async Task RunAsync(long operations, LatencyLog latencies)
        {
            var latency = latencies[0];
            var sum = 0L;
            for (var i = 0; i < operations; i++)
            {
                var start = Stopwatch.GetTimestamp();
                _parameter.TypedValue = i;
                await using (var reader = await _command!.ExecuteReaderAsync())
                {
                    await reader.ReadAsync();
                    sum += reader.GetInt32(0);
                }

                latency.RecordSince(start);
            }

            WrongResultException.ThrowIfDifferent(SumBelow(operations), sum, Name);
        }

        public override async ValueTask DisposeAsync()
        {
            if (_command is not null)
                await _command.DisposeAsync();
            await _connection.DisposeAsync();
        }
    }

    private sealed class Raw(BenchmarkServer server) : Contender("raw socket", SystemKind.Raw)
    {
        private readonly byte[] _request = RawRequest.Execution(RawRequest.Int4(1));
        private RawConnection? _connection;

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            _connection = await RawConnection.ConnectAsync(server.Address, cancellationToken);
            await _connection.PrepareAsync("select $1", PgTypeOid.Int4);
        }

        public override async Task RunAsync(long operations, LatencyLog latencies)
        {
            var connection = _connection!;
            var latency = latencies[0];
            var rows = 0L;
            for (var i = 0; i < operations; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await connection.SendAsync(_request);
                rows += await connection.DrainAsync(1);
                latency.RecordSince(start);
            }

            WrongResultException.ThrowIfDifferent(operations, rows, Name);
        }

        public override ValueTask DisposeAsync()
        {
            _connection?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
