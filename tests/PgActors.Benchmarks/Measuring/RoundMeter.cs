using System.Diagnostics;

namespace PgActors.Benchmarks.Measuring;

/// <summary>Runs one round and reads all clocks before and after it.</summary>
internal sealed class RoundMeter(ProcessorTimes processors, int callers, bool rateFromLatency)
{
    private readonly LatencyLog _latencies = new(callers);

    /// <summary>How long that many operations take, without anything else being read.</summary>
    public async Task<TimeSpan> TimeAsync(Contender contender, long operations)
    {
        _latencies.Clear();
        await contender.BeginRoundAsync();
        var start = Stopwatch.GetTimestamp();
        await contender.RunAsync(operations, _latencies);
        var elapsed = Stopwatch.GetElapsedTime(start);
        await contender.EndRoundAsync();
        return elapsed;
    }

    public async Task<Round> MeasureAsync(Contender contender, long operations)
    {
        await contender.BeginRoundAsync();

        // What the round before left behind is not this one's to collect.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        _latencies.Clear();
        var generations = Collections();
        var machine = ProcessorTimes.Machine();
        var server = processors.Server();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        await contender.RunAsync(operations, _latencies);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var client = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        var serverUsed = processors.Server() - server;
        var machineUsed = ProcessorTimes.Machine() - machine;
        var after = Collections();
        await contender.EndRoundAsync();
        var latency = _latencies.Sum();
        var measured = rateFromLatency ? (double)latency.Ticks / Stopwatch.Frequency : elapsed;
        return new Round(
            operations / measured,
            client * 1e6 / operations,
            serverUsed * 1e6 / operations,
            (double)bytes / operations,
            latency.PercentileMicroseconds(0.50),
            latency.PercentileMicroseconds(0.99),
            (after.Gen0 - generations.Gen0, after.Gen1 - generations.Gen1, after.Gen2 - generations.Gen2),
            (machineUsed - client - (serverUsed ?? 0)) is { } foreign
                ? Math.Max(0, foreign / (elapsed * Environment.ProcessorCount))
                : null);
    }

    private static (int Gen0, int Gen1, int Gen2) Collections() => (GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2));
}
