namespace PgActors.Benchmarks.Measuring;

/// <summary>The middle of several values, and how far they lie apart.</summary>
internal readonly record struct Spread(double Median, double Min, double Max)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }

    /// <summary>As <see cref="Of(IEnumerable{double})"/>; null if a value is missing.</summary>
    public static Spread? Of(IEnumerable<double?> values)
    {
        double?[] all = [.. values];
        return all.Length == 0 || all.Any(value => value is null) ? null : Of(all.Select(value => value!.Value));
    }
}
