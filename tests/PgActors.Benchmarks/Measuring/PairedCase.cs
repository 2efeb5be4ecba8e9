using System.Globalization;
using PgActors.Benchmarks.Servers;

namespace PgActors.Benchmarks.Measuring;

/// <summary>
/// A case whose contenders take turns: every pair runs each of them once, in an order that is reversed from pair to pair, so that what
/// changes on the machine meanwhile meets all of them alike.
/// </summary>
internal abstract class PairedCase : BenchmarkCase
{
    // Of each caller.
    private const long FirstOperations = 16;

    /// <summary>Most callers that record durations at the same time.</summary>
    protected virtual int Callers => 1;

    /// <summary>Operations come in multiples of it.</summary>
    protected virtual long Unit => Callers;

    /// <summary>Operations of a round where the case fixes them; null: as many as take the length of a round.</summary>
    protected virtual long? Operations => null;

    /// <summary>Whether the rate counts only the time inside operations, because there are pauses between them.</summary>
    protected virtual bool RateFromLatency => false;

    public sealed override async Task<CaseResult> RunAsync(
        RunSettings settings, BenchmarkServer server, Action<string> progress, CancellationToken cancellationToken)
    {
        settings = Adapt(settings);
        await PrepareAsync(server, cancellationToken);
        var contenders = Choose([.. Contenders(server)], settings.Systems);
        var meter = new RoundMeter(server.Processors, Callers, RateFromLatency);
        var counts = new long[contenders.Length];
        var sessions = new int[contenders.Length];
        var rounds = contenders.Select(_ => new List<Round>()).ToArray();
        try
        {
            for (var i = 0; i < contenders.Length; i++)
            {
                progress($"{Name}: warming up {contenders[i].Name}");
                await contenders[i].OpenAsync(cancellationToken);
                counts[i] = await WarmUpAsync(meter, contenders[i], settings, cancellationToken);
                sessions[i] = contenders[i].Sessions;
            }

            for (var pair = 0; pair < settings.Pairs; pair++)
            {
                progress($"{Name}: pair {pair + 1} of {settings.Pairs}");
                for (var i = 0; i < contenders.Length; i++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var turn = pair % 2 == 0 ? i : contenders.Length - 1 - i;
                    rounds[turn].Add(await meter.MeasureAsync(contenders[turn], counts[turn]));
                }
            }
        }
        finally
        {
            foreach (var contender in contenders)
                await contender.DisposeAsync();
        }

        SystemResult[] systems =
            [.. contenders.Select((contender, i) => new SystemResult(Name, contender.Name, contender.Kind, sessions[i], rounds[i]))];
        return new CaseResult(this, systems, [.. Findings(systems), .. Noise(systems)]);
    }

    /// <summary>How long and how often, where the case has reasons of its own.</summary>
    protected virtual RunSettings Adapt(RunSettings settings) => settings;

    /// <summary>Makes what the contenders need on the server, such as tables.</summary>
    protected virtual Task PrepareAsync(BenchmarkServer server, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What the case says itself of its contenders' figures.</summary>
    protected virtual IEnumerable<string> Findings(IReadOnlyList<SystemResult> systems) => [];

    protected abstract IEnumerable<Contender> Contenders(BenchmarkServer server);

    private static Contender[] Choose(Contender[] all, string? name) =>
        name is null ? all
        : Array.Find(all, contender => contender.Name == name) is { } only ? [only]
        : Array.FindAll(all, contender => contender.Name.Contains(name, StringComparison.OrdinalIgnoreCase));

    private static string[] Noise(SystemResult[] systems) =>
        Spread.Of(systems.SelectMany(system => system.Rounds).Select(round => round.Foreign)) is { } noise
            ? [string.Create(CultureInfo.InvariantCulture,
                $"Other processes used {noise.Median:P0} of the machine in the median round, {noise.Max:P0} in the worst.")]
            : [];

    private async Task<long> WarmUpAsync(
        RoundMeter meter, Contender contender, RunSettings settings, CancellationToken cancellationToken)
    {
        var operations = Operations ?? Math.Max(FirstOperations * Callers / Unit, 1) * Unit;
        var warmed = TimeSpan.Zero;
        var last = TimeSpan.Zero;
        while (warmed < settings.WarmUp)
        {
            cancellationToken.ThrowIfCancellationRequested();
            last = await meter.TimeAsync(contender, operations);
            warmed += last;
            if (Operations is null && last < settings.Round / 4)
                operations *= 2;
        }

        var scaled = Operations ?? (long)(operations * (settings.Round / last));
        return Math.Max(1, (scaled + Unit - 1) / Unit) * Unit;
    }
}
