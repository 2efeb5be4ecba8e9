namespace PgActors.Benchmarks.Reports.Html;

/// <summary>A logarithmic axis: where values lie between two ends of a picture.</summary>
internal sealed class LogAxis
{
    // Above this many powers of ten each second one gets a label.
    private const int MostTicks = 8;

    private readonly double _low;
    private readonly double _high;
    private readonly double _from;
    private readonly double _to;

    /// <param name="values">What must fit: above 0.</param>
    /// <param name="from">Where the smallest lies.</param>
    /// <param name="to">Where the largest lies.</param>
    public LogAxis(IReadOnlyCollection<double> values, double from, double to)
    {
        (_from, _to) = (from, to);
        _low = Math.Log10(values.Min());
        _high = Math.Log10(values.Max());

        // A value on the edge, or all values alike, get some room.
        var room = Math.Max(0.04 * (_high - _low), 0.05);
        (_low, _high) = (_low - room, _high + room);
    }

    /// <summary>Values worth a line and a label: powers of ten, or where fewer than two fit, 2 and 5 of each.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            var powers = Between([1]);
            return powers.Length >= 2
                ? powers.Where((_, i) => powers.Length <= MostTicks || i % 2 == 0)
                : Between([1, 2, 5]);
        }
    }

    /// <summary>Where a value lies.</summary>
    public double At(double value) => _from + ((_to - _from) * (Math.Log10(value) - _low) / (_high - _low));

    private double[] Between(double[] steps) =>
    [
        .. Enumerable.Range((int)Math.Floor(_low), (int)(Math.Ceiling(_high) - Math.Floor(_low)) + 1)
            .SelectMany(power => steps.Select(step => step * Math.Pow(10, power)))
            .Where(value => Math.Log10(value) >= _low && Math.Log10(value) <= _high),
    ];
}
