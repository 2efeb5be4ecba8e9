using PgActors.Protocol;

namespace PgActors.Sessions;

/// <summary>
/// The commands of a session from their submission to their ReadyForQuery: a queue whose replies arrive in the order of submission
/// (PostgreSQL documentation, "Pipelining"). It matches each reply to the step that waits for it, drops to the next Sync after an error,
/// and seals the fate of every command exactly once.
/// </summary>
/// <remarks>
/// Facts are methods; a fact that cannot be at this point is the peer's violation and ends the session. It never throws for what a peer
/// does. Commands up to the next Sync are a group: one implicit transaction, one fate. Not thread-safe: it belongs to one session.
/// </remarks>
public sealed partial class PipelineMachine
{
    private readonly PipelineQueue _queue = new();

    // Entries in front of _current have executed and wait for the answer to their Sync; _current waits for the next reply.
    private int _current;
    private CancelGate _gate;
    private RequestId _lastSubmitted;
    private bool _isOver;

    /// <summary>Commands submitted and not yet taken as finished.</summary>
    public int Count => _queue.Count;

    /// <summary>What the last ReadyForQuery said.</summary>
    public TransactionStatus Status { get; private set; } = TransactionStatus.Idle;

    /// <summary>Where the cancel stands.</summary>
    public CancelGateState Gate => _gate.State;

    /// <summary>Whether a command may be written now: no cancel is under way, no portal is being fetched in parts, nothing waits for its
    /// description to be bound, and the link is there.</summary>
    public bool AcceptsCommands => !_isOver && _gate.IsOpen && !(Count > 0 && (_queue[Count - 1].OwesSync || OwesBind));

    /// <summary>Whether the Bind of the last command submitted is still to be sent.</summary>
    public bool OwesBind => Count > 0 && _queue[Count - 1].OwesBind;

    /// <summary>Whether the last command submitted still waits for the one that has their Sync. A Query must not be sent then: PostgreSQL
    /// 18 loses what the group did.</summary>
    public bool HasOpenGroup => Count > 0 && !_queue[Count - 1].EndsGroup;

    /// <summary>The command whose reply comes next; <see cref="RequestId.None"/> if nothing is expected.</summary>
    public RequestId Head => _current < Count ? Current.Id : RequestId.None;

    private ref PipelineEntry Current => ref _queue[_current];

    /// <summary>A command was written to the output buffer.</summary>
    /// <exception cref="InvalidOperationException">It is a Query and <see cref="HasOpenGroup"/>: the caller's bug.</exception>
    public SessionEffects OnSubmitted(RequestId id, in CommandShape shape)
    {
        if (HasOpenGroup && shape.Protocol == CommandProtocol.Simple)
            throw new InvalidOperationException("A Query cannot be sent between the commands of a group.");
        var isSkipped = _current < Count && Current.Step == ReplyStep.Skipping;
        ref var entry = ref _queue.Append();
        entry = new PipelineEntry
        {
            Id = id,
            Shape = shape,
            Safety = shape.Safety,
            OwesSync = shape.RowLimit > 0,
            OwesBind = shape.DescribesFirst,
            Step = FirstStep(shape),
        };
        _lastSubmitted = id;
        return isSkipped ? SkipLast() : SessionEffects.None;
    }

    /// <summary>The Sync of the last command submitted was taken out of the output buffer again: the next one's is to serve for both. For
    /// commands inside a transaction block, which alone decides what lasts: there a shared Sync changes only what becomes of those behind an
    /// error, which are skipped instead of being refused one by one, and how soon the answers leave the server.</summary>
    /// <exception cref="InvalidOperationException">Nothing was submitted, or it was handed to the transport, or has no Sync: the caller's
    /// bug.</exception>
    public void OnSyncPutOff()
    {
        if (Count == 0 || _queue[Count - 1] is { Sent: true } or { Shape: { Syncs: false } or { Protocol: CommandProtocol.Simple } })
            throw new InvalidOperationException("There is no Sync that could be put off.");
        ref var last = ref _queue[Count - 1];
        last.Shape = last.Shape with { Syncs = false, PutsOffSync = true };
    }

    /// <summary>The next command came to nothing: the Sync stands where it was.</summary>
    public void OnSyncPutBack()
    {
        if (!HasOpenGroup)
            throw new InvalidOperationException("No Sync was put off.");
        ref var last = ref _queue[Count - 1];
        last.Shape = last.Shape with { Syncs = true, PutsOffSync = false };
    }

    /// <summary>Everything submitted so far was handed to the transport.</summary>
    public SessionEffects OnFlushed()
    {
        for (var i = Count - 1; i >= 0 && !_queue[i].Sent; i--)
            _queue[i].Sent = true;
        return CancelDue();
    }

    /// <summary>A run of DataRows arrived.</summary>
    public SessionEffects OnRows()
    {
        if (!Takes(Reply.DataRow))
            return Violation(Reply.DataRow);
        if (Current.Abandoned)
            return new SessionEffect(SessionEffectKind.DiscardRows, Head);
        Current.Shown = Current.Shape.ShowsRows;
        return new SessionEffect(SessionEffectKind.ForwardRows, Head);
    }

    /// <summary>CommandComplete arrived.</summary>
    public SessionEffects OnCommandComplete(CommandTag tag)
    {
        if (!Takes(Reply.CommandComplete))
            return Violation(Reply.CommandComplete);
        Current.Tag = tag;
        return Current.Shape.Protocol switch
        {
            CommandProtocol.Simple => CompleteResult(tag),
            CommandProtocol.Extended => CompleteExecution(),
        };
    }

    /// <summary>EmptyQueryResponse arrived.</summary>
    public SessionEffects OnEmptyQuery()
    {
        if (!Takes(Reply.EmptyQueryResponse))
            return Violation(Reply.EmptyQueryResponse);
        return Current.Shape.Protocol switch
        {
            CommandProtocol.Simple => CompleteResult(null),
            CommandProtocol.Extended => CompleteExecution(),
        };
    }

    /// <summary>PortalSuspended arrived: the row limit of an Execute was reached.</summary>
    public SessionEffects OnPortalSuspended()
    {
        if (!Takes(Reply.PortalSuspended) || !(Current.OwesSync || Current.Shape.MaySuspend))
            return Violation(Reply.PortalSuspended);
        if (Current.Shape.MaySuspend)
        {
            Current.Suspended = true;
            return CompleteExecution();
        }

        if (Current.Abandoned || Current.CancelWanted)
            return StopPortal();
        Current.Step = ReplyStep.Suspended;
        return new SessionEffect(SessionEffectKind.AwaitDemand, Head);
    }

    /// <summary>CopyInResponse arrived: the server wants data that nobody offered.</summary>
    public SessionEffects OnCopyIn()
    {
        if (!Takes(Reply.CopyInResponse))
            return Violation(Reply.CopyInResponse);
        Current.Step = ReplyStep.CopyRefused;

        // A Sync that was sent behind the Execute is swallowed while the server waits for data (checked on 14 to 18): another is needed.
        var swallowsSync = Current.Shape is { Protocol: CommandProtocol.Extended, Syncs: true };
        return new SessionEffect(SessionEffectKind.SendCopyFail, Head, swallowsSync);
    }

    /// <summary>CopyOutResponse arrived: data that nobody asked for. It is thrown away up to its end.</summary>
    public SessionEffects OnCopyOut()
    {
        if (!Takes(Reply.CopyOutResponse))
            return Violation(Reply.CopyOutResponse);
        Current.Step = ReplyStep.CopyOut;
        return SessionEffects.None;
    }

    /// <summary>CopyData arrived.</summary>
    public SessionEffects OnCopyData() => Takes(Reply.CopyData) ? SessionEffects.None : Violation(Reply.CopyData);

    /// <summary>CopyDone arrived: the CommandComplete is next.</summary>
    public SessionEffects OnCopyDone()
    {
        if (!Takes(Reply.CopyDone))
            return Violation(Reply.CopyDone);
        Current.Step = Current.Shape.Protocol switch
        {
            CommandProtocol.Simple => ReplyStep.SimpleResults,
            CommandProtocol.Extended => ReplyStep.Rows,
        };
        return SessionEffects.None;
    }

    /// <summary>ReadyForQuery arrived.</summary>
    public SessionEffects OnReadyForQuery(TransactionStatus status)
    {
        if (!Takes(Reply.ReadyForQuery))
            return Violation(Reply.ReadyForQuery);
        Status = status;
        for (var i = 0; i <= _current; i++)
            _queue[i].Ended = true;
        var opened = _gate.OnReady(Head);
        _current++;
        return new SessionEffects(new SessionEffect(SessionEffectKind.TakeFinished), OpenGateOrCancel(opened));
    }

    /// <summary>The consumer wants the next part of its portal.</summary>
    public SessionEffects OnFetch(RequestId id)
    {
        if (Head != id || Current.Step != ReplyStep.Suspended)
            return SessionEffects.None;
        Current.Step = ReplyStep.Rows;
        return SendUnlessHeld(SessionEffectKind.SendExecute);
    }

    /// <summary>The consumer left before the end: rows that still come are thrown away.</summary>
    public SessionEffects OnAbandoned(RequestId id)
    {
        if (IndexOf(id) is not { } index)
            return SessionEffects.None;
        _queue[index].Abandoned = true;
        return IsIdlePortal(_queue[index]) ? StopPortal() : SessionEffects.None;
    }

    /// <summary>The user wants the command cancelled. If it is not the head, or not on the wire yet, it waits until it is.</summary>
    public SessionEffects OnCancelWanted(RequestId id)
    {
        if (IndexOf(id) is not { } index)
            return SessionEffects.None;
        ref var entry = ref _queue[index];
        entry.CancelWanted = true;
        if (entry.End == CommandEnd.HitByCancel)
            AcceptAccident();
        return IsIdlePortal(entry) ? StopPortal() : CancelDue();
    }

    /// <summary>The cancel's own socket has ended, whatever came of it.</summary>
    public SessionEffects OnCancelSocketEnded()
    {
        if (_isOver)
            return SessionEffects.None;
        var opened = _gate.OnSocketEnded();
        var order = OpenGateOrCancel(opened);
        if (!opened || _current >= Count || Current.Held == SessionEffectKind.None)
            return order;
        return new SessionEffects(order, SendUnlessHeld(Current.Held));
    }

    /// <summary>A cancel has run its course, and for some time its target has gone on: the server had not begun with it yet, and a cancel
    /// strikes only what runs. It is sent once more.</summary>
    public SessionEffects OnCancelMissed()
    {
        if (_isOver || _current >= Count || !_gate.AllowsAnother(Head) || !ReplyRules.CanBeCancelled(Current.Step))
            return SessionEffects.None;
        _gate.OnStarted(Head, _lastSubmitted);
        return new SessionEffect(SessionEffectKind.StartCancel, Head);
    }

    /// <summary>Takes the next command whose fate is sealed.</summary>
    public bool TryTakeFinished(out FinishedCommand finished)
    {
        finished = default;
        if (Count == 0 || !_queue[0].Ended)
            return false;
        ref var entry = ref _queue[0];
        var tag = entry.End == CommandEnd.Succeeded ? entry.Tag : default;
        finished = new FinishedCommand(entry.Id, entry.End, entry.Error, tag, entry.BlamedOn, entry.CancelSent, entry.Safety)
        {
            Phase = entry.Sent ? ReplyRules.PhaseOf(entry.End == CommandEnd.Succeeded ? ReplyStep.Ready : entry.EndedAt) : CommandPhase.Waiting,
            IsSuspended = entry.Suspended && entry.End == CommandEnd.Succeeded,
        };
        _queue.RemoveFirst();
        _current--;
        return true;
    }

    private static ReplyStep FirstStep(in CommandShape shape) => shape.Protocol switch
    {
        CommandProtocol.Simple => ReplyStep.SimpleResults,
        CommandProtocol.Extended => shape.Closes ? ReplyStep.Close : AfterClose(shape),
    };

    private static ReplyStep AfterClose(in CommandShape shape) =>
        shape.IsFetch ? ReplyStep.Rows : shape.Parses ? ReplyStep.Parse : ReplyStep.Bind;

    // The server does nothing for it, and waits: so it can be ended without a cancel.
    private static bool IsIdlePortal(in PipelineEntry entry) =>
        entry.Step == ReplyStep.Suspended || entry.Held == SessionEffectKind.SendExecute;

    // Nothing answers what was not sent.
    private bool Takes(Reply reply) => _current < Count && Current.Sent && (ReplyRules.Takes(Current.Step) & reply) != 0;

    private int? IndexOf(RequestId id)
    {
        for (var i = _current; i < Count; i++)
        {
            if (_queue[i].Id == id)
                return i;
        }

        return null;
    }

    private SessionEffects CompleteResult(CommandTag? tag)
    {
        Current.Step = ReplyStep.SimpleResults;
        return new SessionEffect(SessionEffectKind.CompleteResult, Head, tag);
    }

    private SessionEffects CompleteExecution()
    {
        if (Current.OwesSync)
            return EndPortal();
        if (Current.Shape.Syncs)
        {
            Current.Step = ReplyStep.Ready;
            return SessionEffects.None;
        }

        _current++;
        return CancelDue();
    }

    private SessionEffects StopPortal()
    {
        Current.End = CommandEnd.StoppedEarly;
        Current.EndedAt = ReplyStep.Suspended;
        return EndPortal();
    }

    // Outside a transaction block the Sync drops the portal; inside one the next Bind replaces it.
    private SessionEffects EndPortal()
    {
        Current.OwesSync = false;
        Current.Step = ReplyStep.Ready;
        return SendUnlessHeld(SessionEffectKind.SendSync);
    }

    // While an earlier command's cancel may still be on its way, what is sent now could be what it strikes.
    private SessionEffect SendUnlessHeld(SessionEffectKind kind)
    {
        var isHeld = _gate.State == CancelGateState.AwaitingSocketEnd;
        Current.Held = isHeld ? kind : SessionEffectKind.None;
        return isHeld ? SessionEffect.None : new SessionEffect(kind, Head);
    }

    // If the next cancel is due the gate does not even open.
    private SessionEffect OpenGateOrCancel(bool opened)
    {
        var due = CancelDue();
        return opened && due == SessionEffect.None ? new SessionEffect(SessionEffectKind.OpenGate) : due;
    }

    // Not before the head is on the wire, or the cancel could overtake it; and not before its group is complete, or the gate would keep out
    // the very Sync that it waits for.
    private SessionEffect CancelDue()
    {
        if (_isOver || _current >= Count)
            return SessionEffect.None;
        ref var entry = ref Current;
        if (!entry.CancelWanted || entry.CancelSent || !entry.Sent || !ReplyRules.CanBeCancelled(entry.Step)
            || !_gate.AllowsCancelOf(entry.Id) || EndOfGroup() == Count)
        {
            return SessionEffect.None;
        }

        entry.CancelSent = true;
        _gate.OnStarted(entry.Id, _lastSubmitted);
        return new SessionEffect(SessionEffectKind.StartCancel, entry.Id);
    }

    // The index of the last command of the head's group; Count if that was not submitted yet.
    private int EndOfGroup()
    {
        var i = _current;
        while (i < Count && !_queue[i].EndsGroup)
            i++;
        return i;
    }

    private SessionEffects Violation(Reply reply) => new SessionEffect(SessionEffectKind.CloseTransport, default, new SessionFailure(
        SessionFailureKind.ProtocolViolation,
        _current < Count && Current.Sent
            ? $"The server sent {reply} where the reply to step '{Current.Step}' of a command was due."
            : $"The server sent {reply} although no command was waiting for a reply."));
}
