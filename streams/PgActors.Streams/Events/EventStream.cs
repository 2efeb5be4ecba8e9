using System.Collections.Concurrent;
using System.Reactive.Subjects;
using PgActors.Runtime;

namespace PgActors.Events;

/// <summary>
/// Carries events from the sessions' turns to the user's observers, one at a time and in order, on the dispatcher's workers: no observer runs
/// inside a turn. Bounded: an observer that blocks costs events, which it is told, and never memory.
/// </summary>
internal sealed class EventStream(Dispatcher dispatcher) : IObservable<PgEvent>, IThreadPoolWorkItem, IDisposable
{
    private const int Capacity = 4096;

    private readonly ConcurrentQueue<PgEvent> _waiting = new();
    private readonly Subject<PgEvent> _observers = new();

    // Invariant: 1 while a worker delivers or is about to; whoever sets it schedules that worker.
    private int _delivering;
    private long _dropped;

    public IDisposable Subscribe(IObserver<PgEvent> observer) => _observers.Subscribe(observer);

    public void Publish(PgEvent happened)
    {
        if (!_observers.HasObservers)
            return;
        if (_waiting.Count >= Capacity)
            Interlocked.Increment(ref _dropped);
        else
            _waiting.Enqueue(happened);
        Wake();
    }

    public void Execute()
    {
        while (_waiting.TryDequeue(out var happened))
            Deliver(happened);
        var dropped = Interlocked.Exchange(ref _dropped, 0);
        if (dropped > 0)
            Deliver(new PgEventsDropped(dropped));
        Interlocked.Exchange(ref _delivering, 0);
        if (!_waiting.IsEmpty)
            Wake();
    }

    /// <summary>Completes the observers.</summary>
    public void Dispose()
    {
        _observers.OnCompleted();
        _observers.Dispose();
    }

    private void Wake()
    {
        if (Interlocked.Exchange(ref _delivering, 1) == 0)
            dispatcher.Schedule(this);
    }

    private void Deliver(PgEvent happened)
    {
        try
        {
            _observers.OnNext(happened);
        }
#pragma warning disable CA1031 // An observer's fault is its own: the engine goes on, and so do the other events.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
