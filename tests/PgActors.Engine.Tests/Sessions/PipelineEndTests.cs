using PgActors.Protocol;
using PgActors.Sessions;
using static PgActors.Engine.Tests.Sessions.Pipelines;

namespace PgActors.Engine.Tests.Sessions;

/// <summary>What is known of each command when its session ends.</summary>
public sealed class PipelineEndTests
{
    private static readonly PgError PoolerLostServer = Error(SqlStates.ProtocolViolation, "FATAL");

    [Fact]
    public void Lost_link_tells_what_was_sent_from_what_was_not()
    {
        var machine = Sent(Cached, Member, Cached);
        machine.OnSubmitted(new RequestId(4), Cached);

        machine.OnTransportLost();
        var finished = machine.Take();
        Assert.Equal([CommandEnd.Lost, CommandEnd.Lost, CommandEnd.Lost, CommandEnd.NotSent], finished.Select(one => one.End));
        Assert.Equal(
            [Outcome.Unknown, Outcome.Unknown, Outcome.Unknown, Outcome.NotSent], finished.Select(one => one.Outcome));
    }

    [Fact]
    public void Thousand_commands_on_a_lost_link_end_in_order_and_once()
    {
        var machine = new PipelineMachine();
        for (var i = 1; i <= 1000; i++)
            machine.OnSubmitted(new RequestId(i), Cached);
        machine.OnFlushed();

        machine.OnTransportLost();
        machine.OnTransportLost();
        Assert.Equal(Enumerable.Range(1, 1000).Select(i => (long)i), machine.Take().Select(finished => finished.Request.Value));
        Assert.Equal(0, machine.Count);
        Assert.False(machine.AcceptsCommands);
        Assert.Equal(RequestId.None, machine.Head);
    }

    [Fact]
    public void Link_lost_at_any_step_leaves_the_effect_unknown()
    {
        Func<PipelineMachine>[] steps =
        [
            () => Sent(Closing),
            () => Sent(Parsed),
            () => Sent(Cached),
            () => Sent(Cached).Bound(),
            () => Sent(Cached).Executed(),
            () => Sent(Simple),
            () => Sent(Simple).Also(machine => machine.OnCommandComplete(OneRow)),
        ];
        foreach (var make in steps)
            Assert.Equal([CommandEnd.Lost], make().Also(machine => machine.OnTransportLost()).Ends());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Group_whose_sync_never_left_is_undone_by_the_loss(int executed)
    {
        var machine = Sent(Cached, Member, Member).Completed();
        machine.OnSubmitted(new RequestId(4), Cached);
        for (var i = 0; i < executed; i++)
            machine.Executed();

        machine.OnTransportLost();
        var finished = machine.Take();
        Assert.Equal([CommandEnd.RolledBack, CommandEnd.RolledBack, CommandEnd.NotSent], finished.Select(one => one.End));
        Assert.Equal([Outcome.RolledBack, Outcome.RolledBack, Outcome.NotSent], finished.Select(one => one.Outcome));
    }

    [Theory]
    [InlineData(StatementSafety.MayCommit)]
    [InlineData(StatementSafety.AllOrNothing)]
    public void Command_that_may_commit_by_itself_leaves_what_stands_before_it_in_doubt(StatementSafety safety)
    {
        var machine = Sent(Member, Member with { Safety = safety }, Member);

        machine.OnTransportLost();
        var finished = machine.Take();
        Assert.Equal([Outcome.Unknown, Outcome.Unknown, Outcome.RolledBack], finished.Select(one => one.Outcome));
    }

    [Fact]
    public void Group_whose_last_was_never_bound_is_undone_by_the_loss()
    {
        var machine = Sent(Member, Careful with { Safety = StatementSafety.MayCommit });

        machine.OnTransportLost();
        var finished = machine.Take();
        Assert.Equal([CommandEnd.RolledBack, CommandEnd.NeverRun], finished.Select(one => one.End));
        Assert.Equal([Outcome.RolledBack, Outcome.RolledBack], finished.Select(one => one.Outcome));
    }

    [Fact]
    public void Portal_that_waits_for_its_next_fetch_is_undone_by_the_loss()
    {
        var machine = Sent(Cached, Portal).Completed().Suspended();

        machine.OnTransportLost();
        Assert.Equal([Outcome.RolledBack], machine.Take().Select(one => one.Outcome));
    }

    [Fact]
    public void Error_that_was_heard_before_the_link_was_lost_counts()
    {
        var machine = Sent(Member, Member, Cached, Cached);
        machine.Executed().OnError(Duplicate);

        machine.OnTransportLost();
        Assert.Equal(
            [CommandEnd.RolledBack, CommandEnd.Failed, CommandEnd.Skipped, CommandEnd.Lost], machine.Ends());
    }

    [Fact]
    public void Command_that_had_ended_before_the_link_was_lost_stays_as_it_is()
    {
        var machine = Sent(Cached, Cached);
        machine.Executed().OnReadyForQuery(TransactionStatus.Idle);

        machine.OnTransportLost();
        Assert.Equal([CommandEnd.Succeeded, CommandEnd.Lost], machine.Ends());
    }

    [Fact]
    public void Fatal_error_fails_the_head_and_proves_that_those_behind_were_never_run()
    {
        var machine = Sent(Cached, Cached, Member);
        machine.OnSubmitted(new RequestId(4), Cached);
        machine.Bound();

        AssertClosed(SessionFailureKind.ServerEnded, machine.OnError(Shutdown));
        machine.OnTransportLost();
        var finished = machine.Take();
        Assert.Equal(
            [
                Failed(First, Shutdown),
                Blamed(Second, CommandEnd.NeverRun, Shutdown, First),
                Blamed(Third, CommandEnd.NeverRun, Shutdown, First),
                Blamed(new RequestId(4), CommandEnd.NotSent, Shutdown, First),
            ],
            finished);
        Assert.Equal(
            [Outcome.RolledBack, Outcome.RolledBack, Outcome.RolledBack, Outcome.NotSent], finished.Select(one => one.Outcome));
    }

    [Theory]
    [InlineData(StatementSafety.MayCommit, Outcome.Unknown)]
    [InlineData(StatementSafety.AllOrNothing, Outcome.Unknown)]
    [InlineData(StatementSafety.RollsBack, Outcome.RolledBack)]
    public void Fatal_error_while_a_command_runs_proves_only_what_its_kind_allows(StatementSafety safety, Outcome expected)
    {
        var machine = Sent(Member, Cached with { Safety = safety });
        machine.Executed().Bound();

        machine.OnError(Shutdown);
        machine.OnTransportLost();
        var finished = machine.Take();
        Assert.Equal([CommandEnd.RolledBack, CommandEnd.Failed], finished.Select(one => one.End));
        Assert.Equal([expected, expected], finished.Select(one => one.Outcome));
    }

    [Fact]
    public void Fatal_error_before_a_command_is_executed_proves_that_it_did_nothing()
    {
        Func<CommandShape, PipelineMachine>[] steps =
        [
            shape => Sent(shape with { Closes = true }),
            shape => Sent(shape),
            shape => Sent(shape).Also(machine => machine.OnParseComplete()),
            shape => Sent(shape).Also(machine => machine.OnParseComplete()).Bound(),
        ];
        foreach (var make in steps)
        {
            var machine = make(Parsed with { Safety = StatementSafety.MayCommit });
            machine.OnError(Shutdown);
            machine.OnTransportLost();
            Assert.Equal(Outcome.RolledBack, Assert.Single(machine.Take()).Outcome);
        }
    }

    [Fact]
    public void Fatal_error_in_place_of_the_answer_to_the_sync_leaves_the_commit_unknown()
    {
        var machine = Sent(Member, Cached, Cached);
        machine.Executed().Executed();

        machine.OnError(Shutdown);
        machine.OnTransportLost();
        var finished = machine.Take();
        Assert.Equal([CommandEnd.Lost, CommandEnd.Lost, CommandEnd.NeverRun], finished.Select(one => one.End));
        Assert.Equal([Outcome.Unknown, Outcome.Unknown, Outcome.RolledBack], finished.Select(one => one.Outcome));
    }

    [Fact]
    public void Fatal_error_behind_an_error_keeps_the_first()
    {
        var machine = Sent(Cached);
        machine.OnError(Duplicate);

        machine.OnError(Shutdown);
        machine.OnTransportLost();
        Assert.Equal([Failed(First, Duplicate)], machine.Take());
    }

    [Fact]
    public void Fatal_error_of_a_pooler_that_lost_its_server_proves_nothing()
    {
        var machine = Sent(Member, Cached, Cached);
        machine.OnSubmitted(new RequestId(4), Cached);
        machine.Executed();

        machine.OnError(PoolerLostServer);
        machine.OnTransportLost();
        Assert.Equal([CommandEnd.Lost, CommandEnd.Lost, CommandEnd.Lost, CommandEnd.NotSent], machine.Ends());
    }

    [Fact]
    public void Fatal_error_for_a_head_that_was_not_sent_is_none_of_its_doing()
    {
        var machine = Buffered(Cached);

        machine.OnError(Shutdown);
        machine.OnTransportLost();
        Assert.Equal([CommandEnd.NotSent], machine.Ends());
    }

    [Fact]
    public void Error_at_commit_fails_the_command_although_it_was_complete()
    {
        var machine = Sent(Cached).Executed();

        Assert.Equal(None, machine.OnError(Duplicate));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Failed(First, Duplicate)], machine.Take());
    }

    [Fact]
    public void Every_end_has_an_outcome()
    {
        Assert.Equal(
            [
                (CommandEnd.Succeeded, Outcome.Unknown), (CommandEnd.Failed, Outcome.RolledBack), (CommandEnd.Skipped, Outcome.RolledBack),
                (CommandEnd.RolledBack, Outcome.RolledBack), (CommandEnd.HitByCancel, Outcome.RolledBack),
                (CommandEnd.NotSent, Outcome.NotSent), (CommandEnd.NeverRun, Outcome.RolledBack), (CommandEnd.Lost, Outcome.Unknown),
                (CommandEnd.StoppedEarly, Outcome.Unknown),
            ],
            Enum.GetValues<CommandEnd>().Select(
                end => (end, new FinishedCommand(First, end, Duplicate, default, default, false, StatementSafety.RollsBack).Outcome)));
    }
}
