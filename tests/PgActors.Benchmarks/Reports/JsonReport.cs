using System.Text.Encodings.Web;
using System.Text.Json;
using PgActors.Benchmarks.Measuring;

namespace PgActors.Benchmarks.Reports;

/// <summary>Writes results for programs: one object for each case and system, in an array.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task WriteAsync(string path, IEnumerable<CaseResult> results, CancellationToken cancellationToken)
    {
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, results.SelectMany(Entries).ToArray(), Options, cancellationToken);
    }

    private static IEnumerable<Entry> Entries(CaseResult result)
    {
        foreach (var system in result.Systems)
        {
            var npgsql = result.Best(SystemKind.Npgsql, system.Step);
            var raw = result.Best(SystemKind.Raw, system.Step);
            yield return new Entry(
                system.Case,
                system.System,
                system.Step,
                system.Sessions,
                system.Rounds.Count,
                system.Rate.Median,
                system.Rate.Min,
                system.Rate.Max,
                system.ClientCpu.Median,
                system.ServerCpu?.Median,
                system.Bytes.Median,
                system.Collections.Gen0,
                system.Collections.Gen1,
                system.Collections.Gen2,
                system.P50?.Median,
                system.P99?.Median,
                system.Heap?.Median,
                system.Resident?.Median,
                npgsql is null ? null : result.Ratio(system, npgsql),
                raw is null ? null : result.Ratio(system, raw),
                result.Systems.Where(other => other != system && other.Step == system.Step)
                    .ToDictionary(other => other.System, other => result.Ratio(system, other)),
                system.Foreign?.Median);
        }
    }

    /// <param name="Case">The case; of a growth, with the step.</param>
    /// <param name="System">The contender; with the case it names the entry.</param>
    /// <param name="Step">How large the work was, in a growth.</param>
    /// <param name="Sessions">Server sessions that it worked with.</param>
    /// <param name="Rounds">How many rounds the medians are of.</param>
    /// <param name="Rate">Operations a second, the median of the rounds; in a memory case, sessions opened a second.</param>
    /// <param name="RateMin">The slowest round.</param>
    /// <param name="RateMax">The fastest round.</param>
    /// <param name="ClientCpuUs">This process's processor time for an operation.</param>
    /// <param name="ServerCpuUs">The server's.</param>
    /// <param name="BytesPerOp">Bytes allocated for an operation.</param>
    /// <param name="Gen0">Collections in all rounds.</param>
    /// <param name="Gen1">Of generation 1.</param>
    /// <param name="Gen2">Of generation 2.</param>
    /// <param name="P50Us">Median duration of an operation, or of the call that does many.</param>
    /// <param name="P99Us">What 1 in 100 exceeds.</param>
    /// <param name="HeapPerSession">Bytes of managed heap of an idle session, in the memory cases.</param>
    /// <param name="ResidentPerSession">Bytes of physical memory, likewise.</param>
    /// <param name="RatioToNpgsql">Of the rate (in a memory case: of the heap) to that of the best of its ways in this case.</param>
    /// <param name="RatioToRaw">The same to the bare socket's.</param>
    /// <param name="Ratios">The same to each other system's.</param>
    /// <param name="Foreign">Share of the machine that other processes used, 0 to 1.</param>
    private sealed record Entry(
        string Case,
        string System,
        long? Step,
        int Sessions,
        int Rounds,
        double Rate,
        double RateMin,
        double RateMax,
        double ClientCpuUs,
        double? ServerCpuUs,
        double BytesPerOp,
        int Gen0,
        int Gen1,
        int Gen2,
        double? P50Us,
        double? P99Us,
        double? HeapPerSession,
        double? ResidentPerSession,
        double? RatioToNpgsql,
        double? RatioToRaw,
        IReadOnlyDictionary<string, double> Ratios,
        double? Foreign);
}
