using System.Globalization;
using PgActors.Benchmarks.Measuring;

namespace PgActors.Benchmarks.Cases;

/// <summary>How the cost of a row grows with its size.</summary>
internal sealed class RowSizeGrowth : GrowthCase
{
    // Of a result: what is left of the round trip beside it is small.
    private const int ResultBytes = 4_000_000;
    private const int MostRows = 20_000;
    private const int FewestRows = 16;

    public override string Name => "growth-row-size";

    public override string Description => "results of about 4 MB, of rows of one bytea of 10 bytes to 1 MB";

    public override string Operation => "row";

    public override string Grows => "bytes a row";

    protected override IReadOnlyList<long> Steps => [10, 100, 1_000, 10_000, 100_000, 1_000_000];

    // The value is computed once, when the statement is planned.
    protected override PairedCase At(long step)
    {
        var rows = Math.Clamp(ResultBytes / step, FewestRows, MostRows);
        var sql = string.Create(
            CultureInfo.InvariantCulture, $"select decode(repeat('78', {step}), 'hex') from generate_series(1, {rows})");
        return new ResultCase<byte[]>(sql, rows, rows * step, static value => value.Length);
    }
}
