using System.Globalization;
using PgActors.Benchmarks.Measuring;
using Spectre.Console;

namespace PgActors.Benchmarks.Reports;

/// <summary>Prints results as tables: with lines and colour on a terminal, as Markdown elsewhere.</summary>
internal sealed class TableReport(IAnsiConsole console)
{
    private const int WideEnough = 220;

    private readonly bool _isTerminal = console.Profile.Out.IsTerminal;

    public static TableReport ToStandardOutput()
    {
        if (!Console.IsOutputRedirected)
            return new TableReport(AnsiConsole.Console);
        var plain = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        plain.Profile.Width = WideEnough;
        return new TableReport(plain);
    }

    public void Line(string text) => console.WriteLine(text);

    public void Write(CaseResult result)
    {
        console.WriteLine();
        console.WriteLine(_isTerminal ? $"{result.Case.Name}: {result.Case.Description}" : $"### `{result.Case.Name}`: {result.Case.Description}");
        console.WriteLine();
        if (result.Systems.Count > 0)
            console.Write(TableOf(result));
        foreach (var note in result.Notes)
            console.WriteLine(note);
    }

    // A column that no system has a value for is left out.
    private Table TableOf(CaseResult result)
    {
        var peer = result.Best(SystemKind.Npgsql) ?? result.Best(SystemKind.Framework);
        var raw = result.Best(SystemKind.Raw);
        (string Heading, Func<SystemResult, string> Cell)[] columns =
        [
            ("system", system => system.Sessions > 1 ? $"{system.System} ({system.Sessions} sessions)" : system.System),
            ($"{result.Case.Operation} / s (min–max)",
                system => $"{Number(system.Rate.Median)} ({Number(system.Rate.Min)}–{Number(system.Rate.Max)})"),
            ("client µs", system => Number(system.ClientCpu.Median)),
            ("server µs", system => system.Sessions == 0 ? "" : Number(system.ServerCpu?.Median)),
            ("bytes", system => Number(system.Bytes.Median)),
            ("GC 0/1/2", system => $"{system.Collections.Gen0}/{system.Collections.Gen1}/{system.Collections.Gen2}"),
            ("p50 µs", system => Number(system.P50?.Median)),
            ("p99 µs", system => Number(system.P99?.Median)),
            (peer?.Kind == SystemKind.Framework ? "× channel" : "× Npgsql", system => Ratio(system, peer)),
            ("× raw", system => Ratio(system, raw)),
        ];
        var table = new Table { Border = _isTerminal ? TableBorder.Rounded : TableBorder.Markdown };
        var shown = columns.Where(column => result.Systems.Any(system => column.Cell(system).Length > 0)).ToArray();
        foreach (var (heading, _) in shown)
            table.AddColumn(heading == "system" ? new TableColumn(heading) : new TableColumn(heading).RightAligned().NoWrap());
        foreach (var system in result.Systems)
            table.AddRow([.. shown.Select(column => new Text(column.Cell(system), Emphasis(system)))]);
        return table;
    }

    private static Style Emphasis(SystemResult system) =>
        system.Kind == SystemKind.PgActors ? new Style(decoration: Decoration.Bold) : Style.Plain;

    private static string Ratio(SystemResult system, SystemResult? other) =>
        other is null ? "" : CaseResult.Ratio(system, other).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Number(double? value) => value switch
    {
        null => "",
        >= 100 => value.Value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
