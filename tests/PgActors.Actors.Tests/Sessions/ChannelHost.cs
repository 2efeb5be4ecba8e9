using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using PgActors.Runtime;
using PgActors.Sessions;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>The least that can host a session: a loop over a channel. One item is one turn.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The session ends itself, and with it what it owns.")]
internal sealed class ChannelHost : ISessionHost
{
    // Nothing (null) only wakes the loop: a request waits.
    private readonly Channel<SessionSignal?> _signals = Channel.CreateUnbounded<SessionSignal?>();
    private readonly Dictionary<SessionTimer, ITimer> _timers = [];
    private readonly Dictionary<SessionTimer, long> _armings = [];
    private readonly Queue<SessionRequest> _waiting = new();
    private readonly Queue<AfterTurnWork> _afterTurn = new();
    private readonly TaskCompletionSource _ready = new();
    private readonly SessionCore _core;
    private readonly string _server;
    private long _lastArming;
    private SessionFailure? _failure;

    public ChannelHost(ActorRuntime runtime, SessionProfile profile)
    {
        Runtime = runtime;
        _server = profile.Server;
        _core = new SessionCore(this, profile, 1, "host_");
    }

    public ActorRuntime Runtime { get; }

    public Task Ready => _ready.Task;

    /// <summary>A request as a message: it waits here until the session takes it.</summary>
    public void Submit(SessionRequest request)
    {
        _waiting.Enqueue(request);
        _signals.Writer.TryWrite(null);
    }

    public void Start() => Post(new SessionSignal(SessionSignalKind.Start));

    public void Stop() => Post(new SessionSignal(SessionSignalKind.Stop));

    public void Cancel(SessionRequest request) => Post(new SessionSignal(SessionSignalKind.CancelWanted, 0, request));

    public void Consumed(SessionRequest request, long bytes) => Post(new SessionSignal(SessionSignalKind.Consumed, 0, request, bytes));

    /// <summary>Hosts the session from here to its end.</summary>
    public async Task<SessionFailure> RunAsync()
    {
        while (_failure is null)
        {
            var signal = await _signals.Reader.ReadAsync();
            if (signal is { } taken)
                Take(taken);
            while (_core.AcceptsWork && _waiting.TryDequeue(out var request))
                _core.OnRequest(request);
            _core.OnTurnEnding();
            while (_afterTurn.TryDequeue(out var work))
                work.Execute();
        }

        return _failure;
    }

    public void Post(in SessionSignal signal) => _signals.Writer.TryWrite(signal);

    public void RunAfterTurn(AfterTurnWork work) => _afterTurn.Enqueue(work);

    public void ArmTimer(SessionTimer timer, TimeSpan due)
    {
        CancelTimer(timer);
        var arming = _armings[timer] = ++_lastArming;
        _timers[timer] = Runtime.Time.CreateTimer(
            _ => Post(new SessionSignal(SessionSignalKind.TimerFired, Number: arming, Timer: timer)), null, due, Timeout.InfiniteTimeSpan);
    }

    public void CancelTimer(SessionTimer timer)
    {
        _armings.Remove(timer);
        if (_timers.Remove(timer, out var armed))
            armed.Dispose();
    }

    public void OnReady() => _ready.TrySetResult();

    public void OnEnded(SessionFailure failure)
    {
        _failure = failure;
        while (_waiting.TryDequeue(out var request))
            request.TryEndUnsent(failure, _server, this);
    }

    public void TakeBack(SessionRequest request) => _waiting.Enqueue(request);

    public void Report(SessionNews news)
    {
    }

    private void Take(in SessionSignal signal)
    {
        if (signal is { Kind: SessionSignalKind.CancelWanted, Payload: SessionRequest request } && request.TryEndUnsent(null, _server, this))
            return;
        if (signal.Kind != SessionSignalKind.TimerFired || _armings.GetValueOrDefault(signal.Timer) == signal.Number)
            _core.OnSignal(signal);
    }
}
