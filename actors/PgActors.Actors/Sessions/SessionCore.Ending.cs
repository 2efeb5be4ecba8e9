using PgActors.Protocol;

namespace PgActors.Sessions;

/// <content>How commands end, and how the session does.</content>
public sealed partial class SessionCore
{
    private bool _isTerminating;
    private bool _saidGoodbye;
    private bool _cancelsAll;

    // Whether a Sync stood between the command that finished last and the next: that one then shares nobody's fate from before.
    private bool _lastSynced = true;

    /// <summary>Ends the session at once, without Terminate. Inside a turn, like everything here.</summary>
    public void Dispose() => Close(Closed);

    private static SessionFailure Closed => new(SessionFailureKind.Closed, "The session was closed.");

    private void TakeFinished()
    {
        while (_machine.Pipeline.TryTakeFinished(out var finished))
        {
            var request = _requests.TakeFirst();
            if (finished.End == CommandEnd.Succeeded && SessionReset.DropsStatements(finished.Tag))
                _commands.ForgetAll();
            var isAlone = _lastSynced && request.Syncs;
            _lastSynced = request.Syncs || (request.RowLimit > 0 && request.Portal.IsEmpty);
            var wasStale = finished.End != CommandEnd.Succeeded && _commands.OnFailed(request, finished.Error) && isAlone;
            if (finished.Request == _drained)
            {
                _drained = default;
                _host.CancelTimer(SessionTimer.Drain);
            }

            var wasPumped = finished.Request == _pumped;
            if (wasPumped)
            {
                _pump = new RowPump(long.MaxValue);
                _pumped = default;
                _workedOff = !_link!.IsReceiving;
            }

            if (request == _probe)
                _probe = null;
            else if (!request.CancelWanted && (IsUntouched(finished) || (wasStale && finished.Outcome == Outcome.RolledBack && IsIdle)))
                TakeBack(request);
            else if (_cancelsAll && wasPumped && finished.End == CommandEnd.Succeeded)
                End(request, finished with { End = CommandEnd.Lost }, CutShort(null));
            else
                End(request, finished, _failure ?? ReasonOfOurs(finished));
        }

        SayGoodbyeWhenDone();
    }

    // Nobody but the end of the session asked for that cancel.
    private SessionFailure? ReasonOfOurs(in FinishedCommand finished) =>
        _cancelsAll && finished is { CancelSent: true, Error: { } error } ? CutShort(error) : null;

    // Also of a stream that came to its end after all: rows of it were thrown away, and it must not look complete.
    private static SessionFailure CutShort(PgError? error) =>
        new(SessionFailureKind.Closed, "The session was closed before the command had ended, so it was cancelled.", error);

    private bool IsIdle => _failure is null && Transaction == TransactionStatus.Idle;

    private bool IsUntouched(in FinishedCommand finished) =>
        finished.End is CommandEnd.HitByCancel or CommandEnd.NotSent && _failure?.Kind != SessionFailureKind.Closed;

    private void TakeBack(SessionRequest request)
    {
        request.Prepared = null;
        request.State = SessionRequestState.Waiting;
        request.OnRunAgain();
        _host.TakeBack(request);
    }

    private void Refuse(SessionRequest request, string reason) => End(
        request, new FinishedCommand(default, CommandEnd.NotSent, null, default, default, false, request.Statement.Safety),
        new SessionFailure(SessionFailureKind.PolicyRefused, reason));

    private void End(SessionRequest request, in FinishedCommand finished, SessionFailure? failure)
    {
        _endedInTurn++;
        request.Prepared = null;
        request.State = SessionRequestState.Ended;
        request.OnEnded(new RequestEnd(finished, failure, request.CancelWanted, _profile.Server, _machine.ProcessId));
        _host.RunAfterTurn(request);
    }

    private void Terminate()
    {
        if (_isTerminating)
            return;
        _isTerminating = true;
        if (_machine.Phase != SessionPhase.Ready)
        {
            Close(new SessionFailure(SessionFailureKind.Closed, "The session was closed while it was starting."));
            return;
        }

        SayGoodbyeWhenDone();
        _host.ArmTimer(SessionTimer.Terminate, _profile.CancelTimeout);
    }

    // The server answers Terminate by closing its end; then its process is gone, or as good as gone, and the session's slot is free.
    private void SayGoodbyeWhenDone()
    {
        if (!_isTerminating || _saidGoodbye || _requests.Count > 0 || _failure is not null)
            return;
        _saidGoodbye = true;
        CommandEncoder.WriteTerminate(_link!.Output.Writer);
    }

    private void OnTerminateTimer()
    {
        if (_requests.Count > 0 && !_cancelsAll)
            CancelAll();
        else
            Close(new SessionFailure(SessionFailureKind.Closed, "The session was closed before its commands had ended."));
    }

    // What is left would run on in a server process that has no client any more.
    private void CancelAll()
    {
        _cancelsAll = true;
        _host.ArmTimer(SessionTimer.Terminate, _profile.CancelTimeout);
        foreach (var id in _requests.Ids)
            Apply(_machine.Pipeline.OnCancelWanted(id));
        Apply(_machine.Pipeline.OnAbandoned(_pumped));
        StopPumping(_pumped);
    }

    private void OnLost(string reason)
    {
        var failure = _machine.OnTransportLost(reason);
        Close(_saidGoodbye ? Closed : failure);
    }

    // It may come when the next incarnation runs already, so it is told what it belongs to.
    private static void OnLateSignal(in SessionSignal signal)
    {
        switch (signal.Kind)
        {
            case SessionSignalKind.Received:
                ((SessionLink)signal.Payload!).OnLateReceive();
                break;
            case SessionSignalKind.Sent:
                ((SessionLink)signal.Payload!).OnLateSend();
                break;
            case SessionSignalKind.Connected:
                SessionStarter.OnLateConnection(signal.Payload!);
                break;
        }
    }

    private void Close(SessionFailure failure)
    {
        if (_failure is not null)
            return;
        _failure = failure;
        _machine.OnTransportLost(failure.Message);
        foreach (var timer in Enum.GetValues<SessionTimer>())
            _host.CancelTimer(timer);
        _starter.Dispose();
        _cancel?.Dispose();
        _link?.Dispose();
        TakeFinished();
        _host.OnEnded(failure);
    }
}
