namespace PgActors.Benchmarks.Measuring;

/// <summary>What came of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Systems">The contenders' figures.</param>
/// <param name="Notes">What is to be said beside them: counts of a trial, how noisy the machine was.</param>
internal sealed record CaseResult(BenchmarkCase Case, IReadOnlyList<SystemResult> Systems, IReadOnlyList<string> Notes)
{
    /// <summary>How many times as fast a system is as another, by the medians of their rates.</summary>
    public static double Ratio(SystemResult system, SystemResult other) => system.Rate.Median / other.Rate.Median;

    /// <summary>The fastest system of a kind; null if there is none.</summary>
    public SystemResult? Best(SystemKind kind) => Systems.Where(system => system.Kind == kind).MaxBy(system => system.Rate.Median);
}
