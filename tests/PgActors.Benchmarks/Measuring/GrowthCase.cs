using PgActors.Benchmarks.Servers;

namespace PgActors.Benchmarks.Measuring;

/// <summary>How cost grows with the work: a paired case at each of several sizes, in short rounds.</summary>
internal abstract class GrowthCase : BenchmarkCase
{
    public sealed override string Group => "growth";

    /// <summary>The sizes, ascending.</summary>
    protected abstract IReadOnlyList<long> Steps { get; }

    /// <summary>What is measured at one of them.</summary>
    protected abstract PairedCase At(long step);

    public sealed override async Task<CaseResult> RunAsync(
        RunSettings settings, BenchmarkServer server, Action<string> progress, CancellationToken cancellationToken)
    {
        var systems = new List<SystemResult>();
        foreach (var step in Steps)
        {
            var result = await At(step).RunAsync(settings.ForStep(), server, text => progress($"{Name} {step}: {text}"), cancellationToken);
            systems.AddRange(result.Systems.Select(system => system with { Case = $"{Name}-{step}", Step = step }));
        }

        return new CaseResult(this, systems, []);
    }
}
