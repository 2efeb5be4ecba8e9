namespace PgActors.Runtime;

/// <summary>
/// A task that an actor's turn completes. Those who await it go on as an item of the dispatcher: outside the turn, as with
/// <see cref="TaskCreationOptions.RunContinuationsAsynchronously"/>, but not past the runtime, which must see all that runs.
/// </summary>
/// <remarks>Safe for all threads; the first who decides, decides.</remarks>
/// <typeparam name="T">The result.</typeparam>
internal sealed class ScheduledCompletion<T>(Dispatcher dispatcher) : IThreadPoolWorkItem
{
    private readonly TaskCompletionSource<T> _source = new();
    private T _result = default!;
    private Exception? _failure;

    // Invariant: whoever changes it from 0 to 1, and nobody else, writes what was decided and schedules the item that reads it.
    private int _decided;

    /// <summary>Ends some time after the decision.</summary>
    public Task<T> Task => _source.Task;

    /// <summary>Decides for a result.</summary>
    /// <returns>Whether this was the first decision.</returns>
    public bool TrySetResult(T result)
    {
        if (Interlocked.Exchange(ref _decided, 1) != 0)
            return false;
        _result = result;
        dispatcher.Schedule(this);
        return true;
    }

    /// <summary>Decides for a failure.</summary>
    /// <returns>Whether this was the first decision.</returns>
    public bool TrySetException(Exception failure)
    {
        if (Interlocked.Exchange(ref _decided, 1) != 0)
            return false;
        _failure = failure;
        dispatcher.Schedule(this);
        return true;
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (_failure is { } failure)
            _source.SetException(failure);
        else
            _source.SetResult(_result);
    }
}
