using System.Threading.Tasks.Sources;

namespace PgActors.Transports;

/// <summary>
/// One direction of a <see cref="SocketTransport"/>: one operation at a time, whose completion lives here and is used again for the next.
/// So an operation takes no memory (an async method's state machine would, in builds that are not optimised).
/// </summary>
internal abstract class TransportOperation : IValueTaskSource<int>, IValueTaskSource
{
    private readonly Func<Exception, Exception> _translate;
    private ManualResetValueTaskSourceCore<int> _completion;

    // Invariant: 1 from the start of an operation until its result was taken. It turns an overlap, which the socket would accept and serve
    // in any order, into the caller's error; and it keeps the completion from being reused too early.
    private int _isBusy;

    protected TransportOperation(Func<Exception, Exception> translate)
    {
        _translate = translate;
        Resume = Continue;
    }

    /// <summary>What to hand to whatever is waited for; it takes the next step.</summary>
    protected Action Resume { get; }

    /// <summary>An exception of the socket in the transport's own terms.</summary>
    protected Exception Translate(Exception exception) => _translate(exception);

    public void Enter()
    {
        if (!TryEnter())
        {
            throw new InvalidOperationException("Another operation of this direction is still outstanding on this transport.");
        }
    }

    public bool TryEnter() => Interlocked.Exchange(ref _isBusy, 1) == 0;

    public void Leave() => Volatile.Write(ref _isBusy, 0);

    int IValueTaskSource<int>.GetResult(short token) => TakeResult(token);

    void IValueTaskSource.GetResult(short token) => TakeResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _completion.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _completion.OnCompleted(continuation, state, token, flags);

    /// <summary>Takes a step: begins the operation or, after <see cref="Resume"/>, takes what was waited for.</summary>
    /// <param name="result">The operation's result, when it ended.</param>
    /// <returns>Whether it ended; if not, <see cref="Resume"/> was handed on, as the last thing the step did.</returns>
    protected abstract bool Step(out int result);

    /// <summary>Forgets the caller's memory.</summary>
    protected abstract void Clear();

    /// <summary>Runs the first step. The direction is already entered.</summary>
    /// <param name="token">What to make the task with, when it did not end.</param>
    /// <param name="result">The result, when it did.</param>
    /// <param name="failure">The failure, when it ended with one.</param>
    /// <returns>Whether it ended.</returns>
    protected bool Start(out short token, out int result, out Exception? failure)
    {
        // Before the step: another thread may complete it as soon as it has handed Resume on.
        _completion.Reset();
        token = _completion.Version;
        result = 0;
        failure = null;
        try
        {
            if (!Step(out result))
            {
                return false;
            }
        }
        catch (Exception exception)
        {
            failure = _translate(exception);
        }

        Clear();
        Leave();
        return true;
    }

    private void Continue()
    {
        int result;
        try
        {
            if (!Step(out result))
            {
                return;
            }
        }
        catch (Exception exception)
        {
            Clear();
            _completion.SetException(_translate(exception));
            return;
        }

        Clear();
        _completion.SetResult(result);
    }

    private int TakeResult(short token)
    {
        // Awaited twice, perhaps while the next operation runs: that one is not to be disturbed.
        if (token != _completion.Version)
        {
            throw new InvalidOperationException("The result of this operation was already taken.");
        }

        try
        {
            return _completion.GetResult(token);
        }
        finally
        {
            Leave();
        }
    }
}
