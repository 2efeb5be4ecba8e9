using System.Threading.Tasks.Sources;
using PgActors.Sessions;
using PgActors.Statements;

namespace PgActors.Requests;

/// <summary>A request whose caller awaits one answer. The session stores how it ended; what that means is worked out by the caller, when it
/// takes the result, so that no decoding and no user code runs in a session's turn.</summary>
internal abstract class RequestCompletion<TResult> : SessionRequest, IValueTaskSource<TResult>
{
    private ManualResetValueTaskSourceCore<bool> _source;
    private ParameterBuffer? _buffer;
    private CancellationToken _token;
    private CancellationTokenRegistration _registration;
    private SessionActor? _session;

    protected RequestEnd End { get; private set; }

    public ValueTask<TResult> Task => new(this, _source.Version);

    public sealed override void OnEnded(in RequestEnd end) => End = end;

    /// <summary>The turn is over: the caller may go on.</summary>
    public sealed override void Execute() => _source.SetResult(true);

    public TResult GetResult(short token)
    {
        _source.GetResult(token);

        // Waits, if the cancel's callback runs right now, until it has: after this nobody else knows the request.
        _registration.Dispose();
        _buffer?.Return();
        _buffer = null;
        var end = End;
        var statement = Statement;
        var cancellation = _token;
        try
        {
            return end.Succeeded ? TakeResult(end.Command) : throw RequestFailure.Of(end, statement, cancellation);
        }
        finally
        {
            Reset();
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    public void Prepare(in PgCommand command, CancellationToken cancellationToken)
    {
        Statement = command.Statement;
        _buffer = command.Parameters;
        ParameterCount = _buffer?.Count ?? 0;
        Parameters = _buffer?.Memory ?? default;
        _token = cancellationToken;
    }

    /// <summary>The request is about to be posted to <paramref name="session"/>: from now on the caller's token cancels it there.</summary>
    public void Bind(SessionActor session)
    {
        _session = session;
        if (_token.CanBeCanceled)
        {
            _registration = _token.UnsafeRegister(
                static request =>
                {
                    var cancelled = (RequestCompletion<TResult>)request!;
                    cancelled._session!.Cancel(cancelled);
                },
                this);
        }
    }

    /// <summary>The request was never accepted.</summary>
    public void Withdraw()
    {
        _registration.Dispose();
        _buffer?.Return();
        _buffer = null;
        Reset();
    }

    protected abstract TResult TakeResult(in FinishedCommand command);

    protected virtual void Reset()
    {
        End = default;
        Statement = null!;
        Parameters = default;
        _session = null;
        _token = default;
        _registration = default;
        State = SessionRequestState.Waiting;
        CancelWanted = false;
        _source.Reset();
    }
}
