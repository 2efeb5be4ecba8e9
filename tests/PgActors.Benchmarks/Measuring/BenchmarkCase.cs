using PgActors.Benchmarks.Servers;

namespace PgActors.Benchmarks.Measuring;

/// <summary>Something that is measured.</summary>
internal abstract class BenchmarkCase
{
    /// <summary>What it is called on the command line and in reports.</summary>
    public abstract string Name { get; }

    /// <summary>A second name that it shares with cases like it.</summary>
    public virtual string? Group => null;

    public abstract string Description { get; }

    /// <summary>What one operation is.</summary>
    public virtual string Operation => "query";

    /// <summary>Which figure systems are compared by.</summary>
    public virtual Yardstick Yardstick => Yardstick.Rate;

    /// <summary>What grows from step to step, such as "callers"; null for a case of one step.</summary>
    public virtual string? Grows => null;

    /// <summary>Runs it.</summary>
    /// <param name="settings">How long and how often.</param>
    /// <param name="server">Where.</param>
    /// <param name="progress">Is told what is being done.</param>
    /// <param name="cancellationToken">Gives up between two rounds.</param>
    public abstract Task<CaseResult> RunAsync(
        RunSettings settings, BenchmarkServer server, Action<string> progress, CancellationToken cancellationToken);
}
