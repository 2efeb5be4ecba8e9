using PgActors;

namespace EveryType.Families;

[PgRow]
internal sealed record Arrays(int[] Numbers, string?[] Words, List<decimal> Prices, byte[] Bytes)
{
    public bool Equals(Arrays? other) => other is not null && Numbers.SequenceEqual(other.Numbers) && Words.SequenceEqual(other.Words)
        && Prices.SequenceEqual(other.Prices) && Bytes.AsSpan().SequenceEqual(other.Bytes);

    public override int GetHashCode() => Numbers.Length;

    public static async Task CheckAsync(PgDatabase db, Report report)
    {
        var sent = new Arrays([1, 2, 3], ["a", null, "{c}"], [1.5m, -2m], [0, 1, 255]);
        report.Compare(
            sent,
            await db.QuerySingleAsync<Arrays>($"""
                select {sent.Numbers} as numbers, {sent.Words} as words, {sent.Prices} as prices, {sent.Bytes} as bytes
                """),
            "int4[], text[], numeric[], bytea");
    }
}
