using PgActors.Protocol;
using PgActors.Rows;
using PgActors.Sessions;

namespace PgActors.Engine.Tests.Sessions;

/// <summary>Pipelines brought to a step by feeding them what a server would send, and what to expect of them.</summary>
internal static class Pipelines
{
    public static readonly CommandShape Cached = new(CommandProtocol.Extended, StatementSafety.RollsBack) { Syncs = true };
    public static readonly CommandShape Parsed = Cached with { Parses = true, Describes = true };
    public static readonly CommandShape Careful = Cached with { Parses = true, DescribesFirst = true };
    public static readonly CommandShape Closing = Parsed with { Closes = true };
    public static readonly CommandShape Member = Cached with { Syncs = false };
    public static readonly CommandShape Portal = Member with { RowLimit = 2, LimitsDemand = true };
    public static readonly CommandShape Simple = new(CommandProtocol.Simple, StatementSafety.MayCommit) { Syncs = true };

    public static readonly RequestId First = new(1);
    public static readonly RequestId Second = new(2);
    public static readonly RequestId Third = new(3);

    public static readonly RowLayout Layout = new([new ColumnDescription("n", 0, 0, 23, 4, -1, DataFormat.Binary)]);
    public static readonly CommandTag OneRow = new("SELECT", 1);

    public static readonly PgError Duplicate = Error(SqlStates.UniqueViolation);
    public static readonly PgError Canceled = Error(SqlStates.QueryCanceled);
    public static readonly PgError Shutdown = Error(SqlStates.AdminShutdown, "FATAL");

    public static readonly SessionEffects None = SessionEffects.None;
    public static readonly SessionEffects Finished = Order(SessionEffectKind.TakeFinished);
    public static readonly SessionEffects Opened = Order(SessionEffectKind.OpenGate);

    public static readonly SessionEffects FinishedAndOpened =
        new(new SessionEffect(SessionEffectKind.TakeFinished), new SessionEffect(SessionEffectKind.OpenGate));

    public static PgError Error(string state, string severity = "ERROR") => new() { Severity = severity, SqlState = state, Message = "no" };

    public static SessionEffects Order(SessionEffectKind kind, RequestId id = default, object? detail = null) =>
        new SessionEffect(kind, id, detail);

    public static SessionEffects FinishedAndCancel(RequestId id) =>
        new(new SessionEffect(SessionEffectKind.TakeFinished), new SessionEffect(SessionEffectKind.StartCancel, id));

    public static SessionEffects OpenedAnd(SessionEffectKind kind, RequestId id) =>
        new(new SessionEffect(SessionEffectKind.OpenGate), new SessionEffect(kind, id));

    public static SessionEffects Cancel(RequestId id) => Order(SessionEffectKind.StartCancel, id);

    /// <summary>A pipeline with commands 1, 2, … on the wire.</summary>
    public static PipelineMachine Sent(params ReadOnlySpan<CommandShape> shapes)
    {
        var machine = Buffered(shapes);
        machine.OnFlushed();
        return machine;
    }

    /// <summary>A pipeline with commands 1, 2, … written, and not one byte handed to the transport.</summary>
    public static PipelineMachine Buffered(params ReadOnlySpan<CommandShape> shapes)
    {
        var machine = new PipelineMachine();
        for (var i = 0; i < shapes.Length; i++)
            Assert.Equal(None, machine.OnSubmitted(new RequestId(i + 1), shapes[i]));
        return machine;
    }

    /// <summary>Takes the head to its Rows step.</summary>
    public static PipelineMachine Bound(this PipelineMachine machine)
    {
        Assert.Equal(None, machine.OnBindComplete());
        return machine;
    }

    /// <summary>Takes the head that is described first to where its Bind is due.</summary>
    public static PipelineMachine Described(this PipelineMachine machine)
    {
        var id = machine.Head;
        machine.OnParseComplete();
        Assert.Equal(None, machine.OnParameterDescription());
        Assert.Equal(
            new SessionEffects(
                new SessionEffect(SessionEffectKind.Describe, id, Layout), new SessionEffect(SessionEffectKind.SendBind, id)),
            machine.OnRowDescription(Layout));
        return machine;
    }

    /// <summary>Takes the head, and the cancel if there is one, to its CommandComplete.</summary>
    public static PipelineMachine Executed(this PipelineMachine machine)
    {
        machine.Bound().OnCommandComplete(OneRow);
        return machine;
    }

    /// <summary>Takes the head with a Sync of its own to its end.</summary>
    public static PipelineMachine Completed(this PipelineMachine machine)
    {
        machine.Executed().OnReadyForQuery(TransactionStatus.Idle);
        machine.Take();
        return machine;
    }

    /// <summary>A portal, the head, with two rows out and the server waiting.</summary>
    public static PipelineMachine Suspended(this PipelineMachine machine)
    {
        var id = machine.Head;
        machine.Bound();
        Assert.Equal(Order(SessionEffectKind.ForwardRows, id), machine.OnRows());
        Assert.Equal(Order(SessionEffectKind.AwaitDemand, id), machine.OnPortalSuspended());
        return machine;
    }

    /// <summary>Takes what has ended; where it was when it did is told by a test of its own.</summary>
    public static List<FinishedCommand> Take(this PipelineMachine machine)
    {
        var all = new List<FinishedCommand>();
        while (machine.TryTakeFinished(out var finished))
            all.Add(finished with { Phase = default });
        return all;
    }

    public static CommandEnd[] Ends(this PipelineMachine machine) => [.. machine.Take().Select(finished => finished.End)];

    public static FinishedCommand Succeeded(RequestId id, CommandTag tag = default, StatementSafety safety = StatementSafety.RollsBack) =>
        new(id, CommandEnd.Succeeded, null, tag, default, false, safety);

    public static FinishedCommand StoppedEarly(RequestId id) =>
        new(id, CommandEnd.StoppedEarly, null, default, default, false, StatementSafety.RollsBack);

    public static FinishedCommand Failed(RequestId id, PgError error, StatementSafety safety = StatementSafety.RollsBack) =>
        new(id, CommandEnd.Failed, error, default, default, false, safety);

    public static FinishedCommand Blamed(RequestId id, CommandEnd end, PgError error, RequestId culprit) =>
        new(id, end, error, default, culprit, false, StatementSafety.RollsBack);

    public static void AssertViolation(SessionEffects effects)
    {
        Assert.Equal(SessionEffectKind.CloseTransport, effects.First.Kind);
        Assert.Equal(SessionFailureKind.ProtocolViolation, Assert.IsType<SessionFailure>(effects.First.Detail).Kind);
        Assert.Equal(SessionEffect.None, effects.Second);
    }

    public static SessionFailure AssertClosed(SessionFailureKind kind, SessionEffects effects)
    {
        Assert.Equal(SessionEffectKind.CloseTransport, effects.First.Kind);
        Assert.Equal(SessionEffect.None, effects.Second);
        var failure = Assert.IsType<SessionFailure>(effects.First.Detail);
        Assert.Equal(kind, failure.Kind);
        return failure;
    }
}
