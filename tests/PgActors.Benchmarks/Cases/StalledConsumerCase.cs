using System.Diagnostics;
using System.Globalization;
using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Servers;

namespace PgActors.Benchmarks.Cases;

/// <summary>
/// Callers alone, and the same beside row streams whose consumers have taken one row and take no more, some of them gone without disposing
/// theirs. The consumers' rows wait with the server; the callers must not notice.
/// </summary>
internal sealed class StalledConsumerCase : PairedCase
{
    private const int CallerCount = 64;
    private const int Stalled = 4;
    private const int Abandoned = 4;

    // More than all buffers on the way hold, so that the server waits for the consumer too. On a connection that has carried much the kernel's
    // hold ten megabytes and more.
    private const int Rows = 20_000_000;

    // Of the callers' p99, beside what it is without the consumers.
    private const double Bound = 1.1;

    public override string Name => "stalled-consumer";

    public override string Description =>
        $"{CallerCount} concurrent callers, alone and beside {Stalled + Abandoned} row streams that nobody reads on";

    protected override int Callers => CallerCount;

    // On the same sessions. With a database for each, the same code came out at 1.06, 1.34 and 1.41 times by turns.
    protected override IEnumerable<Contender> Contenders(BenchmarkServer server)
    {
        var database = new Lazy<Task<PgDatabase>>(() => PgDatabase.ConnectAsync(
            server.PgActors() with { MaxLeasedSessions = 2 * (Stalled + Abandoned + 1) }));
        return [new Calling(database, "callers alone", 0, 0), new Calling(database, "beside stalled consumers", Stalled, Abandoned)];
    }

    // As many for both, so that their p99 are of as many: two seconds and more. The p99 of less is that of a few hundred calls that one tick of the
    // system's scheduler (4 ms) has met, or two.
    protected override long? Operations => 3_000 * CallerCount;

    // Of each pair of rounds by itself: what changes on the machine meanwhile meets both alike.
    protected override IEnumerable<string> Findings(IReadOnlyList<SystemResult> systems)
    {
        if (systems is not [var alone, var beside])
            yield break;
        var ratios = Spread.Of(alone.Rounds.Zip(beside.Rounds, (without, with) => with.P99 / without.P99));
        if (ratios is { } ratio)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"p99 beside stalled consumers / p99 alone, pair by pair: {ratio.Median:0.00} ({ratio.Min:0.00} … {ratio.Max:0.00}); the median is to "
                + $"be at most {Bound:0.0}.");
        }
    }

    private sealed class Calling(Lazy<Task<PgDatabase>> opening, string name, int stalled, int abandoned) : Contender(name, SystemKind.PgActors)
    {
        private readonly List<IAsyncEnumerator<int>> _streams = [];
        private CancellationTokenSource? _end;
        private PgDatabase? _database;

        public override int Sessions => _database!.SessionCount;

        public override async Task OpenAsync(CancellationToken cancellationToken) => _database = await opening.Value;

        // The consumers come and go between the rounds, and are not what is measured.
        public override async Task BeginRoundAsync()
        {
            _end = new CancellationTokenSource();
            for (var i = 0; i < stalled; i++)
                _streams.Add(await StallAsync(CancellationToken.None));
            for (var i = 0; i < abandoned; i++)
                await StallAsync(_end.Token);
            await UntilStalledAsync();
        }

        public override async Task RunAsync(long operations, LatencyLog latencies)
        {
            var each = (int)(operations / CallerCount);
            var callers = Enumerable.Range(0, CallerCount).Select(i => Task.Run(() => CallAsync(each, latencies[i])));
            var sums = await Task.WhenAll(callers);
            WrongResultException.ThrowIfDifferent((long)each * (each - 1) / 2 * CallerCount, sums.Sum(), Name);
        }

        public override async Task EndRoundAsync()
        {
            foreach (var stream in _streams)
                await stream.DisposeAsync();
            _streams.Clear();
            await _end!.CancelAsync();
            _end.Dispose();

            // What the server still does for them would be the next round's, which is mostly the other contender's.
            while (_database!.Snapshot().Leased.Held > 0)
                await Task.Delay(1);
        }

        public override ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

        private async Task<IAsyncEnumerator<int>> StallAsync(CancellationToken cancellationToken)
        {
            var rows = _database!.Query<int>($"select generate_series(1, {Rows})").GetAsyncEnumerator(cancellationToken);
            if (!await rows.MoveNextAsync())
                throw new WrongResultException("A stream ended before its first row.");
            return rows;
        }

        // Until the buffers on the way are full, the server works for them.
        private async Task UntilStalledAsync()
        {
            while (await _database!.QuerySingleAsync<long>("select count(*) from pg_stat_activity where wait_event = 'ClientWrite'")
                < stalled + abandoned)
            {
                await Task.Delay(10);
            }
        }

        private async Task<long> CallAsync(int count, LatencyHistogram latency)
        {
            var sum = 0L;
            for (var i = 0; i < count; i++)
            {
                var start = Stopwatch.GetTimestamp();
                sum += await _database!.QuerySingleAsync<int>($"select {i}");
                latency.RecordSince(start);
            }

            return sum;
        }
    }
}
