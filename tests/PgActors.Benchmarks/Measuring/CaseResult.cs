namespace PgActors.Benchmarks.Measuring;

/// <summary>What came of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Systems">The contenders' figures.</param>
/// <param name="Notes">What is to be said beside them: counts of a trial, how noisy the machine was.</param>
internal sealed record CaseResult(BenchmarkCase Case, IReadOnlyList<SystemResult> Systems, IReadOnlyList<string> Notes)
{
    /// <summary>How many times as much a system has of the case's yardstick as another, by their medians: of a rate more than 1 is better, of
    /// memory less.</summary>
    public double Ratio(SystemResult system, SystemResult other) => Measure(system) / Measure(other);

    /// <summary>The best system of a kind at a step; null if there is none.</summary>
    public SystemResult? Best(SystemKind kind, long? step)
    {
        var all = Systems.Where(system => system.Kind == kind && system.Step == step);
        return Case.Yardstick switch
        {
            Yardstick.Rate => all.MaxBy(Measure),
            Yardstick.Heap => all.MinBy(Measure),
        };
    }

    private double Measure(SystemResult system) => Case.Yardstick switch
    {
        Yardstick.Rate => system.Rate.Median,
        Yardstick.Heap => system.Heap!.Value.Median,
    };
}
