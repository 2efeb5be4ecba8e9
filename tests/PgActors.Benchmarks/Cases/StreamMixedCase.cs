using System.Globalization;
using Npgsql;
using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Servers;

namespace PgActors.Benchmarks.Cases;

/// <summary>A million rows of six columns of different types, all of them decoded.</summary>
internal sealed class StreamMixedCase : PairedCase
{
    private const long Rows = 1_000_000;
    private const string Table = "bench_mixed";
    private const string Sql = $"select i4, i8, f8, t, ts, b from {Table}";

    public override string Name => "stream-1m";

    public override string Description => "1,000,000 rows of int4, int8, float8, text, timestamptz and bool, every column decoded";

    public override string Operation => "row";

    protected override long? Operations => Rows;

    protected override Task PrepareAsync(BenchmarkServer server, CancellationToken cancellationToken) => server.EnsureTableAsync(
        Table,
        Rows,
        $"""
        select i::int4 as i4, i::int8 * 1000003 as i8, i::float8 / 4 as f8, 'row number ' || i as t,
               timestamptz '2024-01-01 00:00:00Z' + i * interval '1 second' as ts, i % 3 = 0 as b
        from generate_series(1, {Rows.ToString(CultureInfo.InvariantCulture)}) as i
        """,
        cancellationToken);

    protected override IEnumerable<Contender> Contenders(BenchmarkServer server) =>
    [
        new Ours(server),
        new Reader(server, isAsync: true),
        new Reader(server, isAsync: false),
        new RawStream(server, Sql),
    ];

    /// <summary>Sums over all columns: every value counts, so none can be left undecoded.</summary>
    private struct Totals
    {
        private long _rows;
        private long _int4;
        private long _int8;
        private double _float8;
        private long _characters;
        private long _seconds;
        private long _true;

        public void Add(int int4, long int8, double float8, string text, DateTime time, bool truth)
        {
            _rows++;
            _int4 += int4;
            _int8 += int8;
            _float8 += float8;
            _characters += text.Length;
            _seconds += time.Ticks / TimeSpan.TicksPerSecond;
            _true += truth ? 1 : 0;
        }

        public readonly void Check(string name)
        {
            const long sum = Rows * (Rows + 1) / 2;
            var digits = 0L;
            for (var (below, length) = (1L, 1); below <= Rows; below *= 10, length++)
                digits += Math.Min(Rows - below + 1, below * 9) * length;
            var epoch = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks / TimeSpan.TicksPerSecond;
            WrongResultException.ThrowIfDifferent(
                (Rows, sum, sum * 1000003, sum / 4.0, (Rows * "row number ".Length) + digits, (Rows * epoch) + sum, Rows / 3),
                (_rows, _int4, _int8, _float8, _characters, _seconds, _true),
                name);
        }
    }

    private sealed class Ours(BenchmarkServer server) : Contender("PgActors", SystemKind.PgActors)
    {
        private PgDatabase? _database;

        public override async Task OpenAsync(CancellationToken cancellationToken) =>
            _database = await PgDatabase.ConnectAsync(server.PgActors(), cancellationToken: cancellationToken);

        public override async Task RunAsync(long operations, LatencyLog latencies)
        {
            var totals = default(Totals);
            var rows = _database!.Query<(int Int4, long Int8, double Float8, string Text, DateTime Time, bool Truth)>(Sql);
            await foreach (var row in rows)
                totals.Add(row.Int4, row.Int8, row.Float8, row.Text, row.Time, row.Truth);
            totals.Check(Name);
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
            var totals = default(Totals);
            if (isAsync)
            {
                await using var reader = await _command!.ExecuteReaderAsync();
                while (await reader.ReadAsync())
                    Add(ref totals, reader);
            }
            else
            {
                // The point of this contender is that it does not await.
#pragma warning disable CA1849
                using var reader = _command!.ExecuteReader();
                while (reader.Read())
                    Add(ref totals, reader);
#pragma warning restore CA1849
            }

            totals.Check(Name);
        }

        public override async ValueTask DisposeAsync()
        {
            if (_command is not null)
                await _command.DisposeAsync();
            await _connection.DisposeAsync();
        }

        private static void Add(ref Totals totals, NpgsqlDataReader reader) => totals.Add(
            reader.GetFieldValue<int>(0),
            reader.GetFieldValue<long>(1),
            reader.GetFieldValue<double>(2),
            reader.GetFieldValue<string>(3),
            reader.GetFieldValue<DateTime>(4),
            reader.GetFieldValue<bool>(5));
    }
}
