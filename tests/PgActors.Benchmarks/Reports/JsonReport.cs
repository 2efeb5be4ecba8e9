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
        var npgsql = result.Best(SystemKind.Npgsql);
        var raw = result.Best(SystemKind.Raw);
        foreach (var system in result.Systems)
        {
            yield return new Entry(
                system.Case,
                system.System,
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
                npgsql is null ? null : CaseResult.Ratio(system, npgsql),
                raw is null ? null : CaseResult.Ratio(system, raw),
                result.Systems.Where(other => other != system)
                    .ToDictionary(other => other.System, other => CaseResult.Ratio(system, other)),
                system.Foreign?.Median);
        }
    }

    /// <param name="RatioToNpgsql">To the fastest of its ways in this case.</param>
    /// <param name="Ratios">To each other system.</param>
    /// <param name="Foreign">Share of the machine that other processes used, 0 to 1.</param>
    private sealed record Entry(
        string Case,
        string System,
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
        double? RatioToNpgsql,
        double? RatioToRaw,
        IReadOnlyDictionary<string, double> Ratios,
        double? Foreign);
}
