namespace PgActors.Benchmarks.Measuring;

/// <summary>How long and how often.</summary>
/// <param name="Pairs">Rounds of each contender.</param>
/// <param name="Quick">Short rounds, for a look; their figures are not for publication.</param>
/// <param name="Cancels">Cancels of the long random run; null for its default.</param>
/// <param name="Systems">The contender to run, or a part of the names of several; null for all. For a profiler.</param>
internal sealed record RunSettings(int Pairs, bool Quick, int? Cancels, string? Systems)
{
    /// <summary>Most rounds of each contender where there are many steps, or where a round changes little.</summary>
    public const int FewPairs = 3;

    /// <summary>Most rounds of each contender where there are over a hundred cases, each of which runs one short loop.</summary>
    public const int ValuePairs = 5;

    /// <summary>Whether each operation is so short that a part of a second holds a million.</summary>
    public bool IsOfValues { get; init; }

    /// <summary>Whether this is one of many steps, whose code is warm from those before it: warm-up and rounds are shorter.</summary>
    public bool IsStep { get; init; }

    /// <summary>Warm-up of each contender: beyond it the JIT has compiled the hot path for the second time, with its profile.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(Quick ? 0.3 : IsOfValues ? 0.5 : IsStep ? 0.7 : 3);

    /// <summary>Length of a round, for contenders whose number of operations is free.</summary>
    public TimeSpan Round => TimeSpan.FromSeconds(Quick ? 0.2 : IsOfValues ? 0.3 : IsStep ? 0.5 : 1.5);

    /// <summary>The settings of one of many steps.</summary>
    public RunSettings ForStep() => this with { Pairs = Math.Min(Pairs, FewPairs), IsStep = true };

    /// <summary>The settings of a case that reads or writes values.</summary>
    public RunSettings ForValues() => this with { Pairs = Math.Min(Pairs, ValuePairs), IsOfValues = true };
}
