namespace PgActors.Benchmarks.Measuring;

/// <summary>One way to do what a case asks for. It stays open for all rounds of its case.</summary>
internal abstract class Contender(string name, SystemKind kind) : IAsyncDisposable
{
    /// <summary>What reports call it.</summary>
    public string Name => name;

    public SystemKind Kind => kind;

    /// <summary>Server sessions that it works with; 0 where there is no server.</summary>
    public virtual int Sessions => 1;

    /// <summary>Connects, prepares, and so on: nothing that is measured.</summary>
    public virtual Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Before each round: what the round needs and what is not measured.</summary>
    public virtual Task BeginRoundAsync() => Task.CompletedTask;

    /// <summary>After each round, undoes <see cref="BeginRoundAsync"/>. Not measured either.</summary>
    public virtual Task EndRoundAsync() => Task.CompletedTask;

    /// <summary>Does that many operations and checks what came of them.</summary>
    /// <param name="operations">How many.</param>
    /// <param name="latencies">Takes how long each took, where the contender can tell.</param>
    /// <exception cref="WrongResultException">An operation gave something else than it had to.</exception>
    public abstract Task RunAsync(long operations, LatencyLog latencies);

    /// <summary>Undoes <see cref="OpenAsync"/>, also where that failed half-way.</summary>
    public abstract ValueTask DisposeAsync();
}
