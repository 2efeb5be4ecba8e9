using PgActors.Benchmarks.Measuring;

namespace PgActors.Benchmarks.Reports.Html;

/// <summary>A bar for each system, as long as its median, with a whisker from its worst to its best round.</summary>
internal static class BarPlot
{
    // Of the picture, whose size on the page is the style sheet's to say.
    private const double Width = 560;
    private const double RowHeight = 44;
    private const double LabelHeight = 16;
    private const double BarHeight = 16;
    private const double ValueWidth = 70;
    private const double WhiskerHeight = 4;

    public static void Write(Markup page, CaseResult result, Figure figure)
    {
        var styles = SeriesStyle.Of(result).ToDictionary(style => style.Name);
        var bars = result.Systems
            .Select(system => (Style: styles[system.System], Value: figure.Value(system)))
            .Where(bar => bar.Value is not null)
            .Select(bar => (bar.Style, Value: bar.Value!.Value))
            .ToArray();
        var scale = (Width - ValueWidth) / bars.Max(bar => bar.Value.Max);
        page.Line($"<figure><svg viewBox=\"0 0 {Width} {RowHeight * bars.Length}\" role=\"img\" aria-label=\"{result.Case.Name}: {figure.Caption}\">");
        for (var i = 0; i < bars.Length; i++)
        {
            var (style, value) = bars[i];
            var top = (i * RowHeight) + LabelHeight;
            var middle = top + (BarHeight / 2);
            var (left, right) = (value.Min * scale, value.Max * scale);
            page.Line($"<text x=\"0\" y=\"{top - 4}\">{style.Name}</text>");
            page.Line($"<rect class=\"ink bar {style.Classes}\" x=\"0\" y=\"{top}\" width=\"{value.Median * scale}\" height=\"{BarHeight}\">");
            page.Line($"<title>{style.Name}: {Figure.Short(value.Median)} ({Figure.Short(value.Min)} to {Figure.Short(value.Max)})</title></rect>");
            page.Raw("<path class=\"whisker\" d=\"");
            page.Line($"M{left} {middle - WhiskerHeight}v{2 * WhiskerHeight}m0 {-WhiskerHeight}H{right}m0 {-WhiskerHeight}v{2 * WhiskerHeight}\"/>");
            page.Line($"<text x=\"{right + 8}\" y=\"{middle + 4}\">{Figure.Short(value.Median)}</text>");
        }

        page.Line($"</svg><figcaption>{figure.Caption}</figcaption></figure>");
    }
}
