using System.Collections.Concurrent;
using System.Collections.Immutable;
using PgActors.Runtime;
using PgActors.Sessions;

namespace PgActors.Routing;

/// <summary>
/// The exclusive sessions: made as they are wanted, up to a maximum; beyond it callers wait in the order they came, for a time and in a
/// number that are bounded. A session goes back among the idle only as it was when it began: outside a transaction, with nothing owed, and
/// freed of what its holder left in it.
/// </summary>
/// <remarks>An actor: hand-over is one decision inside one turn, so a session is granted once, to a waiter that is still there.</remarks>
public sealed partial class LeasePool : IMailboxOwner<LeaseSignal, LeaseRequest>, ISessionOwner, IDisposable
{
    // Sessions of one age, made in one burst, are not to end in one: each lives up to this share shorter or longer.
    private const double LifetimeSpread = 0.1;

    // Enough for the callers of a busy pool; more are left to the collector.
    private const int MostSpareRequests = 256;

    private readonly ActorRuntime _runtime;
    private readonly SessionProfile _profile;
    private readonly LeaseSettings _settings;
    private readonly MailboxBounds _sessionBounds;
    private readonly Mailbox<LeaseSignal, LeaseRequest> _mailbox;
    private readonly ActorTimers<LeaseTimer> _timers;
    private readonly Action<SessionActor, SessionNews> _news;
    private readonly Action<LeaseReport> _report;
    private readonly Dictionary<SessionActor, LeaseEntry> _entries = [];

    // The one used last is at the end: its caches are warm, and those not needed stay idle long enough to be noticed.
    private readonly List<LeaseEntry> _idle = [];
    private readonly Queue<LeaseRequest> _line = new();
    private readonly ScheduledCompletion<bool> _stopped;

    // Granted, and of no use to anybody any more. Shared by all callers.
    private readonly ConcurrentQueue<LeaseRequest> _spareRequests = new();

    // Of the line, those that are not answered yet.
    private int _waiting;
    private int _starting;

    // Sessions that nobody holds and that will be free once the server has answered: starting, checking or resetting.
    private int _coming;
    private bool _isStopped;
    private long _made;

    // For readers outside the turns: the entries by their numbers, and who waited at the end of the last turn.
    private ImmutableSortedDictionary<long, LeaseEntry> _shown = ImmutableSortedDictionary<long, LeaseEntry>.Empty;
    private int _shownWaiting;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="runtime">Time, scheduling and randomness.</param>
    /// <param name="profile">Where and how to connect.</param>
    /// <param name="settings">Its bounds and deadlines.</param>
    /// <param name="sessionBounds">What may wait in the mailbox of one session.</param>
    /// <param name="news">Hears what servers tell without being asked; called inside a turn.</param>
    /// <param name="report">Hears of sessions held for long; called inside a turn.</param>
    public LeasePool(
        ActorRuntime runtime,
        SessionProfile profile,
        LeaseSettings settings,
        MailboxBounds sessionBounds,
        Action<SessionActor, SessionNews> news,
        Action<LeaseReport> report)
    {
        _runtime = runtime;
        _began = runtime.Time.GetTimestamp();
        _profile = profile;
        _settings = settings;
        _sessionBounds = sessionBounds;
        _news = news;
        _report = report;
        _stopped = new ScheduledCompletion<bool>(runtime.Dispatcher);
        _mailbox = new Mailbox<LeaseSignal, LeaseRequest>(
            runtime, this, new MailboxBounds(MailboxBounds.LargestMaxCommands, MailboxBounds.LargestMaxBytes));
        _timers = new ActorTimers<LeaseTimer>(
            runtime.Time,
            fired => _mailbox.PostControl(new LeaseSignal(LeaseSignalKind.TimerFired, Timer: fired), allowInline: true, PostOrigin.Worker));
    }

    /// <summary>Sessions made and not yet closed. A snapshot.</summary>
    public int Count => Volatile.Read(in _shown).Count;

    /// <summary>Time, scheduling and randomness.</summary>
    public ActorRuntime Runtime => _runtime;

    /// <summary>Host and port of the server.</summary>
    public string Server => _profile.Server;

    /// <inheritdoc/>
    public bool AcceptsWork => true;

    /// <summary>The sessions at this moment, for health pages. From any thread; it disturbs nobody.</summary>
    public LeasedSnapshot Snapshot() => new(
        _settings.MaxSessions,
        Volatile.Read(in _shownWaiting),
        [.. Volatile.Read(in _shown).Values.Select(entry => entry.Snapshot(_runtime.Time))]);

    /// <summary>Takes an exclusive session, waiting for one if all are taken.</summary>
    /// <param name="holder">Who takes it, for reports.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <exception cref="PgConnectionException">A new session could not be made; the message is the connection's own error.</exception>
    /// <exception cref="PgPoolExhaustedException">None was free in time, or too many wait already.</exception>
    /// <exception cref="PgCanceledException">The wait was cancelled.</exception>
    public ValueTask<SessionActor> AcquireAsync(LeaseHolder holder, CancellationToken cancellationToken)
    {
        if (!_spareRequests.TryDequeue(out var request))
            request = new LeaseRequest(this);
        request.Begin(holder, _runtime.Time.GetTimestamp(), cancellationToken);
        if (_mailbox.TryPost(request) != PostResult.Accepted)
            return ValueTask.FromException<SessionActor>(Refusal(request, Closed));
        request.LeaveOnCancel();
        return request.Task;
    }

    /// <summary>Gives a session back. The caller must not use it any more.</summary>
    /// <param name="session">The session.</param>
    /// <param name="traces">What may have been left in it.</param>
    public void Return(SessionActor session, SessionTraces traces) =>
        _mailbox.PostControl(new LeaseSignal(LeaseSignalKind.Returned, session, Traces: traces));

    /// <summary>Closes every session and answers everybody who waits.</summary>
    public Task StopAsync()
    {
        _mailbox.Close();
        _mailbox.PostControl(new LeaseSignal(LeaseSignalKind.Stop), allowInline: false);
        return _stopped.Task;
    }

    /// <summary>As <see cref="StopAsync"/>, without waiting for the end.</summary>
    public void Dispose() => _ = StopAsync();

    /// <summary>The caller gives up.</summary>
    internal void Withdraw(LeaseRequest request) =>
        _mailbox.PostControl(new LeaseSignal(LeaseSignalKind.Withdrawn, Payload: request), allowInline: false);

    /// <summary>Nobody knows the request any more: it may be used again.</summary>
    internal void Keep(LeaseRequest request)
    {
        if (_spareRequests.Count < MostSpareRequests)
            _spareRequests.Enqueue(request);
    }

    void IMailboxOwner<LeaseSignal, LeaseRequest>.OnControl(in LeaseSignal message)
    {
        switch (message.Kind)
        {
            case LeaseSignalKind.Ready:
                OnReady(message.Session!);
                break;
            case LeaseSignalKind.Ended:
                OnEnded(message.Session!, (SessionFailure)message.Payload!);
                break;
            case LeaseSignalKind.Returned:
                OnReturned(message.Session!, message.Traces);
                break;
            case LeaseSignalKind.ErrandDone:
                OnErrandDone(message.Session!, (bool)message.Payload!);
                break;
            case LeaseSignalKind.Withdrawn:
                OnWithdrawn((LeaseRequest)message.Payload!);
                break;
            case LeaseSignalKind.TimerFired when _timers.Accept(message.Timer):
                OnTimer(message.Timer.Key);
                break;
            case LeaseSignalKind.TimerFired:
                break;
            case LeaseSignalKind.Stop:
                OnStop();
                break;
        }
    }

    void IMailboxOwner<LeaseSignal, LeaseRequest>.OnWork(LeaseRequest message) => OnWanted(message);

    void IMailboxOwner<LeaseSignal, LeaseRequest>.OnTurnEnding()
    {
        Volatile.Write(ref _shownWaiting, _waiting);
        if (_isStopped && _entries.Count == 0)
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

    private long Now => _runtime.Time.GetTimestamp();

    private PgConnectionException Refusal(LeaseRequest request, SessionFailure failure) =>
        RequestFailure.Unsent(failure, _profile.Server, Elapsed(request.Since));

    private void OnStop()
    {
        if (_isStopped)
            return;
        _isStopped = true;
        _timers.Dispose();
        RefuseAll(Closed);
        foreach (var entry in _entries.Values)
            entry.Session.Stop();
    }
}
