using System.Threading.Tasks.Sources;

namespace PgActors.Runtime;

/// <summary>One who waits for room in a mailbox: its place in the line, its task and its completion in one reusable object.</summary>
internal sealed class RoomWaiter<TWork>(WaitingLine<TWork> line) : AfterTurnWork, IValueTaskSource<PostResult>
    where TWork : class, IMailboxWork
{
    private ManualResetValueTaskSourceCore<PostResult> _core;
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellation;
    private PostResult _result;
    private bool _cancelled;

    /// <summary>What is to be posted; null once it has left the line. Guarded by the line.</summary>
    public TWork? Work { get; set; }

    /// <summary>The size of <see cref="Work"/>, read once. Guarded by the line.</summary>
    public int Bytes { get; set; }

    /// <summary>The one before in the line. Guarded by the line.</summary>
    public RoomWaiter<TWork>? Ahead { get; set; }

    /// <summary>The one after in the line, or in the line's store of unused waiters. Guarded by the line.</summary>
    public RoomWaiter<TWork>? Behind { get; set; }

    public ValueTask<PostResult> Task => new(this, _core.Version);

    /// <summary>Has the line left when the token is cancelled. Called by the one who joins, before the task is given out.</summary>
    public void LeaveOn(CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _registration = cancellation.UnsafeRegister(
            static state =>
            {
                var waiter = (RoomWaiter<TWork>)state!;
                waiter.Owner.Leave(waiter);
            },
            this);
    }

    /// <summary>Notes the answer; <see cref="Execute"/> gives it. Guarded by the line.</summary>
    public void Decide(PostResult result) => (Work, _result) = (null, result);

    /// <summary>Notes that the wait was cancelled; <see cref="Execute"/> says so. Guarded by the line.</summary>
    public void DecideCancelled() => (Work, _cancelled) = (null, true);

    public override void Execute()
    {
        if (_cancelled) _core.SetException(new OperationCanceledException(_cancellation));
        else _core.SetResult(_result);
    }

    public PostResult GetResult(short token)
    {
        var cancelled = _cancelled;
        var result = _core.GetResult(token);

        // A registration that cannot be taken back is running or has run, and could still reach this object: then it is not used again.
        if (!cancelled && (!_cancellation.CanBeCanceled || _registration.Unregister()))
        {
            _core.Reset();
            _registration = default;
            _cancellation = default;
            Owner.Keep(this);
        }

        return result;
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private WaitingLine<TWork> Owner => line;
}
