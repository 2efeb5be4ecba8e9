using System.Numerics;
using PgActors;

namespace EveryType.Families;

[PgRow]
internal sealed record Numbers(
    bool Truth, short Small, int Plain, long Large, uint Oid, float Single, double Double, decimal Exact, PgNumeric Unbounded,
    BigInteger Whole, PgMoney Price, int? Absent)
{
    public static async Task CheckAsync(PgDatabase db, Report report)
    {
        var sent = new Numbers(
            true, -2, int.MaxValue, long.MinValue, uint.MaxValue, 1.5f, Math.PI, 12.50m, PgNumeric.Parse("NaN"), BigInteger.Pow(10, 60),
            new PgMoney(1999), null);
        report.Compare(
            sent,
            await db.QuerySingleAsync<Numbers>($"""
                select {sent.Truth} as truth, {sent.Small} as small, {sent.Plain} as plain, {sent.Large} as large, {sent.Oid} as oid,
                    {sent.Single} as single, {sent.Double} as double, {sent.Exact} as exact, {sent.Unbounded} as unbounded,
                    {sent.Whole} as whole, {sent.Price} as price, {sent.Absent} as absent
                """),
            "bool, int2, int4, int8, oid, float4, float8, numeric, money");
    }
}
