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
            var beginsGroup = _lastSynced;
            _lastSynced = request.Syncs || request.SharesSync || (request.RowLimit > 0 && request.Portal.IsEmpty);

            // A group runs again as a whole or not at all, and its first command knows: what is proven of that one is proven of all.
            var runsAgain = beginsGroup ? MayRunAgain(request, finished) : _takenBack is not null;
            _commands.OnEnded(request, finished);
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
                _takesPieces = false;
                _workedOff = !_link!.IsReceiving;
            }

            if (request == _probe)
                _probe = null;
            else if (request == _reset)
                OnReset(finished);
            else if (runsAgain && beginsGroup && MustHold(request))
                Hold(request, finished);
            else if (runsAgain)
                TakeBack(request, beginsGroup);
            else if (_cancelsAll && wasPumped && finished.End is (CommandEnd.Succeeded or CommandEnd.StoppedEarly))
                End(request, finished with { End = CommandEnd.Lost }, CutShort(null));
            else if (_failure is { Kind: SessionFailureKind.Retired } && finished.End == CommandEnd.Succeeded)
                End(request, finished with { End = CommandEnd.Lost }, _failure);
            else
                End(request, finished, _failure ?? ReasonOfOurs(finished));
            if (!runsAgain)
                _takenBack = null;
            if (_held.Count > 0)
                SettleHeld(request, finished);
        }

        SayGoodbyeWhenDone();
    }

    private bool MayRunAgain(SessionRequest request, in FinishedCommand finished)
    {
        if (request.CancelWanted || request == _probe || request == _reset || HasFed(request))
            return false;
        if (IsUntouched(finished))
            return true;
        var culprit = finished.BlamedOn == RequestId.None ? request : _requests.Find(finished.BlamedOn);
        if (finished is not { End: not CommandEnd.Succeeded, Outcome: Outcome.RolledBack } || !IsIdle || culprit is null)
            return false;
        if (WantsOtherFormats(culprit, finished.Error))
            return true;
        if (culprit.AvoidsNames || !StaleStatement.IsReasonOf(finished.Error, culprit.ReusesStatement))
            return false;

        // Without a name nothing can be stale, so that once is enough, whatever a pooler makes of names.
        culprit.AvoidsNames = true;
        return true;
    }

    // What was read from a stream, for it or another of its group, cannot be read again.
    private bool HasFed(SessionRequest first)
    {
        if (first.Feed is { HasBegun: true })
            return true;
        if (first.Syncs || first.SharesSync)
            return false;
        for (var i = 0; i < _requests.Count; i++)
        {
            var member = _requests[i];
            if (member.Feed is { HasBegun: true })
                return true;
            if (member.Syncs)
                break;
        }

        return false;
    }

    // A type without a binary form shows when the first value is to be sent, which is before the first row; one inside of others maybe
    // later (getTypeBinaryOutputInfo, array_send …), and a consumer who has seen rows must not see them again. A function that does not exist
    // has the same code, but is missed before anything is described.
    private bool WantsOtherFormats(SessionRequest request, PgError? error) => error?.SqlState switch
    {
        SqlStates.UndefinedFunction => error.Where is null && request.Described is { } layout
            && _profile.Formats.OnRefused(request.Statement, layout) && !(request.HasRows && request.Window > 0),
        SqlStates.ProtocolViolation => _profile.Formats.Forget(request.Statement),
        _ => false,
    };

    // Nobody but the end of the session asked for that cancel, be it of the command itself or of a neighbour under the same Sync.
    private SessionFailure? ReasonOfOurs(in FinishedCommand finished) =>
        _cancelsAll && finished.Error is { SqlState: SqlStates.QueryCanceled } error && (finished.CancelSent || finished.BlamedOn != RequestId.None)
            ? CutShort(error)
            : null;

    // Also of a stream that came to its end after all: rows of it were thrown away, and it must not look complete.
    private static SessionFailure CutShort(PgError? error) =>
        new(SessionFailureKind.Closed, "The session was closed before the command had ended, so it was cancelled.", error);

    private bool IsIdle => _failure is null && Transaction == TransactionStatus.Idle;

    private bool IsUntouched(in FinishedCommand finished) =>
        finished.End is CommandEnd.HitByCancel or CommandEnd.NotSent && _failure?.Kind != SessionFailureKind.Closed;

    private void TakeBack(SessionRequest request, bool beginsGroup)
    {
        MakeWaiting(request);
        if (beginsGroup)
            _host.TakeBack(request);
        else
            _takenBack!.Following = request;
        _takenBack = request;
    }

    private void Refuse(SessionRequest request, string reason)
    {
        var refused = new SessionFailure(SessionFailureKind.PolicyRefused, reason);
        if (request.Syncs && !_machine.Pipeline.HasOpenGroup)
        {
            End(request, Unsent(request), refused);
            return;
        }

        // Without it the rest of its group must not take effect either.
        request.Following = _rest;
        _rest = request;
        EndRest(refused);
        if (_machine.Pipeline.HasOpenGroup)
            Close(refused);
    }

    private void End(SessionRequest request, in FinishedCommand finished, SessionFailure? failure)
    {
        request.Prepared = null;
        request.State = SessionRequestState.Ended;
        request.OnEnded(new RequestEnd(finished, failure, request.CancelWanted, _profile.Server, _machine.ProcessId)
        {
            Deadline = request.IsOverdue ? request.Deadline : null,
            HasOwnDeadline = request.Timeout is not null,
            Elapsed = finished.End == CommandEnd.Succeeded ? null : request.ElapsedBy(_host.Runtime.Time),
            Transaction = _failure is null ? Transaction : null,
            MayShareSync = request.MayShareSync,
        });
        if (request.TakeCompletion() is not { } completion)
            return;
        _endedInTurn++;
        _host.RunAfterTurn(completion);
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

        if (!_machine.Pipeline.HasOpenGroup)
            EndRest(Closed);
        SayGoodbyeWhenDone();
        _host.ArmTimer(SessionTimer.Terminate, _profile.CancelTimeout);
    }

    // The server answers Terminate by closing its end; then its process is gone, or as good as gone, and the session's slot is free.
    private void SayGoodbyeWhenDone()
    {
        if (!_isTerminating || _saidGoodbye || _requests.Count > 0 || _rest is not null || _failure is not null)
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
        {
            // That one is the host's: what waits has a deadline whether there is a connection or not.
            if (timer != SessionTimer.Deadline)
                _host.CancelTimer(timer);
        }

        _starter.Dispose();
        _cancel?.Dispose();
        _link?.Dispose();
        TakeFinished();
        GiveBackRest(failure);
        _host.OnEnded(failure);
    }
}
