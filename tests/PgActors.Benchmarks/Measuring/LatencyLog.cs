namespace PgActors.Benchmarks.Measuring;

/// <summary>A histogram for each concurrent caller, so that recording needs no synchronisation. Made once and cleared between rounds.</summary>
internal sealed class LatencyLog(int callers)
{
    private readonly LatencyHistogram[] _histograms = [.. Enumerable.Range(0, callers).Select(_ => new LatencyHistogram())];

    public LatencyHistogram this[int caller] => _histograms[caller];

    public void Clear()
    {
        foreach (var histogram in _histograms)
            histogram.Clear();
    }

    public LatencyHistogram Sum()
    {
        var sum = new LatencyHistogram();
        foreach (var histogram in _histograms)
            histogram.AddTo(sum);
        return sum;
    }
}
