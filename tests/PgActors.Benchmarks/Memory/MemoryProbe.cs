using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Servers;

namespace PgActors.Benchmarks.Memory;

/// <summary>
/// Measures idle sessions in a process of its own, because physical memory that one contender has let go of would be the next one's for
/// nothing. This program starts itself again as the probe, which prints one line of JSON.
/// </summary>
internal static class MemoryProbe
{
    /// <summary>The word of the command line that makes this program a probe.</summary>
    public const string Verb = "memory-probe";

    // Made before the first reading: what every process has once is not counted to the sessions.
    private const int FirstSessions = 4;

    // Buffers that are given back after a while of doing nothing have been by then.
    private static readonly TimeSpan UntilIdle = TimeSpan.FromSeconds(2);

    /// <summary>Starts a probe and waits for its answer.</summary>
    public static async Task<Round> MeasureAsync(SystemKind system, string serverUri, int sessions, CancellationToken cancellationToken)
    {
        var program = Environment.ProcessPath!;
        string[] self = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Assembly.GetExecutingAssembly().Location] : [];
        using var process = Process.Start(new ProcessStartInfo(program, [.. self, Verb, system.ToString(), serverUri, $"{sessions}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? JsonSerializer.Deserialize<Reading>(output)!.ToRound(sessions - FirstSessions)
                : throw new InvalidOperationException($"The probe of {sessions} idle sessions of {system} failed: {await errors}");
        }
        finally
        {
            process.Kill();
        }
    }

    /// <summary>Is the probe.</summary>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(SystemKind system, string serverUri, int sessions)
    {
        await using var idle = await IdleSessions.CreateAsync(system, new ServerAddress(serverUri), sessions);
        await idle.OpenAsync(FirstSessions);
        var before = await ReadAsync();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        await idle.OpenAsync(sessions);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        cpu = Environment.CpuUsage.TotalTime - cpu;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        var after = await ReadAsync();
        Console.WriteLine(JsonSerializer.Serialize(
            new Reading(after.Heap - before.Heap, after.Resident - before.Resident, seconds, cpu.TotalSeconds, allocated)));
        return 0;
    }

    private static async Task<MemoryUse> ReadAsync()
    {
        await Task.Delay(UntilIdle);
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return new MemoryUse(GC.GetTotalMemory(forceFullCollection: false), Environment.WorkingSet);
    }

    /// <summary>What the sessions took together.</summary>
    private sealed record Reading(double Heap, double Resident, double Seconds, double CpuSeconds, double Allocated)
    {
        public Round ToRound(int sessions) => new(
            sessions / Seconds,
            CpuSeconds * 1e6 / sessions,
            ServerCpu: null,
            Allocated / sessions,
            P50: null,
            P99: null,
            Collections: default,
            Foreign: null,
            new MemoryUse(Heap / sessions, Resident / sessions));
    }
}
