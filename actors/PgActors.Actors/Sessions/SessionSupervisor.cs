using PgActors.Runtime;

namespace PgActors.Sessions;

/// <summary>
/// Keeps a number of shared sessions alive: starts them within a budget, starts them again after a failure as the policy says, and, when the
/// server seems to be gone, answers those who wait with what keeps their session from connecting.
/// </summary>
/// <remarks>It stands on nobody's hot path: callers choose a session themselves (<see cref="Choose"/>) and post to it.</remarks>
public sealed class SessionSupervisor : ISessionOwner
{
    private readonly ActorRuntime _runtime;
    private readonly SessionActor[] _sessions;
    private readonly Supervisor<SessionActor> _supervisor;
    private readonly Action<SupervisionEvent> _observer;
    private readonly Action<SessionActor, SessionNews> _news;
    private readonly ScheduledCompletion<SessionActor> _first;
    private readonly ScheduledCompletion<bool> _stopped;

    // Commands moved so far: each goes to the next session. Counted by the sessions' turns, hence interlocked.
    private int _moved;

    // Why a session ended last, and why one could not be made. Written by the sessions' turns, and any of the recent ones will do.
    private SessionFailure? _lastFailure;
    private SessionFailure? _lastRefusal;

    // Between an escalation and the recovery. Only the observer's side of the supervisor touches it, one decision at a time.
    private bool _hasEscalated;

    // Sessions that have not reported their end since Stop. Counted down by the sessions' own turns, hence interlocked.
    private int _running;

    /// <summary>Makes the sessions, not connected.</summary>
    /// <param name="runtime">Time, scheduling and randomness.</param>
    /// <param name="profile">Where and how to connect.</param>
    /// <param name="count">How many sessions.</param>
    /// <param name="bounds">What may wait in the mailbox of each.</param>
    /// <param name="options">Restart policy and start budget.</param>
    /// <param name="observer">Hears every decision; called one at a time, outside every turn.</param>
    /// <param name="news">Hears what servers tell without being asked; called inside a session's turn.</param>
    public SessionSupervisor(
        ActorRuntime runtime,
        SessionProfile profile,
        int count,
        MailboxBounds bounds,
        SupervisorOptions options,
        Action<SupervisionEvent> observer,
        Action<SessionActor, SessionNews> news)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _runtime = runtime;
        _observer = observer;
        _news = news;
        _first = new ScheduledCompletion<SessionActor>(runtime.Dispatcher);
        _stopped = new ScheduledCompletion<bool>(runtime.Dispatcher);
        _supervisor = new Supervisor<SessionActor>(runtime, options, OnDecision);
        _sessions = new SessionActor[count];
        var shared = profile with { IsShared = true };
        for (var i = 0; i < count; i++)
            _sessions[i] = new SessionActor(runtime, shared, bounds, this, $"shared-{i + 1}");
        Server = profile.Server;
    }

    /// <summary>Host and port of the server.</summary>
    public string Server { get; }

    /// <summary>The sessions, connected or not.</summary>
    public IReadOnlyList<SessionActor> Sessions => _sessions;

    /// <summary>Connects the first session, then, in the background, the others.</summary>
    /// <returns>The first session, ready.</returns>
    /// <exception cref="PgConnectionException">The first session could not be made; nothing is left behind.</exception>
    public async Task<SessionActor> StartAsync(CancellationToken cancellationToken)
    {
        _running = 1;
        _sessions[0].Start();
        SessionActor first;
        try
        {
            first = await _first.Task.WaitAsync(Timeout.InfiniteTimeSpan, _runtime.Time, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Whoever gave up does not look at what became of the attempt.
            _ = _first.Task.ContinueWith(
                static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            _sessions[0].Stop();
            throw;
        }

        Interlocked.Add(ref _running, _sessions.Length - 1);
        foreach (var session in _sessions)
            _supervisor.Add(session, new Child(session), session.Name);
        return first;
    }

    /// <summary>The session that the calling thread should post to: the one near it, unless another has less to do.</summary>
    public SessionActor Choose()
    {
        var sessions = _sessions;
        var near = (int)((uint)_runtime.Dispatcher.Lane % (uint)sessions.Length);
        var best = sessions[near];
        var load = best.IsReady ? best.Load : int.MaxValue;
        for (var i = 1; load > 0 && i < sessions.Length; i++)
        {
            var other = sessions[(near + i) % sessions.Length];
            if (!other.IsReady)
                continue;
            var otherLoad = other.Load;
            if (otherLoad < load)
                (best, load) = (other, otherLoad);
        }

        return best;
    }

    /// <summary>Ends all sessions in good order.</summary>
    public Task StopAsync()
    {
        _supervisor.Stop();
        foreach (var session in _sessions)
            session.Stop();
        if (Volatile.Read(ref _running) == 0)
            _stopped.TrySetResult(true);
        return _stopped.Task;
    }

    void ISessionOwner.OnSessionReady(SessionActor session)
    {
        _first.TrySetResult(session);
        _supervisor.ChildStarted(session);
    }

    void ISessionOwner.OnSessionEnded(SessionActor session, SessionFailure failure)
    {
        _lastFailure = failure;
        var wasLost = failure.Kind is SessionFailureKind.ConnectionLost or SessionFailureKind.ServerEnded;
        if (!wasLost)
            _lastRefusal = failure;
        if (_first.TrySetException(new PgConnectionException(failure, Outcome.NotSent, Server)))
            return;
        if (session.IsStopped)
        {
            _supervisor.ChildStopped(session);
            if (Interlocked.Decrement(ref _running) == 0)
                _stopped.TrySetResult(true);
        }
        else
        {
            if (wasLost)
                DoubtOthers(session);
            _supervisor.ChildFailed(session, failure.Message);
        }
    }

    SessionActor? ISessionOwner.ChooseSibling(SessionActor session)
    {
        var next = (int)((uint)Interlocked.Increment(ref _moved) % (uint)_sessions.Length);
        for (var i = 0; i < _sessions.Length; i++)
        {
            var sibling = _sessions[(next + i) % _sessions.Length];
            if (sibling != session && sibling.IsReady)
                return sibling;
        }

        return null;
    }

    void ISessionOwner.OnSessionNews(SessionActor session, in SessionNews news) => _news(session, news);

    private SessionFailure Cause => _lastRefusal ?? _lastFailure!;

    private void DoubtOthers(SessionActor lost)
    {
        foreach (var session in _sessions)
        {
            if (session != lost && session.IsReady)
                session.Doubt();
        }
    }

    private void OnDecision(SupervisionEvent decision)
    {
        switch (decision.Kind)
        {
            case SupervisionEventKind.Escalated when decision.Waiters == WaiterPolicy.Fail:
                _hasEscalated = true;
                foreach (var session in _sessions)
                    session.FailWaiting(Cause);
                break;
            case SupervisionEventKind.Failed when _hasEscalated:
                // It was ready when the others gave up.
                Array.Find(_sessions, session => session.Name == decision.Child)?.FailWaiting(Cause);
                break;
            case SupervisionEventKind.Recovered:
                _hasEscalated = false;
                break;
        }

        _observer(decision);
    }

    private sealed class Child(SessionActor session) : ISupervisedChild
    {
        public void Start() => session.Start();

        public void Stop() => session.Stop();
    }
}
