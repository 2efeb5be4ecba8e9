using System.Diagnostics;
using System.Globalization;
using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Servers;

namespace PgActors.Benchmarks.Cases;

/// <summary>
/// A trial, not a race: on one shared session some callers cancel at random moments, from before the command is posted to after it is
/// answered, while others never cancel. Whatever a cancel hits, the others' commands must succeed with the right answers.
/// </summary>
internal sealed class CancelStormCase : BenchmarkCase
{
    private const int DefaultCancels = 100_000;
    private const int QuickCancels = 2_000;
    private const int Cancelling = 4;
    private const int Innocent = 8;
    private const int ReportEvery = 10_000;

    // Half of the cancels follow the post within some turns of the pool, when the command mostly still waits; the others come after
    // milliseconds, when it runs, or stands behind another, or is answered.
    private const int MostYields = 12;
    private const int MostMilliseconds = 4;
    private const int LongestMicroseconds = 3_000;

    public override string Name => "cancels";

    public override string Description => "random cancels on one shared session";

    public override string Operation => "cancel";

    public override async Task<CaseResult> RunAsync(
        RunSettings settings, BenchmarkServer server, Action<string> progress, CancellationToken cancellationToken)
    {
        var cancels = settings.Cancels ?? (settings.Quick ? QuickCancels : DefaultCancels);
        var tally = new Tally(cancels, done => progress($"{Name}: {done} of {cancels}"));
        var start = Stopwatch.GetTimestamp();
        await using (var database = await PgDatabase.ConnectAsync(
            server.PgActors() with { SharedSessions = 1 }, cancellationToken: cancellationToken))
        {
            var cancelling = Enumerable.Range(0, Cancelling).Select(seed => Task.Run(() => CancelAsync(database, new Random(seed), tally)));
            var innocent = Enumerable.Range(0, Innocent).Select(seed => Task.Run(() => SelectAsync(database, new Random(-1 - seed), tally)));
            await Task.WhenAll([.. cancelling, .. innocent]);
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new CaseResult(this, [], tally.Lines(seconds));
    }

    private static async Task CancelAsync(PgDatabase database, Random random, Tally tally)
    {
        while (tally.TryBeginCancel())
        {
            using var source = new CancellationTokenSource();
            var number = random.Next();
            var isLate = random.Next(2) == 0;
            var yields = isLate ? 0 : random.Next(-1, MostYields);
            if (yields < 0)
                await source.CancelAsync();
            var running = QueryAsync(database, number, random, source.Token);
            if (isLate)
                await Task.Delay(random.Next(1, MostMilliseconds));
            for (var i = 0; i < yields; i++)
                await Task.Yield();

            // Not CancelAsync: the callback is to race with the session's turns on this very thread.
#pragma warning disable CA1849
            source.Cancel();
#pragma warning restore CA1849
            try
            {
                tally.Completed(number == await running);
            }
            catch (PgCanceledException cancelled)
            {
                tally.Cancelled(cancelled.Outcome);
            }
            catch (PgException failed)
            {
                tally.Failed(failed);
            }
        }
    }

    private static async Task SelectAsync(PgDatabase database, Random random, Tally tally)
    {
        while (!tally.IsOver)
        {
            var number = random.Next();
            try
            {
                tally.InnocentCompleted(number == await QueryAsync(database, number, random, CancellationToken.None));
            }
            catch (Exception failed) when (failed is PgException or PgCanceledException)
            {
                tally.Failed(failed);
            }
        }
    }

    private static Task<int> QueryAsync(PgDatabase database, int number, Random random, CancellationToken token)
    {
        var seconds = random.Next(4) == 0 ? random.Next(LongestMicroseconds) / 1e6 : 0;
        return seconds > 0
            ? database.QuerySingleAsync<int>($"select {number} from pg_sleep({seconds})", token).AsTask()
            : database.QuerySingleAsync<int>($"select {number}", token).AsTask();
    }

    /// <summary>What has happened so far. Its counters are shared by all callers, hence interlocked.</summary>
    private sealed class Tally(int cancels, Action<int> progress)
    {
        private readonly long[] _cancelled = new long[Enum.GetValues<Outcome>().Length];
        private int _begun;
        private long _completed;
        private long _innocent;
        private long _wrong;
        private long _failed;
        private string? _firstFailure;

        public bool IsOver => Volatile.Read(ref _begun) >= cancels;

        public bool TryBeginCancel()
        {
            var number = Interlocked.Increment(ref _begun);
            if (number <= cancels && number % ReportEvery == 0)
                progress(number);
            return number <= cancels;
        }

        public void Completed(bool isRight) => Count(ref _completed, isRight);

        public void InnocentCompleted(bool isRight) => Count(ref _innocent, isRight);

        public void Cancelled(Outcome outcome) => Interlocked.Increment(ref _cancelled[(int)outcome]);

        public void Failed(Exception exception)
        {
            Interlocked.Increment(ref _failed);
            Interlocked.CompareExchange(ref _firstFailure, exception.ToString(), null);
        }

        public string[] Lines(double seconds)
        {
            string[] lines =
            [
                string.Create(CultureInfo.InvariantCulture, $"{cancels:N0} cancels in {seconds:N1} s ({cancels / seconds:N0} a second):"),
                .. Enum.GetValues<Outcome>().Select(outcome => Line($"cancelled, {outcome}", _cancelled[(int)outcome])),
                Line("answered before the cancel took effect", _completed),
                Line("commands beside them that nobody cancelled, all answered", _innocent),
                Line("failures (must be 0)", _failed),
                Line("wrong answers (must be 0)", _wrong),
            ];
            return _failed + _wrong == 0
                ? lines
                : throw new WrongResultException(string.Join('\n', lines) + "\n" + _firstFailure);
        }

        private static string Line(string what, long count) => string.Create(CultureInfo.InvariantCulture, $"- {what}: {count:N0}");

        private void Count(ref long counter, bool isRight)
        {
            Interlocked.Increment(ref counter);
            if (!isRight)
                Interlocked.Increment(ref _wrong);
        }
    }
}
