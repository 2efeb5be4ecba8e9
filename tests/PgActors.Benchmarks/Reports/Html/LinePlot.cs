using PgActors.Benchmarks.Measuring;

namespace PgActors.Benchmarks.Reports.Html;

/// <summary>A line for each system over the steps of a growth, both axes logarithmic: a cost that grows with the work is a straight line.</summary>
internal static class LinePlot
{
    private const double Width = 560;
    private const double Height = 320;
    private const double Left = 52;
    private const double Right = 12;
    private const double Top = 8;
    private const double Bottom = 40;
    private const double PointRadius = 3.5;

    public static void Write(Markup page, CaseResult result, Figure figure)
    {
        var points = result.Systems
            .Select(system => (system.System, Step: (double)system.Step!.Value, Value: figure.Value(system)))
            .Where(point => point.Value is { Median: > 0 })
            .Select(point => (point.System, point.Step, Value: point.Value!.Value.Median))
            .ToArray();
        var steps = new LogAxis([.. points.Select(point => point.Step)], Left, Width - Right);
        var values = new LogAxis([.. points.Select(point => point.Value)], Height - Bottom, Top);
        page.Line($"<figure><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{result.Case.Name}: {figure.Caption}\">");
        WriteAxes(page, steps, values, result.Case.Grows);
        foreach (var style in SeriesStyle.Of(result))
        {
            var own = points.Where(point => point.System == style.Name).ToArray();
            page.Raw($"<polyline class=\"line {style.Classes}\" points=\"");
            foreach (var point in own)
                page.Line($"{steps.At(point.Step)},{values.At(point.Value)}");
            page.Raw("\"/>\n");
            foreach (var point in own)
            {
                page.Line($"<circle class=\"ink {style.Kind}\" cx=\"{steps.At(point.Step)}\" cy=\"{values.At(point.Value)}\" r=\"{PointRadius}\">");
                page.Line($"<title>{style.Name}, {Figure.Short(point.Step)} {result.Case.Grows}: {Figure.Short(point.Value)}</title></circle>");
            }
        }

        page.Line($"</svg><figcaption>{figure.Caption}</figcaption></figure>");
    }

    private static void WriteAxes(Markup page, LogAxis steps, LogAxis values, string? name)
    {
        foreach (var tick in values.Ticks)
        {
            page.Line($"<path class=\"rule\" d=\"M{Left} {values.At(tick)}H{Width - Right}\"/>");
            page.Line($"<text class=\"quiet\" x=\"{Left - 6}\" y=\"{values.At(tick) + 4}\" text-anchor=\"end\">{Figure.Short(tick)}</text>");
        }

        foreach (var tick in steps.Ticks)
        {
            page.Line($"<path class=\"rule\" d=\"M{steps.At(tick)} {Top}V{Height - Bottom}\"/>");
            page.Line($"<text class=\"quiet\" x=\"{steps.At(tick)}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{Figure.Short(tick)}</text>");
        }

        page.Line($"<text class=\"quiet\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 4}\" text-anchor=\"middle\">{name}</text>");
    }
}
