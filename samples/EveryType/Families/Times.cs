using PgActors;

namespace EveryType.Families;

[PgRow]
internal sealed record Times(
    DateOnly Date, PgDate Forever, TimeOnly Time, PgTimeTz Zoned, DateTime Local, DateTime Moment, DateTimeOffset Offset, PgTimestamp Early,
    TimeSpan Span, PgInterval Interval)
{
    public static async Task CheckAsync(PgDatabase db, Report report)
    {
        var noon = new DateTime(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc);
        var sent = new Times(
            new DateOnly(2024, 2, 29), PgDate.Parse("infinity"), new TimeOnly(23, 59, 59), PgTimeTz.Parse("12:00:00+05:30"),
            DateTime.SpecifyKind(noon, DateTimeKind.Unspecified), noon, new DateTimeOffset(noon),
            PgTimestamp.Parse("0044-03-15 12:00:00 BC"), TimeSpan.FromHours(30), new PgInterval(14, 3, 5_000_000));
        report.Compare(
            sent,
            await db.QuerySingleAsync<Times>($"""
                select {sent.Date} as date, {sent.Forever} as forever, {sent.Time} as time, {sent.Zoned} as zoned, {sent.Local} as local,
                    {sent.Moment} as moment, {sent.Offset} as offset, {sent.Early} as early, {sent.Span} as span,
                    {sent.Interval} as interval
                """),
            "date, time, timetz, timestamp, timestamptz, interval");
    }
}
