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

    private Table TableOf(CaseResult result)
    {
        var table = new Table { Border = _isTerminal ? TableBorder.Rounded : TableBorder.Markdown };
        table.AddColumn("system");
        var operation = result.Case.Operation;
        foreach (var heading in (string[])[$"{operation} / s (min–max)", "client µs", "server µs", "bytes", "GC 0/1/2", "p50 µs", "p99 µs", "× Npgsql", "× raw"])
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        var peer = result.Best(SystemKind.Npgsql) ?? result.Best(SystemKind.Framework);
        var raw = result.Best(SystemKind.Raw);
        foreach (var system in result.Systems)
        {
            var (gen0, gen1, gen2) = system.Collections;
            string[] cells =
            [
                system.Sessions > 1 ? $"{system.System} ({system.Sessions} sessions)" : system.System,
                $"{Number(system.Rate.Median)} ({Number(system.Rate.Min)}–{Number(system.Rate.Max)})",
                Number(system.ClientCpu.Median),
                Number(system.ServerCpu?.Median),
                Number(system.Bytes.Median),
                $"{gen0}/{gen1}/{gen2}",
                Number(system.P50?.Median),
                Number(system.P99?.Median),
                Ratio(system, peer),
                Ratio(system, raw),
            ];
            table.AddRow([.. cells.Select(cell => new Text(cell, Emphasis(system)))]);
        }

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
