using System.Data;
using System.Diagnostics;
using Npgsql;
using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Servers;

namespace PgActors.Benchmarks.Cases;

/// <summary>How long a caller who gives up waits for the exception, when the statement runs on the server.</summary>
internal sealed class CancelLatencyCase : PairedCase
{
    private const string Sql = "select pg_sleep(10)";

    // After this the statement runs: a round trip takes a hundredth of it.
    private static readonly TimeSpan UntilItRuns = TimeSpan.FromMilliseconds(5);

    public override string Name => "cancel-latency";

    public override string Description => "from Cancel() to the exception, of a pg_sleep(10) that runs";

    public override string Operation => "cancel";

    protected override bool RateFromLatency => true;

    protected override IEnumerable<Contender> Contenders(BenchmarkServer server) => [new Ours(server), new Command(server), new Raw(server.Address)];

    private static async Task CancelAsync(Func<CancellationToken, Task> run, LatencyHistogram latency, string name)
    {
        using var source = new CancellationTokenSource();
        var running = run(source.Token);
        await Task.Delay(UntilItRuns);
        var start = Stopwatch.GetTimestamp();

        // Not CancelAsync: what is measured is what happens on the way of the one who cancels.
#pragma warning disable CA1849
        source.Cancel();
#pragma warning restore CA1849
        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
            latency.RecordSince(start);
            return;
        }

        throw new WrongResultException($"{name}: the statement was not cancelled");
    }

    private sealed class Ours(BenchmarkServer server) : Contender("PgActors", SystemKind.PgActors)
    {
        private PgDatabase? _database;

        public override async Task OpenAsync(CancellationToken cancellationToken) => _database = await PgDatabase.ConnectAsync(
            server.PgActors() with { SharedSessions = 1 }, cancellationToken: cancellationToken);

        public override async Task RunAsync(long operations, LatencyLog latencies)
        {
            for (var i = 0L; i < operations; i++)
                await CancelAsync(token => _database!.ExecuteAsync(Sql, token).AsTask(), latencies[0], Name);
        }

        public override ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private sealed class Command(BenchmarkServer server) : Contender("Npgsql prepared", SystemKind.Npgsql)
    {
        private NpgsqlConnection _connection = new();
        private NpgsqlCommand? _command;

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            _connection = new NpgsqlConnection(server.Npgsql().ConnectionString);
            await _connection.OpenAsync(cancellationToken);
            _command = new NpgsqlCommand(Sql, _connection);
            await _command.PrepareAsync(cancellationToken);
        }

        public override async Task RunAsync(long operations, LatencyLog latencies)
        {
            for (var i = 0L; i < operations; i++)
            {
                // A cancel breaks the connection now and then; opening it again is not counted.
                if (_connection.State != ConnectionState.Open)
                {
                    await DisposeAsync();
                    await OpenAsync(CancellationToken.None);
                }

                await CancelAsync(token => _command!.ExecuteNonQueryAsync(token), latencies[0], Name);
            }
        }

        public override async ValueTask DisposeAsync()
        {
            if (_command is not null)
                await _command.DisposeAsync();
            await _connection.DisposeAsync();
        }
    }

    /// <summary>A cancel on a socket of its own, and the end of the statement.</summary>
    private sealed class Raw(ServerAddress server) : Contender("raw socket", SystemKind.Raw)
    {
        private readonly byte[] _request = RawRequest.Execution();
        private RawConnection? _connection;

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            _connection = await RawConnection.ConnectAsync(server, cancellationToken);
            await _connection.PrepareAsync(Sql);
            _connection.ToleratesErrors = true;
        }

        public override async Task RunAsync(long operations, LatencyLog latencies)
        {
            for (var i = 0L; i < operations; i++)
            {
                var running = _connection!.RunAsync(_request, 1).AsTask();
                await Task.Delay(UntilItRuns);
                var start = Stopwatch.GetTimestamp();
                await RawConnection.DeliverAsync(server, _connection.CancelRequest);
                WrongResultException.ThrowIfDifferent(0, await running, Name);
                latencies[0].RecordSince(start);
            }
        }

        public override ValueTask DisposeAsync()
        {
            _connection?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
