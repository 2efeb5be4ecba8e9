using System.Threading.Tasks.Sources;
using PgActors.Runtime;
using PgActors.Sessions;

namespace PgActors.Routing;

/// <summary>Somebody who waits for an exclusive session. One that was granted goes back to its pool, for the next who wants one.</summary>
internal sealed class LeaseRequest(LeasePool pool) : AfterTurnWork, IMailboxWork, IValueTaskSource<SessionActor>
{
    private ManualResetValueTaskSourceCore<bool> _source;
    private CancellationTokenRegistration _registration;
    private SessionActor? _session;
    private Exception? _refusal;

    public int Bytes => 0;

    /// <summary>Granted, refused or withdrawn: changed only inside the pool's turns.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>Whether it stands in the line, or did: a withdrawal, which comes on the control lane, may be there before it. Changed only inside
    /// the pool's turns.</summary>
    public bool HasStoodInLine { get; set; }

    public LeaseHolder Holder { get; private set; }

    /// <summary>When the wait began, by the runtime's clock.</summary>
    public long Since { get; private set; }

    public CancellationToken Token { get; private set; }

    public ValueTask<SessionActor> Task => new(this, _source.Version);

    /// <summary>Begins a wait. Called by the one who wants a session, before the request is posted.</summary>
    public void Begin(LeaseHolder holder, long since, CancellationToken token)
    {
        Holder = holder;
        Since = since;
        Token = token;
    }

    /// <summary>The request was posted: from now on its token withdraws it. Called before the task is given out.</summary>
    public void LeaveOnCancel()
    {
        if (Token.CanBeCanceled)
            _registration = Token.UnsafeRegister(static request => ((LeaseRequest)request!).Withdraw(), this);
    }

    public void Grant(SessionActor session)
    {
        IsAnswered = true;
        _session = session;
    }

    public void Refuse(Exception refusal)
    {
        IsAnswered = true;
        _refusal = refusal;
    }

    public override void Execute() => _source.SetResult(true);

    public SessionActor GetResult(short token)
    {
        _source.GetResult(token);

        // A registration that cannot be taken back is running or has run, and a signal that names this object may still be read.
        var isForgotten = !Token.CanBeCanceled || _registration.Unregister();

        // One that was refused may still stand in the line.
        if (_session is not { } session)
            throw _refusal!;
        if (isForgotten)
            Recycle();
        return session;
    }

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private void Withdraw() => pool.Withdraw(this);

    private void Recycle()
    {
        _session = null;
        _registration = default;
        IsAnswered = HasStoodInLine = false;
        Begin(default, 0, default);
        _source.Reset();
        pool.Keep(this);
    }
}
