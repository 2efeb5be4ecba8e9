namespace PgActors.Sessions;

/// <content>How commands fail: by their own error, by that of a neighbour, and with the session. What is claimed of each is what the
/// protocol proves, and no more.</content>
public sealed partial class PipelineMachine
{
    // Class 08: the link was lost, not the statement refused. A pooler says so in the place of a server whose answers it never saw.
    private const string ConnectionExceptionClass = "08";

    /// <summary>An ErrorResponse arrived.</summary>
    public SessionEffects OnError(PgError error)
    {
        if (error.IsFatal)
            return OnFatal(error);
        if (!Takes(Reply.ErrorResponse))
            return Violation(Reply.ErrorResponse);

        // Undoing what failed can fail too. The first error is the one that counts.
        if (Current.Error is not null)
            return SessionEffects.None;

        ref var culprit = ref Current;
        culprit.End = JudgeFailure(error);
        culprit.Error = error;
        culprit.EndedAt = culprit.Step;
        if (!ReplyRules.HasBegun(culprit.Step))
            culprit.Safety = StatementSafety.RollsBack;
        var isAccident = culprit.End == CommandEnd.HitByCancel;
        UndoGroupBefore(error, culprit.Safety != StatementSafety.MayCommit, isAccident ? CommandEnd.HitByCancel : CommandEnd.RolledBack);

        // The server throws everything away up to the Sync; a Query ends by itself.
        var end = EndOfGroup();
        var last = Math.Min(end, Count - 1);
        for (var i = _current + 1; i <= last; i++)
            _queue[i].Blame(culprit.Id, error, isAccident ? CommandEnd.HitByCancel : CommandEnd.Skipped);
        _current = last;
        return AwaitEndOfGroup(isComplete: end < Count);
    }

    /// <summary>The link is gone: seals the fate of everything that is left. Nothing may be submitted after it.</summary>
    public void OnTransportLost()
    {
        _isOver = true;

        // From the last to the first: what a group did is undone if its Sync did not leave, unless a command of it, or one behind in the
        // group, could commit by itself.
        var isUndone = true;
        for (var i = Count - 1; i >= 0; i--)
        {
            ref var entry = ref _queue[i];
            if (entry.EndsGroup)
                isUndone = !entry.Sent || entry.OwesSync || entry.OwesBind;
            isUndone &= !entry.Sent || entry.OwesBind || entry.Safety == StatementSafety.RollsBack;
            if (!entry.Ended && entry.Error is null)
            {
                entry.End = !entry.Sent ? CommandEnd.NotSent
                    : entry.OwesBind ? CommandEnd.NeverRun
                    : isUndone ? CommandEnd.RolledBack
                    : CommandEnd.Lost;
                entry.EndedAt = entry.Step;
            }

            entry.Ended = true;
        }

        _current = Count;
    }

    // A command of a group whose error came before the group was complete: the server throws it away.
    private SessionEffects SkipLast()
    {
        ref var before = ref Current;
        var culprit = before.BlamedOn == RequestId.None ? before.Id : before.BlamedOn;
        _queue[Count - 1].Blame(culprit, before.Error!, before.End == CommandEnd.HitByCancel ? CommandEnd.HitByCancel : CommandEnd.Skipped);
        _current = Count - 1;
        return AwaitEndOfGroup(isComplete: Current.EndsGroup);
    }

    // A portal that is fetched in parts has no Sync behind it yet, nor has what was never bound.
    private SessionEffects AwaitEndOfGroup(bool isComplete)
    {
        ref var last = ref Current;
        last.Step = isComplete ? ReplyStep.Ready : ReplyStep.Skipping;
        var owesSync = last.OwesSync || (last.OwesBind && last.Shape.Syncs);
        if (last.Held == SessionEffectKind.SendBind)
            last.Held = SessionEffectKind.None;
        last.OwesSync = last.OwesBind = false;
        return owesSync ? new SessionEffect(SessionEffectKind.SendSync, Head) : SessionEffects.None;
    }

    private CommandEnd JudgeFailure(PgError error)
    {
        ref var entry = ref Current;

        // A refused COPY fails with query_canceled too.
        if (error.SqlState != SqlStates.QueryCanceled || entry.Step == ReplyStep.CopyRefused || !_gate.CouldHaveHit(entry.Id))
            return CommandEnd.Failed;
        _gate.OnStruck();

        return Status == Protocol.TransactionStatus.Idle && GroupMayRunAgain() ? CommandEnd.HitByCancel : CommandEnd.Failed;
    }

    // Only what nobody wanted gone, has left nothing behind and shown nothing to anybody.
    private bool GroupMayRunAgain()
    {
        for (var i = _current; i >= 0 && !_queue[i].Ended; i--)
        {
            ref var entry = ref _queue[i];
            if (entry.CancelWanted || entry.Shown || entry.Shape.Safety != StatementSafety.RollsBack)
                return false;
        }

        var last = Math.Min(EndOfGroup(), Count - 1);
        for (var i = _current + 1; i <= last; i++)
        {
            if (_queue[i].CancelWanted)
                return false;
        }

        return true;
    }

    // They were struck by mistake, and now that is just as well.
    private void AcceptAccident()
    {
        for (var i = 0; i <= _current && i < Count; i++)
        {
            ref var entry = ref _queue[i];
            if (entry.End != CommandEnd.HitByCancel)
                continue;
            if (entry.BlamedOn == RequestId.None)
                entry.End = CommandEnd.Failed;
            else
                entry.End = entry.Id.Value < entry.BlamedOn.Value ? CommandEnd.RolledBack : CommandEnd.Skipped;
        }
    }

    // What was executed before in the same group was undone with it, unless a command among it can have committed, or kept a savepoint,
    // on the way: then nothing is proven of that one and of those before it.
    private void UndoGroupBefore(PgError error, bool isProven, CommandEnd end)
    {
        for (var i = _current - 1; i >= 0 && !_queue[i].Ended; i--)
        {
            ref var entry = ref _queue[i];
            if (entry.Shape.PutsOffSync)
                continue;
            isProven &= entry.Safety == StatementSafety.RollsBack;
            entry.Safety = isProven ? StatementSafety.RollsBack : StatementSafety.MayCommit;
            entry.Blame(Head, error, end);
        }
    }

    private SessionEffects OnFatal(PgError error)
    {
        if (_current < Count)
        {
            if (error.SqlState?.StartsWith(ConnectionExceptionClass, StringComparison.Ordinal) == true)
                LoseAll(error);
            else
                FailCurrent(error);
        }

        return new SessionEffect(SessionEffectKind.CloseTransport, default, new SessionFailure(
            SessionFailureKind.ServerEnded, $"The server ended the session: {error.Message}", error));
    }

    // The server works in order: what stands behind the command that the error answers was never begun.
    private void FailCurrent(PgError error)
    {
        ref var entry = ref Current;
        if (entry.Step == ReplyStep.Ready)
        {
            // The Sync may have committed before the session ended.
            for (var i = 0; i <= _current; i++)
                _queue[i].Blame(RequestId.None, error, CommandEnd.Lost);
        }
        else
        {
            if (!ReplyRules.HasBegun(entry.Step))
                entry.Safety = StatementSafety.RollsBack;
            UndoGroupBefore(error, entry.Safety == StatementSafety.RollsBack, CommandEnd.RolledBack);
            entry.Blame(RequestId.None, error, entry.Sent ? CommandEnd.Failed : CommandEnd.NotSent);
        }

        for (var i = _current + 1; i < Count; i++)
            _queue[i].Blame(Head, error, _queue[i].Sent ? CommandEnd.NeverRun : CommandEnd.NotSent);
    }

    private void LoseAll(PgError error)
    {
        for (var i = 0; i < Count; i++)
            _queue[i].Blame(RequestId.None, error, _queue[i].Sent ? CommandEnd.Lost : CommandEnd.NotSent);
    }
}
