using System.Globalization;
using PgActors.Benchmarks.Measuring;

namespace PgActors.Benchmarks.Reports;

/// <summary>What a case's table says, whatever draws it. A column that no system has a value for is left out.</summary>
internal sealed class CaseTable
{
    private CaseTable(IReadOnlyList<string> headings, IReadOnlyList<(SystemResult System, IReadOnlyList<string> Cells)> rows)
    {
        Headings = headings;
        Rows = rows;
    }

    /// <summary>The first column is text, the others are numbers.</summary>
    public IReadOnlyList<string> Headings { get; }

    public IReadOnlyList<(SystemResult System, IReadOnlyList<string> Cells)> Rows { get; }

    public static CaseTable Of(CaseResult result)
    {
        var hasChannel = result.Systems.Any(system => system.Kind == SystemKind.Framework);
        var peer = hasChannel ? SystemKind.Framework : SystemKind.Npgsql;
        var opens = result.Case.Yardstick == Yardstick.Heap;
        (string Heading, Func<SystemResult, string> Cell)[] columns =
        [
            ("system", system => system.Sessions > 1 ? $"{system.System} ({Count(system.Sessions)} sessions)" : system.System),
            (result.Case.Grows ?? "", system => system.Step is { } step ? Count(step) : ""),
            ("heap B / session (min–max)", system => WithRange(system.Heap)),
            ("RSS B / session (min–max)", system => WithRange(system.Resident)),
            ($"{result.Case.Operation} / s (min–max)", system => WithRange(system.Rate)),
            ("client µs", system => Number(system.ClientCpu.Median)),
            ("server µs", system => system.Sessions == 0 ? "" : Number(system.ServerCpu?.Median)),
            ("bytes", system => Number(system.Bytes.Median)),
            ("GC 0/1/2", system => opens ? "" : $"{system.Collections.Gen0}/{system.Collections.Gen1}/{system.Collections.Gen2}"),
            ("p50 µs", system => Number(system.P50?.Median)),
            ("p99 µs", system => Number(system.P99?.Median)),
            (hasChannel ? "× channel" : "× Npgsql", system => Ratio(result, system, peer)),
            ("× raw", system => Ratio(result, system, SystemKind.Raw)),
        ];
        var shown = columns.Where(column => result.Systems.Any(system => column.Cell(system).Length > 0)).ToArray();
        return new CaseTable(
            [.. shown.Select(column => column.Heading)],
            [.. result.Systems.Select(system => (system, (IReadOnlyList<string>)[.. shown.Select(column => column.Cell(system))]))]);
    }

    /// <summary>A number of things.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A figure with three or more digits that count.</summary>
    public static string Number(double? value) => value switch
    {
        null => "",
        >= 100 => value.Value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    private static string WithRange(Spread? spread) =>
        spread is { } known ? $"{Number(known.Median)} ({Number(known.Min)}–{Number(known.Max)})" : "";

    private static string Ratio(CaseResult result, SystemResult system, SystemKind kind) =>
        result.Best(kind, system.Step) is { } other ? result.Ratio(system, other).ToString("0.00", CultureInfo.InvariantCulture) : "";
}
