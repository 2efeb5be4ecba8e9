namespace PgActors.Sessions;

/// <content>The end of a turn: what its commands wrote leaves in one send, and then the session is ready to hear the server, or rests.</content>
public sealed partial class SessionCore
{
    /// <summary>Ends a turn: writes once, then receives on.</summary>
    public void OnTurnEnding()
    {
        // Once, unless the answer is there before the turn has ended.
        while (TrySend() && IsReceiveDue())
        {
            if (TryLinger() || TryAwait())
                continue;
            BeginReceive();
            return;
        }
    }

    private bool TrySend()
    {
        if (_failure is not null || _link is null)
            return false;
        CheckFed();
        WriteRest();
        ForgetSync();
        if (_failure is not null)
            return false;
        ResetWhenDone();
        try
        {
            // Said before the transport is asked: if it fails at once, a part of the bytes may have gone all the same.
            var order = _link.Output.HasSomethingToSend ? _machine.Pipeline.OnFlushed() : SessionEffects.None;
            _link.Flush();
            Apply(order);
        }
        catch (Exception broken) when (IsTransportFault(broken))
        {
            OnLost(broken.Message);
            return false;
        }

        FeedOn();
        return _failure is null;
    }

    private bool IsReceiveDue()
    {
        var isBurst = _endedInTurn > 1;
        _endedInTurn = 0;
        if (MayWriteRest)
            _host.Post(new SessionSignal(SessionSignalKind.ReceiveDue, _incarnation));
        if (!_workedOff || _machine.Phase is SessionPhase.Created || _starter.ReadsAlone || TryRest())
            return false;
        if (!isBurst)
            return _pump.OnWorkedOff();
        _host.Post(new SessionSignal(SessionSignalKind.ReceiveDue, _incarnation));
        return false;
    }

    private void OnSent()
    {
        try
        {
            _link!.EndSend();
        }
        catch (Exception broken) when (IsTransportFault(broken))
        {
            OnLost(broken.Message);
        }
    }
}
