using System.Collections.Concurrent;
using System.Reactive.Subjects;
using PgActors.Runtime;

namespace PgActors.Events;

/// <summary>
/// Carries events from the sessions' turns to the user's observers, one at a time and in order, on the dispatcher's workers: no observer
/// runs inside a turn. Bounded: an observer that blocks costs events, which it is told, and never memory.
/// </summary>
/// <param name="dispatcher">Whose workers deliver.</param>
/// <param name="opening">What each observer is told first: what happened before anybody could subscribe.</param>
internal sealed class EventStream(Dispatcher dispatcher, IReadOnlyList<PgEvent> opening)
    : IObservable<PgEvent>, IThreadPoolWorkItem, IDisposable
{
    private const int Capacity = 4096;

    private readonly ConcurrentQueue<PgEvent> _waiting = new();
    private readonly Subject<PgEvent> _observers = new();

    // Invariant: 1 while a worker delivers or is about to; whoever sets it schedules that worker.
    private int _delivering;
    private long _dropped;
    private volatile bool _isComplete;

    public IDisposable Subscribe(IObserver<PgEvent> observer)
    {
        var isolated = new IsolatedObserver(observer);
        foreach (var happened in opening)
            isolated.OnNext(happened);
        return _observers.Subscribe(isolated);
    }

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
        var completes = _isComplete;
        while (_waiting.TryDequeue(out var happened))
            _observers.OnNext(happened);
        var dropped = Interlocked.Exchange(ref _dropped, 0);
        if (dropped > 0)
            _observers.OnNext(new PgEventsDropped(dropped));
        if (completes)
            _observers.OnCompleted();
        Interlocked.Exchange(ref _delivering, 0);
        if (!_waiting.IsEmpty || Interlocked.Read(ref _dropped) > 0 || _isComplete != completes)
            Wake();
    }

    /// <summary>Completes the observers, behind what was published before.</summary>
    public void Dispose()
    {
        _isComplete = true;

        // With nobody to tell, no worker has to be woken.
        if (_observers.HasObservers)
            Wake();
        else
            _observers.OnCompleted();
    }

    private void Wake()
    {
        if (Interlocked.Exchange(ref _delivering, 1) == 0)
            dispatcher.Schedule(this);
    }
}
