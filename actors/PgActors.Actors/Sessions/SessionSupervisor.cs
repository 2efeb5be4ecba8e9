using PgActors.Routing;
using PgActors.Runtime;

namespace PgActors.Sessions;

/// <summary>
/// Keeps the shared sessions alive: starts them within a budget, starts them again after a failure as the policy says, keeps their number in
/// step with their load, and, when the server seems to be gone, answers those who wait with what keeps their session from connecting.
/// </summary>
/// <remarks>It stands on nobody's hot path: callers choose a session themselves (<see cref="Choose"/>) and post to it.</remarks>
public sealed class SessionSupervisor : ISessionOwner, ILaneSet
{
    private readonly ActorRuntime _runtime;
    private readonly SessionProfile _profile;
    private readonly MailboxBounds _mailboxBounds;
    private readonly LaneBounds _bounds;

    // Where their number may change.
    private readonly LaneGovernor? _governor;

    // Invariant: replaced as a whole, only in the governor's turns; whoever read an earlier one posts to a session that, at worst, says that
    // it is closed.
    private SessionActor[] _sessions;
    private int _made;
    private readonly SupervisorOptions _options;

    // Invariant: made once, by whoever first has something to report beside the first session's start; that one it then takes on as it is.
    private Supervisor<SessionActor>? _supervisor;
    private readonly Action<SupervisionEvent> _observer;
    private readonly Action<SessionActor, SessionNews> _news;
    private readonly ScheduledCompletion<SessionActor> _first;
    private readonly ScheduledCompletion<bool> _stopped;

    // Commands moved so far: each goes to the next session. Counted by the sessions' turns, hence interlocked.
    private int _moved;

    // Why a session ended last, and why one could not be made. Written by the sessions' turns, and any of the recent ones will do.
    private SessionFailure? _lastFailure;
    private SessionFailure? _lastRefusal;

    // Between an escalation and the recovery; whether those who wait are told. Only the observer's side of the supervisor changes them, one
    // decision at a time.
    private bool _hasEscalated;
    private bool _failsWaiting;

    // Sessions that have not reported their end since Stop. Counted down by the sessions' own turns, hence interlocked.
    private int _running;

    /// <summary>Makes the fewest sessions, not connected.</summary>
    /// <param name="runtime">Time, scheduling and randomness.</param>
    /// <param name="profile">Where and how to connect.</param>
    /// <param name="bounds">How many sessions.</param>
    /// <param name="mailboxBounds">What may wait in the mailbox of each.</param>
    /// <param name="options">Restart policies and start budget.</param>
    /// <param name="observer">Hears every decision; called one at a time, outside every turn.</param>
    /// <param name="news">Hears what servers tell without being asked; called inside a session's turn.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bounds"/> are less than 1, or the wrong way round.</exception>
    public SessionSupervisor(
        ActorRuntime runtime,
        SessionProfile profile,
        LaneBounds bounds,
        MailboxBounds mailboxBounds,
        SupervisorOptions options,
        Action<SupervisionEvent> observer,
        Action<SessionActor, SessionNews> news)
    {
        _runtime = runtime;
        _profile = profile with { IsShared = true };
        _bounds = bounds;
        _mailboxBounds = mailboxBounds;
        _observer = observer;
        _news = news;
        _options = options;
        _governor = bounds.Minimum < bounds.Maximum ? new LaneGovernor(runtime, bounds, this) : null;
        _first = new ScheduledCompletion<SessionActor>(runtime.Dispatcher);
        _stopped = new ScheduledCompletion<bool>(runtime.Dispatcher);
        _sessions = new SessionActor[bounds.Minimum];
        for (var i = 0; i < _sessions.Length; i++)
            _sessions[i] = Make();
    }

    /// <summary>Host and port of the server.</summary>
    public string Server => _profile.Server;

    /// <summary>The sessions, connected or not. A snapshot.</summary>
    public IReadOnlyList<SessionActor> Sessions => Lanes;

    /// <summary>Whether <see cref="StopAsync"/> was called.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Connects the first session, then, in the background, the others.</summary>
    /// <returns>The first session, ready.</returns>
    /// <exception cref="PgConnectionException">The first session could not be made; nothing is left behind.</exception>
    public async Task<SessionActor> StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _running = 1;
        StartFirst();
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

        var lanes = Lanes;
        Interlocked.Add(ref _running, lanes.Length - 1);
        for (var i = 1; i < lanes.Length; i++)
            Supervision.Add(lanes[i], new Child(lanes[i]), lanes[i].Name);
        return first;
    }

    /// <summary>
    /// The session that the calling thread should post to: the one near it if that has nothing to do, otherwise the one of two, it and another
    /// in turn, that has less. Two choices keep the longest queue within a small constant of the mean (M. Mitzenmacher, "The Power of Two
    /// Choices in Randomized Load Balancing", 2001), and cost two reads however many sessions there are.
    /// </summary>
    public SessionActor Choose()
    {
        var lanes = Lanes;
        var position = (uint)_runtime.Dispatcher.Lane % (uint)lanes.Length;
        var near = lanes[position];
        var load = near.Load;
        if (near.IsReady && (load == 0 || lanes.Length == 1))
            return Noted(near, load);
        if (lanes.Length == 1)
            return near;
        var other = lanes[(position + 1 + near.Comparisons++ % (uint)(lanes.Length - 1)) % (uint)lanes.Length];
        if (!near.IsReady)
            return other.IsReady ? Noted(other, other.Load) : FindReady(lanes) ?? near;
        var otherLoad = other.Load;
        return other.IsReady && otherLoad < load ? Noted(other, otherLoad) : Noted(near, load);
    }

    /// <summary>The sessions and their supervisor at this moment, for health pages.</summary>
    public SharedSnapshot Snapshot() =>
        new(_bounds.Minimum, _bounds.Maximum, _hasEscalated, _lastRefusal ?? _lastFailure, [.. Lanes.Select(session => session.Snapshot())]);

    /// <summary>Ends all sessions in good order.</summary>
    public Task StopAsync()
    {
        IsStopped = true;
        if (_governor is { } governor)
            governor.Stop();
        else
            StopAll();
        return _stopped.Task;
    }

    (int Lanes, int Ready, long Load) ILaneSet.Sample()
    {
        var lanes = Lanes;
        return (lanes.Length, lanes.Count(session => session.IsReady), lanes.Sum(session => (long)session.Load));
    }

    void ILaneSet.Grow(string reason)
    {
        var session = Make();
        Interlocked.Increment(ref _running);
        Volatile.Write(ref _sessions, [.. _sessions, session]);
        Supervision.Add(session, new Child(session), session.Name, reason: reason);
    }

    // First nobody finds it any more, then it sends what it has elsewhere, then it ends.
    void ILaneSet.Shrink(string reason)
    {
        var session = _sessions[^1];
        Volatile.Write(ref _sessions, _sessions[..^1]);
        session.Retire();
        Supervision.Remove(session, reason);
    }

    void ILaneSet.Stop() => StopAll();

    void ISessionOwner.OnSessionReady(SessionActor session)
    {
        if (!_first.TrySetResult(session))
            Supervision.ChildStarted(session);
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
            Volatile.Read(in _supervisor)?.ChildStopped(session);
            if (Interlocked.Decrement(ref _running) == 0 && IsStopped)
                _stopped.TrySetResult(true);
        }
        else
        {
            if (wasLost)
                DoubtOthers(session);
            Supervision.ChildFailed(session, failure.Message);
        }
    }

    SessionActor? ISessionOwner.ChooseSibling(SessionActor session)
    {
        var lanes = Lanes;
        var next = (uint)Interlocked.Increment(ref _moved);
        for (var i = 0u; i < lanes.Length; i++)
        {
            var sibling = lanes[(next + i) % (uint)lanes.Length];
            if (sibling != session && sibling.IsReady)
                return sibling;
        }

        return null;
    }

    void ISessionOwner.OnSessionNews(SessionActor session, in SessionNews news) => _news(session, news);

    private SessionFailure Cause => _lastRefusal ?? _lastFailure!;

    private SessionActor[] Lanes => Volatile.Read(in _sessions);

    private Supervisor<SessionActor> Supervision => Volatile.Read(in _supervisor) ?? MakeSupervisor();

    // Made twice, one is forgotten: it has done nothing yet.
    private Supervisor<SessionActor> MakeSupervisor()
    {
        var made = new Supervisor<SessionActor>(_runtime, _options, OnDecision);
        made.Adopt(_sessions[0], new Child(_sessions[0]), _sessions[0].Name);
        return Interlocked.CompareExchange(ref _supervisor, made, null) ?? made;
    }

    // On the caller's own thread, who waits for it. What goes on elsewhere must not carry the caller's context along.
    private void StartFirst()
    {
        var flow = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
        try
        {
            _sessions[0].StartHere();
        }
        finally
        {
            flow?.Undo();
        }
    }

    private void StopAll()
    {
        Volatile.Read(in _supervisor)?.Stop();
        if (_sessions is [var only])
            only.StopHere();
        else
            Array.ForEach(_sessions, static session => session.Stop());
        if (Volatile.Read(ref _running) == 0)
            _stopped.TrySetResult(true);
    }

    private SessionActor Make() => new(_runtime, _profile, _mailboxBounds, this, $"shared-{++_made}");

    private static SessionActor? FindReady(SessionActor[] lanes)
    {
        SessionActor? best = null;
        foreach (var lane in lanes)
        {
            if (lane.IsReady && !(best?.Load <= lane.Load))
                best = lane;
        }

        return best;
    }

    private SessionActor Noted(SessionActor chosen, int load)
    {
        _governor?.Note(load);
        return chosen;
    }

    private void DoubtOthers(SessionActor lost)
    {
        foreach (var session in Lanes)
        {
            if (session != lost && session.IsReady)
                session.Doubt();
        }
    }

    private void OnDecision(SupervisionEvent decision)
    {
        switch (decision.Kind)
        {
            case SupervisionEventKind.Escalated:
                _hasEscalated = true;
                _failsWaiting = decision.Waiters == WaiterPolicy.Fail;
                if (!_failsWaiting)
                    break;
                foreach (var session in Lanes)
                    session.FailWaiting(Cause);
                break;
            case SupervisionEventKind.Failed when _failsWaiting:
                // It was ready when the others gave up.
                Array.Find(Lanes, session => session.Name == decision.Child)?.FailWaiting(Cause);
                break;
            case SupervisionEventKind.Recovered:
                _hasEscalated = _failsWaiting = false;
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
