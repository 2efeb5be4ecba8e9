namespace PgActors.Runtime;

/// <summary>
/// A task that an actor's turn completes. Those who await it go on as an item of the dispatcher: outside the turn, as with
/// <see cref="TaskCreationOptions.RunContinuationsAsynchronously"/>, but not past the runtime, which must see all that runs. If the decision
/// comes before anybody asks for the task, nothing is scheduled: whoever asks gets a task that has ended.
/// </summary>
/// <remarks>Safe for all threads; the first who decides, decides.</remarks>
/// <typeparam name="T">The result.</typeparam>
internal sealed class ScheduledCompletion<T>(Dispatcher dispatcher) : IThreadPoolWorkItem
{
    private readonly TaskCompletionSource<T> _source = new();
    private T _result = default!;
    private Exception? _failure;

    // Invariant: whoever changes it from 0 to 1, and nobody else, writes what was decided.
    private int _claimed;

    // Invariant: only grows. Of the two, one who decided and one who asked first, whoever comes second ends the task, by the full fence
    // either by scheduling the item or, having just asked, at once.
    private int _met;

    private const int Decided = 1;
    private const int Asked = 2;

    /// <summary>Ends some time after the decision.</summary>
    public Task<T> Task
    {
        get
        {
            if ((Volatile.Read(in _met) & Asked) == 0 && Interlocked.Or(ref _met, Asked) == Decided)
                Execute();
            return _source.Task;
        }
    }

    /// <summary>Whether it is decided: the task has ended when it is asked for, if nobody asked before.</summary>
    public bool IsDecided => (Volatile.Read(in _met) & Decided) != 0;

    /// <summary>Decides for a result.</summary>
    /// <returns>Whether this was the first decision.</returns>
    public bool TrySetResult(T result)
    {
        if (Interlocked.Exchange(ref _claimed, 1) != 0)
            return false;
        _result = result;
        Publish();
        return true;
    }

    /// <summary>Decides for a failure.</summary>
    /// <returns>Whether this was the first decision.</returns>
    public bool TrySetException(Exception failure)
    {
        if (Interlocked.Exchange(ref _claimed, 1) != 0)
            return false;
        _failure = failure;
        Publish();
        return true;
    }

    void IThreadPoolWorkItem.Execute() => Execute();

    private void Publish()
    {
        if (Interlocked.Or(ref _met, Decided) == Asked)
            dispatcher.Schedule(this);
    }

    private void Execute()
    {
        if (_failure is { } failure)
            _source.SetException(failure);
        else
            _source.SetResult(_result);
    }
}
