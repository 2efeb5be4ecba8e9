using System.Threading.Tasks.Sources;
using PgActors.Runtime;
using PgActors.Sessions;
using PgActors.Statements;
using PgActors.Transactions;
using PgActors.Types;

namespace PgActors.Requests;

/// <summary>A request whose caller awaits one answer. The session stores how it ended; what that means is worked out by the caller, when it
/// takes the result, so that no decoding and no user code runs in a session's turn.</summary>
internal abstract class RequestCompletion<TResult> : SessionRequest, ITransactionMember, ILineMember, IValueTaskSource<TResult>
{
    private ManualResetValueTaskSourceCore<bool> _source;
    private ParameterBuffer? _buffer;
    private CancellationToken _token;
    private CancellationTokenRegistration _registration;
    private Exception? _failure;

    // Invariant: of the caller, who begins to wait, and the end that nobody waits for, whoever moves it away from Nobody goes first. If that is the
    // end, the caller registers when the result is set, and not before, so that whoever sets it never runs the caller's code.
    private CompletionMeeting _meeting;

    // A cancel was posted that names this object. Its session may read the signal, or pass a cancelled command that still waits, at any later
    // time; so the object is never used for another command. Written by the cancel's callback, read once that can no longer run.
    private bool _isNamedByCancel;

    private IRequestWitness? _witness;

    protected RequestEnd End { get; private set; }

    /// <summary>Whether nothing goes with it yet, and a Sync stands behind it.</summary>
    public bool IsAlone => Following is null && Syncs;

    /// <summary>The types that the answer is read with; <see langword="null"/> for a statement of ours that has neither parameters nor rows
    /// to read.</summary>
    protected TypeSource? Types { get; private set; }

    public ValueTask<TResult> Task => new(this, _source.Version);

    public sealed override void OnEnded(in RequestEnd end) =>
        End = _witness is null ? end : _witness.OnEnded(this, end);

    /// <summary>The turn is over, or there is none: the caller may go on.</summary>
    public sealed override void Execute()
    {
        if (_failure is not null)
            _source.SetResult(true);
        else if (Feed is { HasBegun: true } feed)
            FinishAfter(StopAsync(feed));
        else if (End.Succeeded && PrepareResult() is { } preparation)
            FinishAfter(preparation);
        else
            _source.SetResult(true);
    }

    // Of thousands that are posted together, all but one mostly end unawaited.
    internal sealed override bool TryCompleteUnawaited()
    {
        if (_failure is not null || Feed is { HasBegun: true } || (End.Succeeded && NeedsPreparation)
            || Interlocked.CompareExchange(ref _meeting, CompletionMeeting.Ended, CompletionMeeting.Nobody) != CompletionMeeting.Nobody)
        {
            return false;
        }

        _source.SetResult(true);
        return true;
    }

    public TResult GetResult(short token)
    {
        _source.GetResult(token);

        // Waits, if the cancel's callback runs right now, until it has: after this nobody new gets to know the request.
        _registration.Dispose();
        var end = End;
        var statement = Statement;
        var cancellation = _token;
        try
        {
            if (_failure is not null)
                throw _failure;
            if (end.Succeeded)
                return TakeResult(end.Command);
            Types?.Note(end.Command.Error, statement.ParameterTypes);
            throw RequestFailure.Of(end, statement, cancellation, cause: Feed?.Fault);
        }
        finally
        {
            Recycle();
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        if (Interlocked.CompareExchange(ref _meeting, CompletionMeeting.Awaited, CompletionMeeting.Nobody) == CompletionMeeting.Ended)
        {
            var spinner = default(SpinWait);
            while (_source.GetStatus(token) == ValueTaskSourceStatus.Pending)
                spinner.SpinOnce();
        }

        _source.OnCompleted(continuation, state, token, flags);
    }

    public void Prepare(in PgCommand command, TypeSource? types, CancellationToken cancellationToken, TimeSpan? timeout = null)
    {
        Timeout = timeout;
        Statement = command.Statement;
        _buffer = command.Parameters;
        ParameterCount = _buffer?.Count ?? 0;
        Parameters = _buffer?.Memory ?? default;
        Feed = _buffer?.Streams is { } streams ? new ParameterFeed(streams) : null;
        _token = cancellationToken;
        Types = types;
    }

    /// <summary>Before it is posted: whoever is to hear of its end.</summary>
    public void Tell(IRequestWitness witness) => _witness = witness;

    /// <summary>Before it is posted: a portal to close on the way; empty: none.</summary>
    public void CloseOnTheWay(ReadOnlyMemory<byte> portal) => PortalToClose = portal;

    /// <summary>Before it is posted: what stands right behind it, under the same Sync.</summary>
    public void Take(SessionRequest behind)
    {
        Following = behind;
        Syncs = false;
    }

    /// <summary>The request was accepted by a session: from now on the caller's token cancels it there. Not before, or the
    /// session would be told of a request that it may never get.</summary>
    /// <returns>The answer.</returns>
    public ValueTask<TResult> OnAccepted()
    {
        if (_token.CanBeCanceled)
        {
            _registration = _token.UnsafeRegister(static request => ((RequestCompletion<TResult>)request!).Cancel(), this);
        }

        return Task;
    }

    /// <summary>The request was never accepted.</summary>
    public void Withdraw() => Recycle();

    /// <summary>The request was never accepted, and its caller, who awaits it already, is told so by an item of the dispatcher.</summary>
    public void Refuse(Exception refusal, Dispatcher dispatcher)
    {
        _failure = refusal;
        dispatcher.Schedule(this);
    }

    ValueTask ILineMember.PassAsync(TransactionRoute transaction) => transaction.PassAsync(this);

    /// <summary>Whether something must be found out before the result can be taken.</summary>
    protected virtual bool NeedsPreparation => false;

    /// <summary>Whatever must be found out before the result can be taken; <see langword="null"/> if nothing must.</summary>
    protected virtual Task? PrepareResult() => null;

    protected abstract TResult TakeResult(in FinishedCommand command);

    /// <summary>Lets go of what the answer brought.</summary>
    protected abstract void DropResult();

    /// <summary>Gives this object to whoever needs one next.</summary>
    protected abstract void ReturnToPool();

    // The caller's streams are the caller's again when the call returns.
    private async Task StopAsync(ParameterFeed feed)
    {
        await feed.StopAsync().ConfigureAwait(false);
        if (End.Succeeded && PrepareResult() is { } preparation)
            await preparation.ConfigureAwait(false);
    }

    private async void FinishAfter(Task preparation)
    {
        try
        {
            await preparation.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it is, it is the caller's to know, who takes the result.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            _failure = failed;
        }

        _source.SetResult(true);
    }

    private void Cancel()
    {
        _isNamedByCancel = true;
        CancelAtHolder();
    }

    private void Recycle()
    {
        DropResult();
        _buffer?.Return();
        _buffer = null;
        Parameters = default;
        Feed = null;
        Following = null;
        PortalToClose = default;
        Syncs = true;
        _witness = null;
        End = default;
        _failure = null;
        _meeting = CompletionMeeting.Nobody;
        _token = default;
        _registration = default;
        if (_isNamedByCancel || IsLeftBehind)
            return;
        Statement = null!;
        Renew();
        _source.Reset();
        ReturnToPool();
    }
}
