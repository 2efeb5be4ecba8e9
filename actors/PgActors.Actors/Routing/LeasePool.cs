using PgActors.Protocol;
using PgActors.Runtime;
using PgActors.Sessions;

namespace PgActors.Routing;

/// <summary>
/// The exclusive sessions: made as they are wanted, up to a maximum; beyond it callers wait in the order they came. A session goes back among
/// the idle only if it owes nothing and stands outside a transaction; otherwise it is closed.
/// </summary>
/// <remarks>An actor: hand-over is one decision inside one turn, so a session is granted once, to a waiter that is still there.</remarks>
public sealed class LeasePool : IMailboxOwner<LeaseSignal, LeaseRequest>, ISessionOwner
{
    private readonly ActorRuntime _runtime;
    private readonly SessionProfile _profile;
    private readonly MailboxBounds _sessionBounds;
    private readonly Mailbox<LeaseSignal, LeaseRequest> _mailbox;
    private readonly Action<SessionActor, SessionNews> _news;
    private readonly int _maximum;
    private readonly int _maximumStarts;
    private readonly List<SessionActor> _idle = [];
    private readonly Dictionary<SessionActor, LeaseRequest?> _sessions = [];
    private readonly ScheduledCompletion<bool> _stopped;
    private int _starting;
    private bool _isStopped;
    private long _made;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="runtime">Time, scheduling and randomness.</param>
    /// <param name="profile">Where and how to connect.</param>
    /// <param name="maximum">Sessions at most.</param>
    /// <param name="sessionBounds">What may wait in the mailbox of one session.</param>
    /// <param name="maximumStarts">Sessions that may be starting at a time: no herd at the door of a server that has just come back.</param>
    /// <param name="news">Hears what servers tell without being asked; called inside a turn.</param>
    public LeasePool(
        ActorRuntime runtime,
        SessionProfile profile,
        int maximum,
        MailboxBounds sessionBounds,
        int maximumStarts,
        Action<SessionActor, SessionNews> news)
    {
        _runtime = runtime;
        _profile = profile;
        _maximum = maximum;
        _maximumStarts = maximumStarts;
        _sessionBounds = sessionBounds;
        _news = news;
        _stopped = new ScheduledCompletion<bool>(runtime.Dispatcher);
        _mailbox = new Mailbox<LeaseSignal, LeaseRequest>(runtime, this, new MailboxBounds(MailboxBounds.LargestMaxCommands, MailboxBounds.LargestMaxBytes));
    }

    /// <summary>Sessions made and not yet closed. A snapshot.</summary>
    public int Count => _sessions.Count;

    /// <inheritdoc/>
    public bool AcceptsWork => _isStopped || _idle.Count > 0 || (_sessions.Count < _maximum && _starting < _maximumStarts);

    /// <summary>Takes an exclusive session, waiting for one if all are taken.</summary>
    /// <exception cref="PgConnectionException">A new session could not be made; the message is the connection's own error.</exception>
    /// <exception cref="PgCanceledException">The wait was cancelled.</exception>
    public async ValueTask<SessionActor> AcquireAsync(CancellationToken cancellationToken)
    {
        var request = new LeaseRequest { Server = _profile.Server, Token = cancellationToken };
        if (_mailbox.TryPost(request) != PostResult.Accepted)
            throw new PgConnectionException(Closed, Outcome.NotSent, _profile.Server);
        var withdrawal = cancellationToken.UnsafeRegister(
            static (state, _) =>
            {
                var (pool, waiter) = ((LeasePool, LeaseRequest))state!;
                pool._mailbox.PostControl(new LeaseSignal(LeaseSignalKind.Withdrawn, Request: waiter), allowInline: false);
            },
            (this, request));
        await using (withdrawal.ConfigureAwait(false))
            return await request.Task.ConfigureAwait(false);
    }

    /// <summary>Gives a session back. The caller must not use it any more.</summary>
    public void Return(SessionActor session) => _mailbox.PostControl(new LeaseSignal(LeaseSignalKind.Returned, session));

    /// <summary>Closes every session and answers everybody who waits.</summary>
    public Task StopAsync()
    {
        _mailbox.Close();
        _mailbox.PostControl(new LeaseSignal(LeaseSignalKind.Stop), allowInline: false);
        return _stopped.Task;
    }

    void IMailboxOwner<LeaseSignal, LeaseRequest>.OnControl(in LeaseSignal message)
    {
        switch (message.Kind)
        {
            case LeaseSignalKind.Ready:
                OnReady(message.Session!);
                break;
            case LeaseSignalKind.Ended:
                OnEnded(message.Session!, message.Failure!);
                break;
            case LeaseSignalKind.Returned:
                OnReturned(message.Session!);
                break;
            case LeaseSignalKind.Withdrawn:
                OnWithdrawn(message.Request!);
                break;
            case LeaseSignalKind.Stop:
                OnStop();
                break;
        }
    }

    void IMailboxOwner<LeaseSignal, LeaseRequest>.OnWork(LeaseRequest message)
    {
        if (message.IsAnswered)
            return;
        if (_isStopped)
            Refuse(message, Closed);
        else if (_idle.Count > 0)
            Grant(message, TakeIdle());
        else
            Make(message);
    }

    void IMailboxOwner<LeaseSignal, LeaseRequest>.OnTurnEnding()
    {
        if (_isStopped && _sessions.Count == 0)
            _stopped.TrySetResult(true);
    }

    void IMailboxOwner<LeaseSignal, LeaseRequest>.OnFault(Exception exception) =>
        throw new InvalidOperationException("The pool of exclusive sessions failed.", exception);

    void ISessionOwner.OnSessionReady(SessionActor session) =>
        _mailbox.PostControl(new LeaseSignal(LeaseSignalKind.Ready, session), allowInline: false);

    void ISessionOwner.OnSessionEnded(SessionActor session, SessionFailure failure) =>
        _mailbox.PostControl(new LeaseSignal(LeaseSignalKind.Ended, session, failure), allowInline: false);

    void ISessionOwner.OnSessionNews(SessionActor session, in SessionNews news) => _news(session, news);

    private static SessionFailure Closed => new(SessionFailureKind.Closed, "The database object was closed.");

    // The one used last: its caches are warm, and those not needed stay idle long enough to be noticed.
    private SessionActor TakeIdle()
    {
        var session = _idle[^1];
        _idle.RemoveAt(_idle.Count - 1);
        return session;
    }

    private void Make(LeaseRequest request)
    {
        var session = new SessionActor(_runtime, _profile, _sessionBounds, this, $"leased-{++_made}");
        _sessions.Add(session, request);
        _starting++;
        session.Start();
    }

    private void OnReady(SessionActor session)
    {
        if (!_sessions.TryGetValue(session, out var waiter) || waiter is null)
            return;
        _sessions[session] = null;
        _starting--;
        if (waiter is { IsAnswered: false })
            Grant(waiter, session);
        else
            Keep(session);
    }

    private void OnEnded(SessionActor session, SessionFailure failure)
    {
        if (!_sessions.Remove(session, out var waiter))
            return;
        _idle.Remove(session);
        session.Stop();
        if (waiter is null)
            return;
        _starting--;
        if (!waiter.IsAnswered)
            Refuse(waiter, failure);

        // Nobody is left who could give a session back: those who wait would each run into the same wall, a few at a time.
        if (_sessions.Count == 0)
            RefuseAll(failure);
    }

    private void OnReturned(SessionActor session)
    {
        if (_sessions.ContainsKey(session))
            Keep(session);
    }

    private void OnWithdrawn(LeaseRequest request)
    {
        if (request.IsAnswered)
            return;
        request.Withdraw();
        _mailbox.RunAfterTurn(request);
    }

    private void OnStop()
    {
        _isStopped = true;
        RefuseAll(Closed);
        foreach (var session in _sessions.Keys)
            session.Stop();
    }

    private void Keep(SessionActor session)
    {
        if (_isStopped || session.Load > 0 || session.Transaction != TransactionStatus.Idle || !session.IsReady)
            session.Stop();
        else
            _idle.Add(session);
    }

    private void Grant(LeaseRequest request, SessionActor session)
    {
        request.Grant(session);
        _mailbox.RunAfterTurn(request);
    }

    private void RefuseAll(SessionFailure failure)
    {
        while (_mailbox.TryTakeWork(out var waiting))
        {
            if (!waiting!.IsAnswered)
                Refuse(waiting, failure);
        }
    }

    private void Refuse(LeaseRequest request, SessionFailure failure)
    {
        request.Refuse(failure);
        _mailbox.RunAfterTurn(request);
    }
}
