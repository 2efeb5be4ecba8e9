using PgActors.Benchmarks.Measuring;

namespace PgActors.Benchmarks.Cases;

/// <summary>How the rate of a fixed load changes with the number of sessions that carry it.</summary>
internal sealed class SessionsGrowth : GrowthCase
{
    private const int Callers = 256;

    public override string Name => "growth-sessions";

    public override string Description => $"{Callers} concurrent callers on 1 to 64 sessions, each awaiting single rows by an int4 parameter";

    public override string Grows => "sessions";

    protected override IReadOnlyList<long> Steps => [1, 2, 4, 8, 16, 32, 64];

    protected override PairedCase At(long step) => new CallersCase(Callers, (int)step, hasDefault: false);
}
