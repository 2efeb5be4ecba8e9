using System.Globalization;
using PgActors.Benchmarks.Measuring;

namespace PgActors.Benchmarks.Cases;

/// <summary>How the cost of a row changes with the number of rows of a result: from the round trip to the stream.</summary>
internal sealed class RowsGrowth : GrowthCase
{
    public override string Name => "growth-rows";

    public override string Description => "results of 10 to 10,000,000 rows of one int8, one after the other";

    public override string Operation => "row";

    public override string Grows => "rows";

    protected override IReadOnlyList<long> Steps => [10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

    // In the select list, where the server makes the rows as it sends them.
    protected override PairedCase At(long step) => new ResultCase<long>(
        string.Create(CultureInfo.InvariantCulture, $"select generate_series(1::int8, {step}::int8)"),
        step,
        step * (step + 1) / 2,
        static value => value);
}
