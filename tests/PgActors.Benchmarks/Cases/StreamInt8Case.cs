using System.Globalization;
using Npgsql;
using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Servers;

namespace PgActors.Benchmarks.Cases;

/// <summary>Five million rows of one number: what a row costs when its values cost nothing.</summary>
internal sealed class StreamInt8Case : PairedCase
{
    private const long Rows = 5_000_000;
    private const string Table = "bench_int8";
    private const string Sql = $"select v from {Table}";

    public override string Name => "stream-int8";

    public override string Description => "5,000,000 rows of one int8";

    public override string Operation => "row";

    protected override long? Operations => Rows;

    protected override Task PrepareAsync(BenchmarkServer server, CancellationToken cancellationToken) => server.EnsureTableAsync(
        Table, Rows, $"select i as v from generate_series(1::int8, {Rows.ToString(CultureInfo.InvariantCulture)}) as i", cancellationToken);

    protected override IEnumerable<Contender> Contenders(BenchmarkServer server) =>
    [
        new Ours(server),
        new Reader(server, isAsync: true),
        new Reader(server, isAsync: false),
        new RawStream(server, Sql),
    ];

    private static void Check(long sum, string name) => WrongResultException.ThrowIfDifferent(Rows * (Rows + 1) / 2, sum, name);

    private sealed class Ours(BenchmarkServer server) : Contender("PgActors", SystemKind.PgActors)
    {
        private PgDatabase? _database;

        public override async Task OpenAsync(CancellationToken cancellationToken) =>
            _database = await PgDatabase.ConnectAsync(server.PgActors(), cancellationToken: cancellationToken);

        public override async Task RunAsync(long operations, LatencyLog latencies)
        {
            var sum = 0L;
            await foreach (var value in _database!.Query<long>(Sql))
                sum += value;
            Check(sum, Name);
        }

        public override ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private sealed class Reader(BenchmarkServer server, bool isAsync)
        : Contender(isAsync ? "Npgsql async reader" : "Npgsql sync reader", SystemKind.Npgsql)
    {
        private readonly NpgsqlConnection _connection = new(server.Npgsql().ConnectionString);
        private NpgsqlCommand? _command;

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            await _connection.OpenAsync(cancellationToken);
            _command = new NpgsqlCommand(Sql, _connection);
            await _command.PrepareAsync(cancellationToken);
        }

        public override async Task RunAsync(long operations, LatencyLog latencies)
        {
            var sum = 0L;
            if (isAsync)
            {
                await using var reader = await _command!.ExecuteReaderAsync();
                while (await reader.ReadAsync())
                    sum += reader.GetFieldValue<long>(0);
            }
            else
            {
                // The point of this contender is that it does not await.
#pragma warning disable CA1849
                using var reader = _command!.ExecuteReader();
                while (reader.Read())
                    sum += reader.GetFieldValue<long>(0);
#pragma warning restore CA1849
            }

            Check(sum, Name);
        }

        public override async ValueTask DisposeAsync()
        {
            if (_command is not null)
                await _command.DisposeAsync();
            await _connection.DisposeAsync();
        }
    }
}
