using System.Threading.Tasks.Sources;
using PgActors.Runtime;
using PgActors.Sessions;

namespace PgActors.Routing;

/// <summary>Somebody who waits for an exclusive session.</summary>
internal sealed class LeaseRequest : AfterTurnWork, IMailboxWork, IValueTaskSource<SessionActor>
{
    private ManualResetValueTaskSourceCore<SessionActor> _source;
    private SessionActor? _session;
    private Exception? _refusal;

    public int Bytes => 0;

    /// <summary>Granted, refused or withdrawn: changed only inside the pool's turns.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>Whether it stands in the line, or did: a withdrawal, which comes on the control lane, may be there before it. Changed only inside
    /// the pool's turns.</summary>
    public bool HasStoodInLine { get; set; }

    public required LeaseHolder Holder { get; init; }

    /// <summary>When the wait began, by the runtime's clock.</summary>
    public required long Since { get; init; }

    public CancellationToken Token { get; init; }

    public ValueTask<SessionActor> Task => new(this, _source.Version);

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

    public override void Execute()
    {
        if (_session is not null)
            _source.SetResult(_session);
        else
            _source.SetException(_refusal!);
    }

    public SessionActor GetResult(short token) => _source.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
