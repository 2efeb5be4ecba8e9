using PgActors;

namespace EveryType.Families;

[PgRow]
internal sealed record Shapes(
    PgPoint Point, PgLine Line, PgLineSegment Segment, PgBox Box, PgPath Path, PgPolygon Polygon, PgCircle Circle, PgBitString Bits)
{
    public static async Task CheckAsync(PgDatabase db, Report report)
    {
        var (zero, one) = (new PgPoint(0, 0), new PgPoint(1, 1.5));
        var sent = new Shapes(
            one, new PgLine(1, -1, 0), new PgLineSegment(zero, one), new PgBox(zero, one), new PgPath(false, zero, one),
            new PgPolygon(zero, one, new PgPoint(2, 0)), new PgCircle(one, 2), PgBitString.Parse("10110"));
        report.Compare(
            sent,
            await db.QuerySingleAsync<Shapes>($"""
                select {sent.Point} as point, {sent.Line} as line, {sent.Segment} as segment, {sent.Box} as box, {sent.Path} as path,
                    {sent.Polygon} as polygon, {sent.Circle} as circle, {sent.Bits} as bits
                """),
            "point, line, lseg, box, path, polygon, circle, varbit");
    }
}
