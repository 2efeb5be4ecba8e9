using PgActors.Benchmarks.Measuring;

namespace PgActors.Benchmarks.Cases;

/// <summary>How the cost of callers grows with their number.</summary>
internal sealed class CallersGrowth : GrowthCase
{
    public override string Name => "growth-callers";

    public override string Description => "1 to 10,000 concurrent callers, each awaiting single rows by an int4 parameter";

    public override string Grows => "callers";

    protected override IReadOnlyList<long> Steps => [1, 4, 16, 64, 256, 1_024, 4_096, 10_000];

    protected override PairedCase At(long step) => new CallersCase((int)step);
}
