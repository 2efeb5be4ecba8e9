using PgActors.Runtime;

namespace PgActors.Testing;

/// <summary>Brings the continuations of a simulated body back to the simulation's dispatcher.</summary>
internal sealed class SimulationContext(Dispatcher dispatcher) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => dispatcher.Schedule(new SimulatedContinuation(this, d, state));

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    private sealed class SimulatedContinuation(SynchronizationContext context, SendOrPostCallback callback, object? state)
        : IThreadPoolWorkItem
    {
        public void Execute()
        {
            var before = Current;
            SetSynchronizationContext(context);
            try
            {
                callback(state);
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }
    }
}
