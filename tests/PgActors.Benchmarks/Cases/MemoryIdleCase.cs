using PgActors.Benchmarks.Measuring;
using PgActors.Benchmarks.Memory;
using PgActors.Benchmarks.Servers;
using PgActors.Testing;

namespace PgActors.Benchmarks.Cases;

/// <summary>What many sessions take that have run a query each and wait in their pool. The process that holds them is not the server's.</summary>
/// <param name="sessions">How many.</param>
/// <param name="needsServer">Whether the server is a real one; otherwise one that speaks its protocol stands in for it, since as many real
/// server processes would be the machine's measure and not the client's.</param>
internal sealed class MemoryIdleCase(int sessions, bool needsServer) : BenchmarkCase
{
    // Beside the sessions: those of other cases, of a probe's first reading, files, and what the runtime opens.
    private const int SpareSessions = 16;
    private const int SpareFiles = 512;

    // On the side of the client and on that of the stand-in, whichever takes more.
    private const long MostBytesOfSession = 64 * 1024;

    public override string Name => $"memory-idle-{sessions}";

    public override string Group => "memory";

    public override string Description => $"{sessions:#,0} idle exclusive sessions, {(needsServer ? "real ones" : "of a stand-in for the server")}";

    public override string Operation => "session opened";

    public override Yardstick Yardstick => Yardstick.Heap;

    public override async Task<CaseResult> RunAsync(
        RunSettings settings, BenchmarkServer server, Action<string> progress, CancellationToken cancellationToken)
    {
        if (await ObstacleAsync(server, cancellationToken) is { } obstacle)
            return new CaseResult(this, [], [$"Not measured: {obstacle}"]);
        await using var standIn = needsServer ? null : ModelServer.Listen(new ModelServerOptions { KeepsLog = false });
        var uri = standIn is null ? server.Address.Uri : $"postgres://bench@{standIn.Endpoint!.Host}:{standIn.Endpoint.Port}/bench";
        var rounds = IdleSessions.Systems.ToDictionary(system => system, _ => new List<Round>());
        var pairs = settings.Quick ? 1 : settings.ForStep().Pairs;
        for (var pair = 0; pair < pairs; pair++)
        {
            foreach (var system in pair % 2 == 0 ? IdleSessions.Systems : IdleSessions.Systems.Reverse())
            {
                progress($"{Name}: round {pair + 1} of {pairs}, {system}");
                rounds[system].Add(await MemoryProbe.MeasureAsync(system, uri, sessions, cancellationToken));
            }
        }

        return new CaseResult(
            this,
            [.. IdleSessions.Systems.Select(system => new SystemResult(Name, system.ToString(), system, sessions, rounds[system]))],
            ["A process for each round; '×' compares the heaps. CPU and bytes are of opening one session and its first query."]);
    }

    private async Task<string?> ObstacleAsync(BenchmarkServer server, CancellationToken cancellationToken)
    {
        if (needsServer)
        {
            var free = await server.FreeSessionsAsync(cancellationToken);
            return free < sessions + SpareSessions
                ? $"the server has room for {free:#,0} more sessions. Raise its max_connections to measure {sessions:#,0}."
                : null;
        }

        if (ProcessLimits.OpenFiles() is { } files && files < sessions + SpareFiles)
            return $"a process may open {files:#,0} files here, and {sessions:#,0} sessions are as many sockets. Raise the limit (ulimit -n).";
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return memory < 2 * sessions * MostBytesOfSession
            ? $"the machine has {memory >> 20:#,0} MiB, and {sessions:#,0} sessions of both sides may take more than half of it."
            : null;
    }
}
