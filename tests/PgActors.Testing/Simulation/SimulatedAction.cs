namespace PgActors.Testing;

/// <summary>An action as an item of a simulation.</summary>
internal sealed class SimulatedAction(Action action) : IThreadPoolWorkItem
{
    public void Execute() => action();
}
