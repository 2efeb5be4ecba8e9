using PgActors;

namespace EveryType.Families;

[PgRow]
internal sealed record Searches(PgTsVector Vector, PgTsQuery Query)
{
    public static async Task CheckAsync(PgDatabase db, Report report)
    {
        var sent = new Searches(PgTsVector.Parse("'cat':3A 'fat':2"), PgTsQuery.Parse("'fat' & ( 'cat' | !'dog' )"));
        report.Compare(
            sent, await db.QuerySingleAsync<Searches>($"select {sent.Vector} as vector, {sent.Query} as query"), "tsvector, tsquery");
    }
}
