using PgActors.Protocol;
using PgActors.Runtime;
using PgActors.Sessions;

namespace PgActors.Routing;

/// <content>The sessions: how they come, what is made of them when they are given back, and when they go.</content>
public sealed partial class LeasePool
{
    private bool MakeOne()
    {
        if (_entries.Count >= _settings.MaxSessions || _starting >= _settings.MaxStarts)
            return false;
        var session = new SessionActor(_runtime, _profile, _sessionBounds, this, $"leased-{++_made}");
        var jitter = 1 + (LifetimeSpread * ((2 * _runtime.Random.NextDouble()) - 1));
        var lifetime = _settings.Lifetime is { } usual ? usual * jitter : TimeSpan.MaxValue;
        var entry = new LeaseEntry(session, Now) { Lifetime = lifetime, Number = _made };
        _entries.Add(session, entry);
        Volatile.Write(ref _shown, _shown.Add(entry.Number, entry));
        _starting++;
        _coming++;
        session.Start();
        return true;
    }

    private void OnReady(SessionActor session)
    {
        if (!_entries.TryGetValue(session, out var entry) || entry.Phase != LeasePhase.Starting)
            return;
        entry.Born = Now;
        _starting--;
        Offer(entry);
    }

    private void OnEnded(SessionActor session, SessionFailure failure)
    {
        if (!_entries.Remove(session, out var entry))
            return;
        Volatile.Write(ref _shown, _shown.Remove(entry.Number));
        session.Stop();
        _idle.Remove(entry);
        EndComing(entry);
        switch (entry.Phase)
        {
            case LeasePhase.Starting:
                _starting--;
                OnStartFailed(failure);
                break;
            case LeasePhase.Idle:
            case LeasePhase.Held:
            case LeasePhase.Checking:
            case LeasePhase.Resetting:
                // When a server goes, its connections are not found dead all at once.
                foreach (var other in _idle)
                    other.IsDoubted = true;
                break;
            case LeasePhase.Closing:
                break;
        }

        if (!_isStopped)
            Serve();
    }

    private void OnStartFailed(SessionFailure failure)
    {
        if (NextWaiter() is { } waiter)
            Leave(waiter, Refusal(waiter, failure));

        // Nobody is left who could give a session back: those who wait would each run into the same wall, a few at a time.
        if (_entries.Count == 0)
            RefuseAll(failure);
    }

    private void OnReturned(SessionActor session, SessionTraces traces)
    {
        if (!_entries.TryGetValue(session, out var entry) || entry.Phase != LeasePhase.Held)
            return;

        // A change that the server reports and no statement's text shows was made inside a function, or by the server itself.
        if (!ReferenceEquals(entry.Granted, session.Parameters))
            traces |= SessionTraces.Settings;
        if (_isStopped || !session.IsReady || session.Load > 0 || SessionReset.IsImpossible(traces) || IsTooOld(entry))
            Close(entry);
        else if (SessionReset.TextFor(traces, session.Transaction) is { } reset)
            SendErrand(entry, LeasePhase.Resetting, reset);
        else
            Keep(entry);
        Serve();
    }

    // The one used last is fresh, or none is.
    private LeaseEntry? TakeFresh()
    {
        if (_idle.Count == 0 || IsStale(_idle[^1]))
            return null;
        var entry = _idle[^1];
        _idle.RemoveAt(_idle.Count - 1);
        return entry;
    }

    private bool IsStale(LeaseEntry entry) => entry.IsDoubted || Elapsed(entry.Since) > _settings.ValidateAfter;

    private bool CheckStale()
    {
        if (_idle.Count == 0)
            return false;
        var entry = _idle[^1];
        _idle.RemoveAt(_idle.Count - 1);
        SendErrand(entry, LeasePhase.Checking, null);
        return true;
    }

    private void SendErrand(LeaseEntry entry, LeasePhase phase, string? text)
    {
        var session = entry.Session;
        entry.Enter(phase, Now);
        _coming++;
        var errand = new LeaseErrand(
            text,
            succeeded => _mailbox.PostControl(
                new LeaseSignal(LeaseSignalKind.ErrandDone, session, succeeded), allowInline: true, PostOrigin.Worker));
        if (session.TryPost(errand) != PostResult.Accepted)
            Close(entry);
        else if (!_timers.IsArmed(LeaseTimer.Errand))
            _timers.Arm(LeaseTimer.Errand, _profile.CancelTimeout);
    }

    private void OnErrandDone(SessionActor session, bool succeeded)
    {
        if (!_entries.TryGetValue(session, out var entry) || entry.Phase is not (LeasePhase.Checking or LeasePhase.Resetting))
            return;
        if (succeeded && session.Transaction == TransactionStatus.Idle && session.IsReady)
        {
            Offer(entry);
            return;
        }

        Close(entry);
        Serve();
    }

    // It has just answered, so it is as good as used.
    private void Offer(LeaseEntry entry)
    {
        if (_isStopped)
            Close(entry);
        else
            Keep(entry);
        Serve();
    }

    private void Keep(LeaseEntry entry)
    {
        EndComing(entry);
        entry.Enter(LeasePhase.Idle, Now);
        entry.IsDoubted = false;
        _idle.Add(entry);
        ArmAge(AgeLeft(entry));
    }

    private void Close(LeaseEntry entry)
    {
        EndComing(entry);
        entry.Enter(LeasePhase.Closing, Now);
        entry.Session.Stop();
    }

    private void EndComing(LeaseEntry entry)
    {
        if (entry.Phase is LeasePhase.Starting or LeasePhase.Checking or LeasePhase.Resetting)
            _coming--;
    }

    private bool IsTooOld(LeaseEntry entry) => Elapsed(entry.Born) >= entry.Lifetime;
}
