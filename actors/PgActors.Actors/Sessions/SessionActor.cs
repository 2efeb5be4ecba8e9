using PgActors.Runtime;

namespace PgActors.Sessions;

/// <summary>
/// A session as an actor: its mailbox outlives its connections, so that commands which were never sent wait for the next one instead of failing.
/// Callers post to it directly; all that it does happens in its turns.
/// </summary>
public sealed partial class SessionActor : IMailboxOwner<SessionSignal, SessionRequest>, ISessionHost, IDisposable
{
    // So many in flight keep the server busy for longer than a worker takes to begin a turn. Meanwhile others may be posted, maybe by the same
    // thread, which does not wait for the answers; they then leave in one write.
    private const int Deep = 16;

    private readonly Mailbox<SessionSignal, SessionRequest> _mailbox;
    private readonly ActorTimers<SessionTimer> _timers;
    private readonly ISessionOwner _owner;
    private readonly Queue<SessionRequest> _takenBack = new();
    private SessionProfile _profile;
    private SessionCore? _core;
    private SessionFailure? _lastFailure;
    private StartupRetry _tried;
    private bool _hasAskedAgain;
    private int _incarnation;
    private int _starts;
    private bool _failsWaiting;
    private bool _isRetiring;

    /// <summary>Makes a session that is not connected; <see cref="Start"/> connects it.</summary>
    /// <param name="runtime">Time, scheduling and randomness.</param>
    /// <param name="profile">Where and how to connect.</param>
    /// <param name="bounds">How much may wait in its mailbox.</param>
    /// <param name="owner">Who hears what becomes of it.</param>
    /// <param name="name">What events call it.</param>
    public SessionActor(ActorRuntime runtime, SessionProfile profile, MailboxBounds bounds, ISessionOwner owner, string name)
    {
        Runtime = runtime;
        Name = name;
        _profile = profile;
        _owner = owner;
        _mailbox = new Mailbox<SessionSignal, SessionRequest>(runtime, this, bounds);
        _timers = new ActorTimers<SessionTimer>(
            runtime.Time, fired => Post(new SessionSignal(SessionSignalKind.TimerFired, Number: fired.Generation, Timer: fired.Key)));
    }

    /// <summary>What events call it.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public ActorRuntime Runtime { get; }

    /// <summary>Whether it was ready when it was last looked at: a hint for whoever chooses among sessions, read without synchronisation.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Whether <see cref="Stop"/> was called and has been taken note of.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Commands that wait or are in flight: a hint for whoever chooses among sessions.</summary>
    public int Load => _mailbox.Count + (_core?.InFlight ?? 0);

    /// <summary>The session at this moment, for health pages.</summary>
    public SessionSnapshot Snapshot()
    {
        var core = _core;
        var state = IsStopped ? SessionState.Stopped
            : IsReady ? SessionState.Ready
            : core is { IsOver: false } ? SessionState.Starting
            : SessionState.Down;
        return new SessionSnapshot(
            Name, state, _mailbox.Count, core?.InFlight ?? 0, Math.Max(0, _starts - 1), state == SessionState.Ready ? ProcessId : 0, _lastFailure);
    }

    /// <summary>Counts the looks at siblings that were compared with this one, so that each gets its turn. A hint: counts may be lost.</summary>
    internal uint Comparisons { get; set; }

    /// <summary>The server process; 0 if unknown. A hint, as it may have changed by now.</summary>
    public int ProcessId => _core?.ProcessId ?? 0;

    /// <summary>What the server reported of its settings. A snapshot.</summary>
    public SessionParameters Parameters => _core?.Parameters ?? SessionParameters.Empty;

    /// <summary>What the last ReadyForQuery said. Exact only for whoever holds the session alone and has nothing in flight.</summary>
    public Protocol.TransactionStatus Transaction => _core?.Transaction ?? Protocol.TransactionStatus.Idle;

    /// <summary>Host and port of the server.</summary>
    public string Server => _profile.Server;

    /// <summary>Why its last connection ended, or could not be made; <see langword="null"/> while it is ready. A snapshot.</summary>
    public SessionFailure? LastFailure => _lastFailure;

    /// <inheritdoc/>
    public bool AcceptsWork => _failsWaiting || IsStopped || (_core is { AcceptsWork: true } && _takenBack.Count == 0);

    /// <summary>Connects, or connects again.</summary>
    public void Start() => _mailbox.PostControl(new SessionSignal(SessionSignalKind.Start), allowInline: false);

    /// <summary>Ends the session: what is in flight may end, what waits is answered, then Terminate.</summary>
    public void Stop()
    {
        _mailbox.Close();
        _mailbox.PostControl(new SessionSignal(SessionSignalKind.Stop), allowInline: false);
    }

    /// <summary>As <see cref="Start"/>, for a caller who has nothing else to do: its thread may run the turn, up to where that waits for the
    /// server. Not one with a context of its own, a window's for example, which has.</summary>
    internal void StartHere() => _mailbox.PostControl(new SessionSignal(SessionSignalKind.Start), allowInline: SynchronizationContext.Current is null);

    /// <summary>As <see cref="Stop"/>, for a caller who has nothing else to do.</summary>
    internal void StopHere()
    {
        _mailbox.Close();
        _mailbox.PostControl(new SessionSignal(SessionSignalKind.Stop), allowInline: SynchronizationContext.Current is null);
    }

    /// <summary>As <see cref="Stop"/>.</summary>
    public void Dispose() => Stop();

    /// <summary>Ends the session because fewer are needed: what is in flight may end, what waits goes to siblings.</summary>
    public void Retire()
    {
        _mailbox.Close();
        _mailbox.PostControl(new SessionSignal(SessionSignalKind.Retire), allowInline: false);
    }

    /// <summary>Answers everything that waits, until the session is ready again, with what keeps it from being ready.</summary>
    /// <param name="cause">What keeps its siblings, in case that it has not failed itself.</param>
    public void FailWaiting(SessionFailure cause) =>
        _mailbox.PostControl(new SessionSignal(SessionSignalKind.FailWaiting, Payload: cause), allowInline: false);

    /// <summary>Another session of the same server was lost: nothing more is sent here until the server has answered.</summary>
    public void Doubt() => _mailbox.PostControl(new SessionSignal(SessionSignalKind.Doubt), allowInline: false);

    /// <summary>Posts a request, and those that follow it, if there is room. A session that is idle, or has little to do, is run by the calling
    /// thread, up to the write.</summary>
    public PostResult TryPost(SessionRequest request)
    {
        var due = Promise(request);
        var result = _mailbox.TryPost(request, MayRunHere);
        SeeToDeadline(due);
        return result;
    }

    /// <summary>Posts a request, and those that follow it, as soon as there is room.</summary>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    /// <exception cref="PgTimeoutException">The command's time was over before there was room.</exception>
    public ValueTask<PostResult> PostAsync(SessionRequest request, CancellationToken cancellationToken)
    {
        var due = Promise(request);
        return due is null ? _mailbox.PostAsync(request, cancellationToken, MayRunHere) : PostBeforeDeadlineAsync(request, due, cancellationToken);
    }

    /// <summary>Asks for a request's cancel. Returns at once: it never waits for the network, nor runs a turn.</summary>
    /// <param name="request">A request that was posted here and was accepted, wherever it is by now.</param>
    public void Cancel(SessionRequest request) =>
        _mailbox.PostControl(new SessionSignal(SessionSignalKind.CancelWanted, 0, request), allowInline: false);

    /// <summary>Asks for the cancel of all that is in flight: for whoever holds the session alone, and has no use for it.</summary>
    public void CancelAll() => _mailbox.PostControl(new SessionSignal(SessionSignalKind.CancelAllWanted), allowInline: false);

    /// <summary>Grants credit: the request's consumer is done with <paramref name="bytes"/> of its rows.</summary>
    public void Consumed(SessionRequest request, long bytes) =>
        _mailbox.PostControl(new SessionSignal(SessionSignalKind.Consumed, 0, request, bytes));

    /// <summary>The request's consumer wants no more rows. What is left of them is thrown away; if it is much, or is long in coming, the
    /// command is cancelled.</summary>
    public void Abandon(SessionRequest request) =>
        _mailbox.PostControl(new SessionSignal(SessionSignalKind.Abandoned, 0, request));

    /// <inheritdoc/>
    public void OnControl(in SessionSignal message)
    {
        switch (message.Kind)
        {
            case SessionSignalKind.Start:
                OnStart(message);
                break;
            case SessionSignalKind.Stop:
                OnStop(message);
                break;
            case SessionSignalKind.Retire:
                OnRetire();
                break;
            case SessionSignalKind.WatchDeadlines:
                WatchDeadlines();
                break;
            case SessionSignalKind.FailWaiting:
                OnFailWaiting((SessionFailure)message.Payload!);
                break;
            case SessionSignalKind.Adopt:
                OnAdopt((SessionRequest)message.Payload!);
                break;
            case SessionSignalKind.HandOver:
                OnHandOver((SessionHandOver)message.Payload!);
                break;
            case SessionSignalKind.CancelWanted:
            case SessionSignalKind.Abandoned:
                OnUnwanted(message);
                break;
            case SessionSignalKind.TimerFired when !_timers.Accept(new TimerSignal<SessionTimer>(message.Timer, message.Number)):
                break;
            case SessionSignalKind.TimerFired when message.Timer == SessionTimer.Deadline:
                WatchDeadlines();
                break;
            default:
                _core?.OnSignal(message);
                break;
        }

        ResendTakenBack();
    }

    /// <inheritdoc/>
    public void OnWork(SessionRequest message)
    {
        if (_failsWaiting || IsStopped)
            MoveOrAnswer(message);
        else
            Deliver(message);
    }

    /// <inheritdoc/>
    public void OnTurnEnding() => _core?.OnTurnEnding();

    /// <inheritdoc/>
    public void OnFault(Exception exception) => _core?.OnSignal(new SessionSignal(SessionSignalKind.StartupFailed, _incarnation, exception));

    /// <inheritdoc/>
    public void Post(in SessionSignal signal) => _mailbox.PostControl(signal, allowInline: true, PostOrigin.Worker);

    bool ISessionHost.MayLinger => _mailbox.IsAlone && Runtime.Dispatcher.HasTimeToSpare;

    bool ISessionHost.TryBeginBlocking() => !_mailbox.HasMoreToDo && Runtime.Dispatcher.TryBeginBlocking();

    bool ISessionHost.MayBlockOn => !_mailbox.HasMoreToDo && Runtime.Dispatcher.HasTimeToSpare;

    void ISessionHost.EndBlocking() => Runtime.Dispatcher.EndBlocking();

    void ISessionHost.RunAfterTurn(AfterTurnWork work) => _mailbox.RunAfterTurn(work);

    void ISessionHost.ArmTimer(SessionTimer timer, TimeSpan due) => _timers.Arm(timer, due);

    void ISessionHost.CancelTimer(SessionTimer timer)
    {
        // Each connection has that one once.
        if (timer == SessionTimer.Connect)
            _timers.Discard(timer);
        else
            _timers.Cancel(timer);
    }

    void ISessionHost.OnReady()
    {
        IsReady = true;
        _failsWaiting = false;
        _hasAskedAgain = false;
        _lastFailure = null;
        _owner.OnSessionReady(this);
    }

    void ISessionHost.OnEnded(SessionFailure failure)
    {
        IsReady = false;
        _lastFailure = failure;
        if (!IsStopped && TryStartOtherwise(failure))
            return;
        if (IsStopped)
            Finish();
        else
            MoveWaiting();
        _owner.OnSessionEnded(this, failure);
    }

    void ISessionHost.TakeBack(SessionRequest request) => _takenBack.Enqueue(request);

    void ISessionHost.Report(SessionNews news) => _owner.OnSessionNews(this, news);

    private bool MayRunHere => _core is not { InFlight: >= Deep };

    private void Deliver(SessionRequest request)
    {
        EndIfOverdue(request);
        _core!.OnRequest(request);
    }

    private static SessionFailure Closed => new(SessionFailureKind.Closed, "The session was closed.");

    private void OnStart(in SessionSignal signal)
    {
        if (IsStopped)
            return;
        if (_core is { IsOver: false })
        {
            if (IsReady)
                _owner.OnSessionReady(this);
            return;
        }

        _incarnation++;
        _starts++;
        var prefix = $"pga_{Runtime.Random.NextInt64():x16}_";
        _core = new SessionCore(this, _profile, _incarnation, prefix);
        _core.OnSignal(signal);
    }

    private void OnStop(in SessionSignal signal)
    {
        if (IsStopped)
            return;
        IsStopped = true;
        if (_core is { IsOver: false })
        {
            _core.OnSignal(signal);
            return;
        }

        Finish();
        _owner.OnSessionEnded(this, _lastFailure ?? Closed);
    }

    private void OnRetire()
    {
        _isRetiring = true;
        OnStop(new SessionSignal(SessionSignalKind.Stop));
        AnswerAll();
    }

    private void OnFailWaiting(SessionFailure cause)
    {
        if (IsReady || IsStopped)
            return;
        _failsWaiting = true;

        // How a connection was lost is of less use to whoever waits than what keeps the next one from being made.
        if (_lastFailure is null or { Kind: SessionFailureKind.ConnectionLost or SessionFailureKind.ServerEnded })
            _lastFailure = cause;
        AnswerAll();
    }

    private void OnUnwanted(in SessionSignal signal)
    {
        var request = (SessionRequest)signal.Payload!;
        if (request.Holder is { } holder && holder != this)
            holder._mailbox.PostControl(signal, allowInline: false);
        else if (!request.TryEndUnsent(null, _profile.Server, this))
            _core?.OnSignal(signal);
    }

    // What the server refused in one form it may accept in another; each is tried once, and the profile remembers what worked.
    private bool TryStartOtherwise(SessionFailure failure)
    {
        if (TryStartWithOtherCredentials(failure))
            return true;
        if (failure.Retry == StartupRetry.None || failure.Retry == _tried)
            return false;
        _tried = failure.Retry;
        _starts--;
        _profile = failure.Retry switch
        {
            StartupRetry.None => _profile,
            StartupRetry.OlderProtocol => _profile with { Startup = _profile.Startup with { MaxVersion = Protocol.ProtocolVersion.Version30 } },
            StartupRetry.WithoutTls => _profile with { Startup = _profile.Startup with { Encryption = EncryptionRequest.None } },
            StartupRetry.WithTls => _profile with { Startup = _profile.Startup with { Encryption = EncryptionRequest.Negotiate } },
        };
        Start();
        return true;
    }

    // They may have changed since they were asked for.
    private bool TryStartWithOtherCredentials(SessionFailure failure)
    {
        if (_hasAskedAgain || _profile.CredentialSource is null || failure.Error is not { SqlState: SqlStates.InvalidPassword })
            return false;
        _hasAskedAgain = true;
        _starts--;
        Start();
        return true;
    }

    private void ResendTakenBack()
    {
        while (_takenBack.Count > 0 && _core is { AcceptsWork: true })
            Deliver(_takenBack.Dequeue());
    }

    private void Finish()
    {
        _timers.Dispose();
        AnswerAll();
    }
}
