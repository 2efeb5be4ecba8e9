using PgActors.Benchmarks.Cases;
using PgActors.Benchmarks.Measuring;

namespace PgActors.Benchmarks;

/// <summary>All that can be measured, in the order of reports.</summary>
internal static class CaseCatalog
{
    private static readonly BenchmarkCase[] Cases =
    [
        new SingleCase(),
        new CallersCase(64),
        new CallersCase(256),
        new CallersCase(1_024),
        new StalledConsumerCase(),
        new LeasesCase(),
        new BatchCase(10),
        new BatchCase(100),
        new InsertsCase(),
        new StreamMixedCase(),
        new StreamInt8Case(),
        new ConnectCase(scram: false),
        new ConnectCase(scram: true),
        new CancelLatencyCase(),
        new CancelStormCase(),
        new MemoryIdleCase(500, needsServer: true),
        new MemoryIdleCase(10_000, needsServer: false),
        new MailboxPostCase(producers: 1),
        new MailboxPostCase(producers: 2),
        new MailboxRoundTripCase(),
        new CallersGrowth(),
        new SessionsGrowth(),
        new RowsGrowth(),
        new RowSizeGrowth(),
        .. TypeCases.All,
    ];

    /// <summary>Names of cases and of groups.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Cases.SelectMany(known => (string[])(known.Group is null ? [known.Name] : [known.Group, known.Name])).Distinct()];

    /// <summary>The cases that go by any of the names; <c>all</c> names every one.</summary>
    public static IEnumerable<BenchmarkCase> Find(IReadOnlyCollection<string> names) => Cases.Where(
        known => names.Contains("all") || names.Contains(known.Name) || (known.Group is not null && names.Contains(known.Group)));
}
