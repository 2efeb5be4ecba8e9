using System.Threading.Tasks.Sources;
using PgActors.Runtime;
using PgActors.Sessions;

namespace PgActors.Routing;

/// <summary>Somebody who waits for an exclusive session.</summary>
internal sealed class LeaseRequest : AfterTurnWork, IMailboxWork, IValueTaskSource<SessionActor>
{
    private ManualResetValueTaskSourceCore<SessionActor> _source;
    private SessionActor? _session;
    private SessionFailure? _failure;

    public int Bytes => 0;

    /// <summary>Granted, refused or withdrawn: changed only inside the pool's turns.</summary>
    public bool IsAnswered { get; private set; }

    public bool IsWithdrawn { get; private set; }

    public string? Server { get; init; }

    public CancellationToken Token { get; init; }

    public ValueTask<SessionActor> Task => new(this, _source.Version);

    public void Grant(SessionActor session)
    {
        IsAnswered = true;
        _session = session;
    }

    public void Refuse(SessionFailure failure)
    {
        IsAnswered = true;
        _failure = failure;
    }

    public void Withdraw()
    {
        IsAnswered = true;
        IsWithdrawn = true;
    }

    public override void Execute()
    {
        if (_session is not null)
            _source.SetResult(_session);
        else if (IsWithdrawn)
            _source.SetException(new PgCanceledException(Outcome.NotSent, Token));
        else
            _source.SetException(new PgConnectionException(_failure!, Outcome.NotSent, Server));
    }

    public SessionActor GetResult(short token) => _source.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
