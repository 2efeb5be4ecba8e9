using System.Reflection;
using PgActors.Benchmarks.Measuring;

namespace PgActors.Benchmarks.Reports.Html;

/// <summary>Writes results as one page that needs nothing else: tables, and plots in SVG.</summary>
internal static class HtmlReport
{
    private const string Style = "PgActors.Benchmarks.Reports.Html.page.css";

    /// <param name="path">The file; replaced.</param>
    /// <param name="preface">What is to be said of the run, a paragraph each.</param>
    /// <param name="results">The cases so far.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task WriteAsync(
        string path, IEnumerable<string> preface, IReadOnlyCollection<CaseResult> results, CancellationToken cancellationToken)
    {
        var page = new Markup();
        page.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>PgActors benchmarks</title>\n<style>\n");
        page.Raw(ReadStyle());
        page.Raw("</style>\n</head>\n<body>\n<h1>PgActors benchmarks</h1>\n");
        foreach (var paragraph in preface)
            page.Line($"<p class=\"quiet\">{paragraph}</p>");
        Overview.Write(page, results);
        foreach (var result in results)
            Write(page, result);
        page.Raw("</body>\n</html>\n");
        return File.WriteAllTextAsync(path, page.ToString(), cancellationToken);
    }

    private static void Write(Markup page, CaseResult result)
    {
        page.Line($"<section id=\"{result.Case.Name}\"><h2><code>{result.Case.Name}</code></h2><p>{result.Case.Description}</p>");
        if (result.Systems.Count > 0)
        {
            WritePlots(page, result);

            // The table of a growth is long, and its plots say it all at a glance.
            var isLong = result.Case.Grows is not null;
            page.Raw(isLong ? "<details><summary>Figures</summary>\n" : "");
            WriteTable(page, CaseTable.Of(result));
            page.Raw(isLong ? "</details>\n" : "");
        }

        foreach (var note in result.Notes)
            page.Line($"<p class=\"quiet\">{note}</p>");
        page.Raw("</section>\n");
    }

    private static void WritePlots(Markup page, CaseResult result)
    {
        var grows = result.Case.Grows is not null;
        if (grows)
            WriteLegend(page, result);
        page.Raw("<div class=\"plots\">\n");
        foreach (var figure in Figure.Of(result))
        {
            if (grows)
                LinePlot.Write(page, result, figure);
            else
                BarPlot.Write(page, result, figure);
        }

        page.Raw("</div>\n");
    }

    private static void WriteLegend(Markup page, CaseResult result)
    {
        page.Raw("<ul class=\"legend\">\n");
        foreach (var style in SeriesStyle.Of(result))
        {
            page.Line($"<li><svg viewBox=\"0 0 36 12\" aria-hidden=\"true\"><path class=\"line {style.Classes}\" d=\"M0 6H36\"/>");
            page.Line($"<circle class=\"ink {style.Kind}\" cx=\"18\" cy=\"6\" r=\"4\"/></svg>{style.Name}</li>");
        }

        page.Raw("</ul>\n");
    }

    private static void WriteTable(Markup page, CaseTable table)
    {
        page.Raw("<div class=\"wide\"><table><thead><tr>");
        foreach (var heading in table.Headings)
            page.Line($"<th scope=\"col\">{heading}</th>");
        page.Raw("</tr></thead><tbody>\n");
        foreach (var (system, cells) in table.Rows)
        {
            page.Line($"<tr class=\"{SeriesStyle.ClassOf(system.Kind)}\">");
            foreach (var cell in cells)
                page.Line($"<td>{cell}</td>");
            page.Raw("</tr>\n");
        }

        page.Raw("</tbody></table></div>\n");
    }

    private static string ReadStyle()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(Style)!);
        return reader.ReadToEnd();
    }
}
