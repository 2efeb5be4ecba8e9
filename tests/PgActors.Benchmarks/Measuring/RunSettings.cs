namespace PgActors.Benchmarks.Measuring;

/// <summary>How long and how often.</summary>
/// <param name="Pairs">Rounds of each contender.</param>
/// <param name="Quick">Short rounds, for a look; their figures are not for publication.</param>
/// <param name="Cancels">Cancels of the long random run; null for its default.</param>
/// <param name="Systems">The contender to run, or a part of the names of several; null for all. For a profiler.</param>
internal sealed record RunSettings(int Pairs, bool Quick, int? Cancels, string? Systems)
{
    /// <summary>Warm-up of each contender: beyond it the JIT has compiled the hot path for the second time, with its profile.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(Quick ? 0.5 : 3);

    /// <summary>Length of a round, for contenders whose number of operations is free.</summary>
    public TimeSpan Round => TimeSpan.FromSeconds(Quick ? 0.3 : 1.5);
}
