using PgActors.Protocol;
using PgActors.Rows;

namespace PgActors.Sessions;

/// <summary>
/// The commands of a session from their submission to their ReadyForQuery: a queue whose replies arrive in the order of submission
/// (PostgreSQL documentation, "Pipelining"). It matches each reply to the step that waits for it, drops to the next Sync after an error,
/// and seals the fate of every command exactly once.
/// </summary>
/// <remarks>
/// Facts are methods; a fact that cannot be at this point is the peer's violation and ends the session. It never throws for what a peer
/// does. Not thread-safe: it belongs to one session.
/// </remarks>
public sealed class PipelineMachine
{
    private const string QueryCanceled = "57014";

    private PipelineEntry[] _ring = new PipelineEntry[16];
    private int _first;
    private int _count;

    // Entries in front of _current have executed and wait for the answer to their Sync; _current waits for the next reply.
    private int _current;
    private CancelGate _gate;
    private RequestId _lastSubmitted;

    /// <summary>Commands submitted and not yet taken as finished.</summary>
    public int Count => _count;

    /// <summary>What the last ReadyForQuery said.</summary>
    public TransactionStatus Status { get; private set; } = TransactionStatus.Idle;

    /// <summary>Where the cancel stands.</summary>
    public CancelGateState Gate => _gate.State;

    /// <summary>Whether a command may be written now: no cancel is under way, and no portal is being fetched in parts.</summary>
    public bool AcceptsCommands => _gate.IsOpen && !(_current < _count && At(_current).OwesSync);

    /// <summary>The command whose reply comes next; <see cref="RequestId.None"/> if nothing is expected.</summary>
    public RequestId Head => _current < _count ? At(_current).Id : RequestId.None;

    /// <summary>Whether the command whose reply comes next goes by its consumer's demand.</summary>
    public bool HeadLimitsDemand => _current < _count && At(_current) is { Shape.LimitsDemand: true, Abandoned: false };

    /// <summary>A command was written to the output buffer.</summary>
    public void OnSubmitted(RequestId id, in CommandShape shape)
    {
        if (_count == _ring.Length)
            Grow();
        ref var entry = ref At(_count);
        entry = new PipelineEntry
        {
            Id = id,
            Shape = shape,
            OwesSync = shape.RowLimit > 0,
            Step = FirstStep(shape),
        };
        _count++;
        _lastSubmitted = id;
    }

    /// <summary>Everything submitted so far was handed to the transport.</summary>
    public void OnFlushed()
    {
        for (var i = _count - 1; i >= 0 && !At(i).Sent; i--)
            At(i).Sent = true;
    }

    /// <summary>CloseComplete arrived.</summary>
    public SessionEffects OnCloseComplete() => Advance(ReplyStep.Close, static (in shape) => AfterClose(shape), "CloseComplete");

    /// <summary>ParseComplete arrived.</summary>
    public SessionEffects OnParseComplete()
    {
        var effects = Advance(ReplyStep.Parse, static (in shape) => ReplyStep.Bind, "ParseComplete");
        return effects == SessionEffects.None ? new SessionEffect(SessionEffectKind.StatementPrepared, Head) : effects;
    }

    /// <summary>BindComplete arrived.</summary>
    public SessionEffects OnBindComplete() =>
        Advance(ReplyStep.Bind, static (in shape) => shape.Describes ? ReplyStep.Description : ReplyStep.Rows, "BindComplete");

    /// <summary>RowDescription arrived.</summary>
    public SessionEffects OnRowDescription(RowLayout layout) => OnDescribed(layout, "RowDescription");

    /// <summary>NoData arrived: the statement returns no rows.</summary>
    public SessionEffects OnNoData() => OnDescribed(RowLayout.Empty, "NoData");

    /// <summary>A run of DataRows arrived.</summary>
    public SessionEffects OnRows()
    {
        if (_current >= _count)
            return Violation("DataRow");
        ref var entry = ref At(_current);
        if (entry.Step is not (ReplyStep.Rows or ReplyStep.SimpleResults))
            return Violation("DataRow");
        if (entry.Abandoned)
            return new SessionEffect(SessionEffectKind.DiscardRows, entry.Id);
        entry.Delivered = true;
        return new SessionEffect(SessionEffectKind.ForwardRows, entry.Id);
    }

    /// <summary>CommandComplete arrived.</summary>
    public SessionEffects OnCommandComplete(CommandTag tag)
    {
        if (_current >= _count)
            return Violation("CommandComplete");
        ref var entry = ref At(_current);
        entry.Tag = tag;
        return entry.Step == ReplyStep.SimpleResults
            ? new SessionEffect(SessionEffectKind.CompleteResult, entry.Id, tag)
            : OnExecuted("CommandComplete");
    }

    /// <summary>EmptyQueryResponse arrived.</summary>
    public SessionEffects OnEmptyQuery()
    {
        if (_current >= _count)
            return Violation("EmptyQueryResponse");
        return At(_current).Step == ReplyStep.SimpleResults
            ? new SessionEffect(SessionEffectKind.CompleteResult, Head)
            : OnExecuted("EmptyQueryResponse");
    }

    /// <summary>PortalSuspended arrived: the row limit of an Execute was reached.</summary>
    public SessionEffects OnPortalSuspended()
    {
        if (_current >= _count || At(_current) is not { Step: ReplyStep.Rows, OwesSync: true })
            return Violation("PortalSuspended");
        ref var entry = ref At(_current);
        if (entry.Abandoned || entry.CancelWanted)
            return EndPortal(ref entry);
        entry.Step = ReplyStep.Suspended;
        return new SessionEffect(SessionEffectKind.AwaitDemand, entry.Id);
    }

    /// <summary>CopyInResponse arrived: the server wants data that nobody offered.</summary>
    public SessionEffects OnCopyIn()
    {
        if (_current >= _count)
            return Violation("CopyInResponse");
        ref var entry = ref At(_current);
        if (entry.Step is not (ReplyStep.Rows or ReplyStep.SimpleResults))
            return Violation("CopyInResponse");

        // A Sync that was sent behind the Execute is swallowed while the server waits for data (checked on 14 to 18): another is needed.
        return new SessionEffect(SessionEffectKind.SendCopyFail, entry.Id, entry.Step == ReplyStep.Rows && entry.Shape.Syncs);
    }

    /// <summary>CopyOutResponse arrived: data that nobody asked for. It is thrown away up to its end.</summary>
    public SessionEffects OnCopyOut()
    {
        if (_current >= _count || At(_current).Step is not (ReplyStep.Rows or ReplyStep.SimpleResults))
            return Violation("CopyOutResponse");
        return SessionEffects.None;
    }

    /// <summary>CopyData or CopyDone arrived from the server.</summary>
    public SessionEffects OnCopyData() =>
        _current < _count && At(_current).Step is ReplyStep.Rows or ReplyStep.SimpleResults ? SessionEffects.None : Violation("CopyData");

    /// <summary>An ErrorResponse arrived.</summary>
    public SessionEffects OnError(PgError error)
    {
        if (error.IsFatal)
            return OnFatal(error);
        if (_current >= _count)
            return Violation("ErrorResponse");

        ref var entry = ref At(_current);
        entry.Error = error;
        entry.End = JudgeFailure(ref entry, error);
        var last = LastOfGroup();
        for (var i = 0; i < _current; i++)
            Blame(ref At(i), entry.Id, error, CommandEnd.RolledBack);
        for (var i = _current + 1; i <= last; i++)
            Blame(ref At(i), entry.Id, error, CommandEnd.Skipped);

        var id = entry.Id;
        var owesSync = entry.OwesSync;
        entry.OwesSync = false;

        // The server throws everything away up to the Sync; a Query ends by itself.
        if (entry.Step != ReplyStep.SimpleResults)
            At(last).Step = ReplyStep.Ready;
        _current = last;
        return owesSync ? new SessionEffect(SessionEffectKind.SendSync, id) : SessionEffects.None;
    }

    /// <summary>ReadyForQuery arrived.</summary>
    public SessionEffects OnReadyForQuery(TransactionStatus status)
    {
        if (_current >= _count || At(_current).Step is not (ReplyStep.Ready or ReplyStep.SimpleResults))
            return Violation("ReadyForQuery");
        Status = status;
        for (var i = 0; i <= _current; i++)
            At(i).Ended = true;
        var opened = _gate.OnReady(At(_current).Id);
        _current++;
        var second = opened ? new SessionEffect(SessionEffectKind.OpenGate) : CancelDue();
        return new SessionEffects(new SessionEffect(SessionEffectKind.TakeFinished), second);
    }

    /// <summary>The consumer wants the next part of its portal.</summary>
    public SessionEffects OnFetch(RequestId id)
    {
        if (Head != id || At(_current).Step != ReplyStep.Suspended)
            return SessionEffects.None;
        At(_current).Step = ReplyStep.Rows;
        return new SessionEffect(SessionEffectKind.SendExecute, id);
    }

    /// <summary>The consumer left before the end: rows that still come are thrown away.</summary>
    public SessionEffects OnAbandoned(RequestId id)
    {
        for (var i = _current; i < _count; i++)
        {
            ref var entry = ref At(i);
            if (entry.Id != id)
                continue;
            entry.Abandoned = true;
            return entry.Step == ReplyStep.Suspended ? EndPortal(ref entry) : SessionEffects.None;
        }

        return SessionEffects.None;
    }

    /// <summary>The user wants the command cancelled. If it is not the head, it waits until it is.</summary>
    public SessionEffects OnCancelWanted(RequestId id)
    {
        for (var i = _current; i < _count; i++)
        {
            ref var entry = ref At(i);
            if (entry.Id != id)
                continue;
            entry.CancelWanted = true;
            return entry.Step == ReplyStep.Suspended ? EndPortal(ref entry) : CancelDue();
        }

        return SessionEffects.None;
    }

    /// <summary>The cancel's own socket has ended, whatever came of it.</summary>
    public SessionEffects OnCancelSocketEnded()
    {
        var wasOpen = _gate.IsOpen;
        if (!_gate.OnSocketEnded() || wasOpen)
            return SessionEffects.None;
        return new SessionEffects(new SessionEffect(SessionEffectKind.OpenGate), CancelDue());
    }

    /// <summary>The link is gone: seals the fate of everything that is left. Nothing may be submitted after it.</summary>
    public void OnTransportLost()
    {
        for (var i = 0; i < _count; i++)
        {
            ref var entry = ref At(i);
            if (entry.Ended)
                continue;
            entry.Ended = true;
            if (entry.Error is null)
                entry.End = entry.Sent ? CommandEnd.Lost : CommandEnd.NotSent;
        }

        _current = _count;
    }

    /// <summary>Takes the next command whose fate is sealed.</summary>
    public bool TryTakeFinished(out FinishedCommand finished)
    {
        if (_count == 0 || !At(0).Ended)
        {
            finished = default;
            return false;
        }

        ref var entry = ref At(0);
        finished = new FinishedCommand(entry.Id, entry.End, entry.Error, entry.Tag, entry.BlamedOn, entry.CancelSent, entry.Shape.Safety);
        entry = default;
        _first = (_first + 1) & (_ring.Length - 1);
        _count--;
        _current--;
        return true;
    }

    private static ReplyStep FirstStep(in CommandShape shape) => shape.Protocol switch
    {
        CommandProtocol.Simple => ReplyStep.SimpleResults,
        CommandProtocol.Extended => shape.ClosesStatement ? ReplyStep.Close : AfterClose(shape),
    };

    private static ReplyStep AfterClose(in CommandShape shape) => shape.Parses ? ReplyStep.Parse : ReplyStep.Bind;

    private delegate ReplyStep NextStep(in CommandShape shape);

    private SessionEffects Advance(ReplyStep expected, NextStep next, string reply)
    {
        if (_current >= _count || At(_current).Step != expected)
            return Violation(reply);
        ref var entry = ref At(_current);
        entry.Step = next(entry.Shape);
        return SessionEffects.None;
    }

    private SessionEffects OnDescribed(RowLayout layout, string reply)
    {
        if (_current >= _count)
            return Violation(reply);
        ref var entry = ref At(_current);
        if (entry.Step is not (ReplyStep.Description or ReplyStep.SimpleResults))
            return Violation(reply);
        if (entry.Step == ReplyStep.Description)
            entry.Step = ReplyStep.Rows;
        return new SessionEffect(SessionEffectKind.Describe, entry.Id, layout);
    }

    private SessionEffects OnExecuted(string reply)
    {
        ref var entry = ref At(_current);
        if (entry.Step != ReplyStep.Rows)
            return Violation(reply);
        entry.Executed = true;
        if (entry.OwesSync)
            return EndPortal(ref entry);
        if (entry.Shape.Syncs)
            entry.Step = ReplyStep.Ready;
        else
            _current++;
        return SessionEffects.None;
    }

    // Outside a transaction block the Sync drops the portal; inside one the next Bind replaces it.
    private static SessionEffects EndPortal(ref PipelineEntry entry)
    {
        entry.OwesSync = false;
        entry.Step = ReplyStep.Ready;
        return new SessionEffect(SessionEffectKind.SendSync, entry.Id);
    }

    private CommandEnd JudgeFailure(ref PipelineEntry entry, PgError error)
    {
        if (error.SqlState != QueryCanceled)
            return CommandEnd.Failed;
        var strayed = !entry.CancelSent && _gate.CouldHaveHit(entry.Id);
        if (entry.CancelSent || strayed)
            _gate.OnStruck();

        // Run again only what has left nothing behind and shown nothing to anybody.
        var alone = _current == 0 && entry.Shape.Syncs;
        return strayed && alone && !entry.Delivered && !entry.CancelWanted
            && entry.Shape.Safety == StatementSafety.RollsBack && Status == TransactionStatus.Idle
            ? CommandEnd.HitByCancel
            : CommandEnd.Failed;
    }

    private SessionEffects OnFatal(PgError error)
    {
        if (_current < _count)
        {
            ref var entry = ref At(_current);
            entry.Error = error;
            entry.BlamedOn = default;

            // With its CommandComplete in hand the commit may have happened before the session ended.
            entry.End = entry.Executed ? CommandEnd.Lost : CommandEnd.Failed;
            for (var i = 0; i < _current; i++)
                Blame(ref At(i), entry.Id, error, entry.Executed ? CommandEnd.Lost : CommandEnd.RolledBack);
            for (var i = _current + 1; i < _count; i++)
                Blame(ref At(i), entry.Id, error, At(i).Sent ? CommandEnd.NeverRun : CommandEnd.NotSent);
        }

        return new SessionEffect(SessionEffectKind.CloseTransport, default, new SessionFailure(
            SessionFailureKind.ServerEnded, $"The server ended the session: {error.Message}", error));
    }

    private static void Blame(ref PipelineEntry entry, RequestId culprit, PgError error, CommandEnd end)
    {
        if (entry.Ended || entry.Error is not null)
            return;
        entry.Error = error;
        entry.BlamedOn = culprit;
        entry.End = end;
    }

    // The Sync that ends the current group; a portal fetched in parts is a group of its own.
    private int LastOfGroup()
    {
        for (var i = _current; i < _count; i++)
        {
            ref var entry = ref At(i);
            if (entry.Shape.Syncs || entry.Shape.RowLimit > 0 || entry.Shape.Protocol == CommandProtocol.Simple)
                return i;
        }

        return _count - 1;
    }

    private SessionEffect CancelDue()
    {
        if (_current >= _count || !_gate.IsOpen)
            return SessionEffect.None;
        ref var entry = ref At(_current);
        if (!entry.CancelWanted || entry.CancelSent || entry.Step == ReplyStep.Ready)
            return SessionEffect.None;
        entry.CancelSent = true;
        _gate.OnStarted(entry.Id, _lastSubmitted);
        return new SessionEffect(SessionEffectKind.StartCancel, entry.Id);
    }

    private SessionEffects Violation(string reply) => new SessionEffect(SessionEffectKind.CloseTransport, default, new SessionFailure(
        SessionFailureKind.ProtocolViolation,
        _current < _count
            ? $"The server sent {reply} where the reply to step '{At(_current).Step}' of a command was due."
            : $"The server sent {reply} although no command was waiting for a reply."));

    private ref PipelineEntry At(int index) => ref _ring[(_first + index) & (_ring.Length - 1)];

    private void Grow()
    {
        var larger = new PipelineEntry[_ring.Length * 2];
        for (var i = 0; i < _count; i++)
            larger[i] = At(i);
        _ring = larger;
        _first = 0;
    }
}
