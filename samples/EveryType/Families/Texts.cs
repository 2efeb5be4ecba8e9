using PgActors;

namespace EveryType.Families;

[PgRow]
internal sealed record Texts(string Text, string Varying, string Padded, string Name, string Xml, Guid Uuid)
{
    public static async Task CheckAsync(PgDatabase db, Report report)
    {
        var sent = new Texts("naïve €", "varying", "pad  ", "name", "<a/>", Guid.Parse("0192d3c4-0000-7000-8000-000000000001"));
        report.Compare(
            sent,
            await db.QuerySingleAsync<Texts>($"""
                select {sent.Text} as text, {sent.Varying}::varchar as varying, {sent.Padded}::char(5) as padded, {sent.Name}::name as name,
                    {sent.Xml}::xml as xml, {sent.Uuid} as uuid
                """),
            "text, varchar, char, name, xml, uuid");
    }
}
