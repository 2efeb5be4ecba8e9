using System.Diagnostics;
using Npgsql;
using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Servers;

namespace PgActors.Benchmarks.Cases;

/// <summary>Results of rows of one column, streamed one after the other, each value decoded: what a growth of rows is made of.</summary>
/// <typeparam name="T">What a value becomes.</typeparam>
/// <param name="sql">The query, without parameters.</param>
/// <param name="rows">How many rows it returns.</param>
/// <param name="sum">What the values' weights come to.</param>
/// <param name="weigh">What a value weighs.</param>
internal sealed class ResultCase<T>(string sql, long rows, long sum, Func<T, long> weigh) : PairedCase
{
    public override string Name => "result";

    public override string Description => $"results of {rows:#,0} rows";

    public override string Operation => "row";

    protected override long Unit => rows;

    protected override IEnumerable<Contender> Contenders(BenchmarkServer server) =>
        [new Ours(server, this), new Reader(server, this), new Raw(server, this)];

    private string Sql => sql;

    private long Rows => rows;

    private long Sum => sum;

    private Func<T, long> Weigh => weigh;

    private abstract class Streamed(string name, SystemKind kind, ResultCase<T> owner) : Contender(name, kind)
    {
        protected ResultCase<T> Owner => owner;

        public sealed override async Task RunAsync(long operations, LatencyLog latencies)
        {
            for (var left = operations; left > 0; left -= owner.Rows)
            {
                var start = Stopwatch.GetTimestamp();
                WrongResultException.ThrowIfDifferent(owner.Sum, await SumAsync(), Name);
                latencies[0].RecordSince(start);
            }
        }

        /// <summary>Reads one result.</summary>
        /// <returns>The sum of the values' weights.</returns>
        protected abstract ValueTask<long> SumAsync();
    }

    private sealed class Ours(BenchmarkServer server, ResultCase<T> owner) : Streamed("PgActors", SystemKind.PgActors, owner)
    {
        private PgDatabase? _database;

        public override async Task OpenAsync(CancellationToken cancellationToken) =>
            _database = await PgDatabase.ConnectAsync(server.PgActors(), cancellationToken: cancellationToken);

        protected override async ValueTask<long> SumAsync()
        {
            var weigh = Owner.Weigh;
            var sum = 0L;
            await foreach (var value in _database!.Query<T>(Owner.Sql))
                sum += weigh(value);
            return sum;
        }

        public override ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private sealed class Reader(BenchmarkServer server, ResultCase<T> owner) : Streamed("Npgsql async reader", SystemKind.Npgsql, owner)
    {
        private readonly NpgsqlConnection _connection = new(server.Npgsql().ConnectionString);
        private NpgsqlCommand? _command;

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            await _connection.OpenAsync(cancellationToken);
            _command = new NpgsqlCommand(Owner.Sql, _connection);
            await _command.PrepareAsync(cancellationToken);
        }

        protected override async ValueTask<long> SumAsync()
        {
            var weigh = Owner.Weigh;
            var sum = 0L;
            await using var reader = await _command!.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                sum += weigh(reader.GetFieldValue<T>(0));
            return sum;
        }

        public override async ValueTask DisposeAsync()
        {
            if (_command is not null)
                await _command.DisposeAsync();
            await _connection.DisposeAsync();
        }
    }

    private sealed class Raw(BenchmarkServer server, ResultCase<T> owner) : Streamed("raw socket", SystemKind.Raw, owner)
    {
        private readonly byte[] _request = RawRequest.Execution();
        private RawConnection? _connection;

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            _connection = await RawConnection.ConnectAsync(server.Address, cancellationToken);
            await _connection.PrepareAsync(Owner.Sql);
        }

        protected override async ValueTask<long> SumAsync()
        {
            await _connection!.SendAsync(_request);
            WrongResultException.ThrowIfDifferent(Owner.Rows, await _connection.DrainAsync(1), Name);
            return Owner.Sum;
        }

        public override ValueTask DisposeAsync()
        {
            _connection?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
