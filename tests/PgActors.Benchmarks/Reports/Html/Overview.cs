using System.Globalization;
using PgActors.Benchmarks.Measuring;

namespace PgActors.Benchmarks.Reports.Html;

/// <summary>The head of the page: for each case the best way of PgActors beside the best of Npgsql, and beside the bare socket.</summary>
internal static class Overview
{
    private static readonly string[] Headings =
        ["case", "PgActors' best", "operations / s", "× Npgsql (memory: heap)", "× raw", "client CPU × Npgsql", "p99 × Npgsql", "bytes / operation"];

    public static void Write(Markup page, IEnumerable<CaseResult> results)
    {
        page.Raw("<div class=\"wide\"><table><thead><tr>");
        foreach (var heading in Headings)
            page.Line($"<th scope=\"col\">{heading}</th>");
        page.Raw("</tr></thead><tbody>\n");
        foreach (var result in results)
        {
            page.Line($"<tr><td><a href=\"#{result.Case.Name}\">{result.Case.Name}</a></td>");
            foreach (var cell in Cells(result))
                page.Line($"<td>{cell}</td>");
            page.Raw("</tr>\n");
        }

        page.Raw("</tbody></table></div>\n");
    }

    private static IEnumerable<string> Cells(CaseResult result)
    {
        if (result.Case.Grows is { } grows)
            return [$"grows with {grows}", "", "", "", "", "", ""];
        if (result.Best(SystemKind.PgActors, null) is not { } ours)
            return ["see there", "", "", "", "", "", ""];
        var theirs = result.Best(SystemKind.Npgsql, null);
        var raw = result.Best(SystemKind.Raw, null);
        return
        [
            ours.System,
            CaseTable.Number(ours.Rate.Median),
            theirs is null ? "" : Ratio(result.Ratio(ours, theirs), 1),
            raw is null ? "" : Ratio(result.Ratio(ours, raw), 1),
            Ratio(ours.ClientCpu.Median, theirs?.ClientCpu.Median),
            Ratio(ours.P99?.Median, theirs?.P99?.Median),
            CaseTable.Number(ours.Bytes.Median),
        ];
    }

    private static string Ratio(double? ours, double? theirs) =>
        ours / theirs is { } ratio && double.IsFinite(ratio) ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : "";
}
