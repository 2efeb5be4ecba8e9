namespace PgActors.Benchmarks.Cases;

/// <summary>Stands for an enum.</summary>
public enum BenchMood
{
    /// <summary>The first label.</summary>
    Calm,

    /// <summary>The second.</summary>
    Hurried,
}
