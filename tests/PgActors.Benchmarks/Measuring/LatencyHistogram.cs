using System.Diagnostics;
using System.Numerics;

namespace PgActors.Benchmarks.Measuring;

/// <summary>
/// Durations in buckets: 32 for each power of two, so that a percentile is right to about 3 %, and recording is a shift and an increment.
/// One writer.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 5;
    private const int Sub = 1 << SubBits;

    // Of nanoseconds, where the clock counts those: 18 minutes, more than any operation takes.
    private const int MostBits = 40;

    private readonly long[] _counts = new long[(MostBits - SubBits + 1) * Sub];

    public long Count { get; private set; }

    /// <summary>Sum of all durations in ticks of <see cref="Stopwatch"/>.</summary>
    public long Ticks { get; private set; }

    /// <summary>Records the time since <paramref name="start"/>.</summary>
    /// <param name="start">From <see cref="Stopwatch.GetTimestamp"/>.</param>
    public void RecordSince(long start)
    {
        var ticks = Stopwatch.GetTimestamp() - start;
        _counts[BucketOf(ticks)]++;
        Count++;
        Ticks += ticks;
    }

    public void Clear()
    {
        Array.Clear(_counts);
        Count = Ticks = 0;
    }

    public void AddTo(LatencyHistogram sum)
    {
        for (var i = 0; i < _counts.Length; i++)
            sum._counts[i] += _counts[i];
        sum.Count += Count;
        sum.Ticks += Ticks;
    }

    /// <summary>The duration that a share of all does not exceed.</summary>
    /// <param name="share">0 to 1.</param>
    /// <returns>Microseconds; null if nothing was recorded.</returns>
    public double? PercentileMicroseconds(double share)
    {
        if (Count == 0)
            return null;
        var wanted = Math.Max(1, (long)Math.Ceiling(share * Count));
        var bucket = 0;
        for (var seen = _counts[0]; seen < wanted; seen += _counts[bucket])
            bucket++;
        return MiddleOf(bucket) * 1e6 / Stopwatch.Frequency;
    }

    private static int BucketOf(long ticks)
    {
        if (ticks < Sub)
            return (int)Math.Max(0, ticks);
        ticks = Math.Min(ticks, (1L << MostBits) - 1);
        var shift = BitOperations.Log2((ulong)ticks) - SubBits;
        return ((shift + 1) * Sub) + (int)((ticks >> shift) & (Sub - 1));
    }

    private static double MiddleOf(int bucket)
    {
        if (bucket < Sub)
            return bucket;
        var shift = (bucket / Sub) - 1;
        return (Sub + (bucket % Sub) + 0.5) * Math.Pow(2, shift);
    }
}
