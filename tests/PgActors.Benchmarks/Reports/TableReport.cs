using PgActors.Benchmarks.Measuring;
using Spectre.Console;

namespace PgActors.Benchmarks.Reports;

/// <summary>Prints results as tables: with lines and colour on a terminal, as Markdown elsewhere.</summary>
internal sealed class TableReport(IAnsiConsole console)
{
    private const int WideEnough = 240;

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
            console.Write(TableOf(CaseTable.Of(result)));
        foreach (var note in result.Notes)
            console.WriteLine(note);
    }

    private Table TableOf(CaseTable content)
    {
        var table = new Table { Border = _isTerminal ? TableBorder.Rounded : TableBorder.Markdown };
        foreach (var heading in content.Headings)
            table.AddColumn(heading == content.Headings[0] ? new TableColumn(heading) : new TableColumn(heading).RightAligned().NoWrap());
        foreach (var (system, cells) in content.Rows)
            table.AddRow([.. cells.Select(cell => new Text(cell, Emphasis(system)))]);
        return table;
    }

    private static Style Emphasis(SystemResult system) =>
        system.Kind == SystemKind.PgActors ? new Style(decoration: Decoration.Bold) : Style.Plain;
}
