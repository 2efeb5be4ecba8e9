using System.Globalization;
using PgActors.Benchmarks.Measuring;

namespace PgActors.Benchmarks.Reports.Html;

/// <summary>One thing that is plotted of each system.</summary>
/// <param name="Caption">What it is, with its unit and which direction is better.</param>
/// <param name="Value">Where it is found; null if the system has none.</param>
internal sealed record Figure(string Caption, Func<SystemResult, Spread?> Value)
{
    /// <summary>What is plotted of a case: what its systems have.</summary>
    public static IEnumerable<Figure> Of(CaseResult result)
    {
        Figure[] all = result.Case.Yardstick switch
        {
            Yardstick.Rate =>
            [
                new($"{result.Case.Operation} / s; more is better", system => system.Rate),
                new($"client CPU, µs / {result.Case.Operation}; less is better", system => system.ClientCpu),
                new("slowest hundredth (p99), µs; less is better", system => system.P99),
            ],
            Yardstick.Heap =>
            [
                new("managed heap, bytes / session; less is better", system => system.Heap),
                new("physical memory, bytes / session; less is better", system => system.Resident),
            ],
        };
        return all.Where(figure => result.Systems.Any(system => figure.Value(system) is { Median: > 0 }));
    }

    /// <summary>A value in few characters.</summary>
    public static string Short(double value) => value switch
    {
        >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + " M",
        >= 1e4 => (value / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + " k",
        >= 1e3 => (value / 1e3).ToString("0.##", CultureInfo.InvariantCulture) + " k",
        >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.###", CultureInfo.InvariantCulture),
    };
}
