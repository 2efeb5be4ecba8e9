using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;

namespace PgActors.Runtime;

/// <summary>
/// Hands items from an actor's turns to one consumer outside. The actor offers and never waits; the consumer takes what is there and waits
/// when nothing is. The bound is the actor's to keep (credit), since only it can stop the source.
/// </summary>
/// <remarks>One producer, the actor's turns; one consumer, with one wait at a time.</remarks>
/// <typeparam name="T">The items.</typeparam>
public sealed class Handoff<T> : AfterTurnWork, IValueTaskSource<bool>
{
    private readonly ConcurrentQueue<T> _items = new();
    private ManualResetValueTaskSourceCore<bool> _source;

    // Invariant: 1 from the moment the consumer decides to wait until exactly one side, by exchanging it for 0, takes on the duty to
    // end that wait. The exchange is also the full fence between "enqueued" and "is somebody waiting".
    private int _waiting;
    private volatile bool _isComplete;

    /// <summary>Inside a turn: offers an item.</summary>
    /// <returns>Whether the consumer waits: then this object must be run after the turn.</returns>
    public bool Offer(T item)
    {
        _items.Enqueue(item);
        return ClaimWaiter();
    }

    /// <summary>No item will follow. After the last <see cref="Offer"/>, by the same producer.</summary>
    /// <returns>Whether the consumer waits: then this object must be run.</returns>
    public bool Complete()
    {
        _isComplete = true;
        return ClaimWaiter();
    }

    /// <summary>Whether all items were taken, and none will follow.</summary>
    public bool IsOver => _isComplete && _items.IsEmpty;

    /// <summary>The consumer takes the next item, if there is one.</summary>
    public bool TryTake(out T item) => _items.TryDequeue(out item!);

    /// <summary>The consumer waits until an item is there.</summary>
    /// <returns>False if none will come.</returns>
    public ValueTask<bool> WaitAsync()
    {
        if (!_items.IsEmpty)
            return new(true);
        _source.Reset();
        Interlocked.Exchange(ref _waiting, 1);
        if ((!_items.IsEmpty || _isComplete) && ClaimWaiter())
            return new(!_items.IsEmpty);
        return new(this, _source.Version);
    }

    /// <inheritdoc/>
    public override void Execute() => _source.SetResult(!_items.IsEmpty);

    bool IValueTaskSource<bool>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private bool ClaimWaiter() => Interlocked.CompareExchange(ref _waiting, 0, 1) == 1;
}
