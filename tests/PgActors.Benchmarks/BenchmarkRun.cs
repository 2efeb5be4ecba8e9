using System.Runtime.InteropServices;
using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Reports;
using PgActors.Benchmarks.Reports.Html;
using PgActors.Benchmarks.Servers;

namespace PgActors.Benchmarks;

/// <summary>One run from the command line: starts the server, runs the cases, reports.</summary>
internal sealed class BenchmarkRun(RunSettings settings, string? serverUri, FileInfo? json, FileInfo? html)
{
    /// <returns>The process's exit code.</returns>
    public async Task<int> RunAsync(string[] names, CancellationToken cancellationToken)
    {
        var report = TableReport.ToStandardOutput();
        await using var server = await BenchmarkServer.StartAsync(serverUri, cancellationToken);
        string[] preface =
        [
            $"{server.Description}; .NET {Environment.Version} on {RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}, "
                + $"{Environment.ProcessorCount} processors shared by client and server.",
            $"Medians of {settings.Pairs} rounds of each system, in turns{(settings.Quick ? "; quick: not for publication" : "")}. "
                + "CPU time and bytes are per operation; '× Npgsql' is against its best way in the case.",
        ];
        foreach (var line in preface)
            report.Line(line);
        var results = new List<CaseResult>();
        foreach (var next in CaseCatalog.Find(names))
        {
            var result = await next.RunAsync(settings, server, Console.Error.WriteLine, cancellationToken);
            results.Add(result);
            report.Write(result);
            if (json is not null)
                await JsonReport.WriteAsync(json.FullName, results, cancellationToken);
            if (html is not null)
                await HtmlReport.WriteAsync(html.FullName, preface, results, cancellationToken);
        }

        return 0;
    }
}
