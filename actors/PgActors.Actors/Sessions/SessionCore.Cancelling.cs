namespace PgActors.Sessions;

/// <content>Cancels: when one is sent, when again, and what happens when its time is up.</content>
public sealed partial class SessionCore
{
    // A cancel that comes before the server has read the command does nothing, and nobody says so: it is sent again. Long enough for a
    // server that was only slow to undo; doubled each time, because each costs the server a process.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    // Cancelled commands that were not answered when they were, in the order of their deadlines.
    private readonly Queue<(RequestId Id, long Since)> _cancelled = new();
    private CancelActor? _cancel;
    private RequestId _cancelTarget;
    private TimeSpan _cancelPause;

    private void OnCancelWanted(SessionRequest request)
    {
        if (request.State != SessionRequestState.InFlight)
            return;
        request.CancelWanted = true;
        if (IsHeld(request))
            return;
        if (request == _fed)
        {
            Close(LeftInTheMiddle);
            return;
        }

        _cancelled.Enqueue((request.Id, _host.Runtime.Time.GetTimestamp()));
        if (_cancelled.Count == 1)
            _host.ArmTimer(SessionTimer.Detach, _profile.CancelTimeout);
        Apply(_machine.Pipeline.OnCancelWanted(request.Id));
        if (request.Id != _pumped)
            return;

        // What would stop the rows now, the consumer's pace, must not also hold up the server's answer to the cancel.
        Apply(_machine.Pipeline.OnAbandoned(request.Id));
        StopPumping(request.Id);
    }

    private void OnCancelAllWanted()
    {
        foreach (var id in _requests.Ids)
        {
            // What the session itself has to do is nobody's to cancel.
            if (_requests.Find(id) is { } request and not OwnRequest)
                OnCancelWanted(request);
        }

        if (_machine.Pipeline.HasOpenGroup)
        {
            for (var request = _rest; request is not null; request = request.Following)
                OnCancelWanted(request);
        }
        else
        {
            _rest?.TryEndUnsent(null, _profile.Server, _host);
        }
    }

    private void StartCancel(RequestId id)
    {
        if (id != _cancelTarget)
        {
            _cancelTarget = id;
            _cancelPause = FirstPause;
            _host.ArmTimer(SessionTimer.Cancel, _profile.CancelTimeout);
        }

        _cancel = new CancelActor(
            _profile, _machine.ProcessId, _machine.CancelKey, _starter.IsEncrypted,
            () => _host.Post(new SessionSignal(SessionSignalKind.CancelEnded, _incarnation)));
        _cancel.Start();
    }

    private void OnCancelEnded()
    {
        _cancel?.Dispose();
        _cancel = null;
        Apply(_machine.Pipeline.OnCancelSocketEnded());
        if (_failure is not null || _machine.Pipeline.Gate != CancelGateState.AwaitingReady)
            return;
        _host.ArmTimer(SessionTimer.CancelAgain, _cancelPause);
        _cancelPause *= 2;
    }

    private void OnGateOpened()
    {
        _cancelTarget = default;
        _host.CancelTimer(SessionTimer.Cancel);
        _host.CancelTimer(SessionTimer.CancelAgain);
    }

    private void OnCancelTimer() => Close(new SessionFailure(SessionFailureKind.TimedOut, _machine.Pipeline.Gate switch
    {
        CancelGateState.AwaitingSocketEnd =>
            $"The server did not close the connection of a cancel within {_profile.CancelTimeout.TotalSeconds:0.###} s. As the cancel "
            + "could still strike a later command, the session's connection was closed.",
        CancelGateState.Open or CancelGateState.AwaitingReady or CancelGateState.AwaitingBoth => Unanswered(),
    }));

    // Whoever cancels gets an answer within the time-out, be the server silent or busy with another caller's command. In the latter case
    // only the caller leaves: the command stays marked, and is cancelled when its turn comes.
    private void OnDetachTimer()
    {
        while (_failure is null && _cancelled.TryPeek(out var oldest))
        {
            var request = _requests.Find(oldest.Id);

            // Of a group that has begun the rest is still to be written, and the server takes no more of it.
            var isUnwritten = oldest.Id == RequestId.None && _rest is { CancelWanted: true, State: SessionRequestState.InFlight };
            if (request is not null || isUnwritten)
            {
                var left = _profile.CancelTimeout - _host.Runtime.Time.GetElapsedTime(oldest.Since);
                if (left > TimeSpan.Zero)
                {
                    _host.ArmTimer(SessionTimer.Detach, left);
                    return;
                }

                // What is not bound yet still needs its caller's parameters.
                var isUnbound = IsUnbound(oldest.Id);
                if (request is not null && oldest.Id.Value > _machine.Pipeline.Head.Value && !isUnbound)
                    Detach(request);
                else if (isUnwritten || isUnbound || _machine.Pipeline.Gate == CancelGateState.Open)
                    Close(new SessionFailure(SessionFailureKind.TimedOut, Unanswered()));
            }

            _cancelled.Dequeue();
        }
    }

    private void Detach(SessionRequest request)
    {
        Apply(_machine.Pipeline.OnAbandoned(request.Id));
        _requests.Replace(request.Id, new DetachedRequest(request));
        End(request, new FinishedCommand(request.Id, CommandEnd.Lost, null, default, default, false, request.Statement.Safety), null);
    }

    private string Unanswered() =>
        $"A cancelled command did not end within {_profile.CancelTimeout.TotalSeconds:0.###} s (cancellation_timeout), so its connection was "
        + "closed.";
}
