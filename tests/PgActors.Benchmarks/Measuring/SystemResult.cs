namespace PgActors.Benchmarks.Measuring;

/// <summary>All rounds of one contender in one case.</summary>
internal sealed record SystemResult(string Case, string System, SystemKind Kind, int Sessions, IReadOnlyList<Round> Rounds)
{
    /// <summary>How large the work was, where a case measures how cost grows with it.</summary>
    public long? Step { get; init; }

    public Spread Rate => Spread.Of(Rounds.Select(round => round.Rate));

    public Spread ClientCpu => Spread.Of(Rounds.Select(round => round.ClientCpu));

    public Spread? ServerCpu => Spread.Of(Rounds.Select(round => round.ServerCpu));

    public Spread Bytes => Spread.Of(Rounds.Select(round => round.Bytes));

    public Spread? P50 => Spread.Of(Rounds.Select(round => round.P50));

    public Spread? P99 => Spread.Of(Rounds.Select(round => round.P99));

    /// <summary>Bytes on the managed heap of an idle session.</summary>
    public Spread? Heap => Spread.Of(Rounds.Select(round => round.Idle?.Heap));

    /// <summary>Bytes of physical memory of an idle session.</summary>
    public Spread? Resident => Spread.Of(Rounds.Select(round => round.Idle?.Resident));

    public Spread? Foreign => Spread.Of(Rounds.Select(round => round.Foreign));

    /// <summary>Collections of each generation in all rounds together.</summary>
    public (int Gen0, int Gen1, int Gen2) Collections =>
        (Rounds.Sum(round => round.Collections.Gen0), Rounds.Sum(round => round.Collections.Gen1), Rounds.Sum(round => round.Collections.Gen2));
}
