using PgActors.Protocol;
using PgActors.Sessions;
using static PgActors.Engine.Tests.Sessions.Pipelines;

namespace PgActors.Engine.Tests.Sessions;

/// <summary>Commands that are described before they are bound: nothing stands behind them until then, and nothing of them has run.</summary>
public sealed class PipelineDescribeTests
{
    private static readonly CommandShape CarefulMember = Careful with { Syncs = false };

    [Fact]
    public void Bind_is_due_when_the_columns_are_known()
    {
        var machine = Sent(Careful);
        Assert.False(machine.AcceptsCommands);

        machine.Described();
        Assert.False(machine.AcceptsCommands);
        machine.OnBound(First);
        Assert.True(machine.AcceptsCommands);
        machine.Completed();
        Assert.Equal(0, machine.Count);
    }

    [Fact]
    public void Statement_without_rows_is_bound_too()
    {
        var machine = Sent(Careful);
        machine.OnParseComplete();
        machine.OnParameterDescription();

        Assert.Equal(SessionEffectKind.SendBind, machine.OnNoData().Second.Kind);
    }

    [Fact]
    public void Error_before_the_bind_asks_for_the_sync_that_was_never_sent()
    {
        var machine = Sent(Careful);
        machine.OnParseComplete();

        Assert.Equal(Order(SessionEffectKind.SendSync, First), machine.OnError(Duplicate));
        Assert.False(machine.OwesBind);
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Failed));
        Assert.Equal([Failed(First, Duplicate)], machine.Take());
    }

    [Fact]
    public void Error_of_a_command_before_it_in_its_group_asks_for_the_sync()
    {
        var machine = Sent(Member, Careful);

        Assert.Equal(Order(SessionEffectKind.SendSync, Second), machine.OnError(Duplicate));
        machine.OnReadyForQuery(TransactionStatus.Idle);
        Assert.Equal([Failed(First, Duplicate), Blamed(Second, CommandEnd.Skipped, Duplicate, First)], machine.Take());
    }

    [Fact]
    public void Error_of_one_inside_a_group_leaves_the_sync_to_the_rest()
    {
        var machine = Sent(CarefulMember);

        Assert.Equal(None, machine.OnError(Duplicate));
        Assert.True(machine.AcceptsCommands);
        Assert.Equal(None, machine.OnSubmitted(Second, Cached));
        machine.OnFlushed();
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Failed));
        Assert.Equal([Failed(First, Duplicate), Blamed(Second, CommandEnd.Skipped, Duplicate, First)], machine.Take());
    }

    [Fact]
    public void Command_that_follows_a_failed_group_is_not_described_any_more()
    {
        var machine = Sent(Member);
        machine.OnError(Duplicate);

        Assert.Equal(Order(SessionEffectKind.SendSync, Second), machine.OnSubmitted(Second, Careful));
        Assert.False(machine.OwesBind);
    }

    [Fact]
    public void Error_at_the_bind_is_that_of_any_command()
    {
        var machine = Sent(Careful).Described();
        machine.OnBound(First);

        Assert.Equal(None, machine.OnError(Duplicate));
        machine.OnReadyForQuery(TransactionStatus.Failed);
        Assert.Equal([Failed(First, Duplicate)], machine.Take());
    }

    [Fact]
    public void Loss_before_the_bind_proves_that_nothing_ran()
    {
        var machine = Sent(Careful with { Safety = StatementSafety.MayCommit }).Described();

        machine.OnTransportLost();
        var finished = Assert.Single(machine.Take());
        Assert.Equal((CommandEnd.NeverRun, Outcome.RolledBack), (finished.End, finished.Outcome));
    }

    [Fact]
    public void Loss_after_the_bind_proves_nothing()
    {
        var machine = Sent(Careful).Described();
        machine.OnBound(First);

        machine.OnTransportLost();
        Assert.Equal([CommandEnd.Lost], machine.Ends());
    }

    [Fact]
    public void Bind_is_held_back_while_an_earlier_cancel_may_still_strike()
    {
        var machine = Sent(Cached, Careful);
        Assert.Equal(Cancel(First), machine.OnCancelWanted(First));
        machine.Executed().OnReadyForQuery(TransactionStatus.Idle);
        machine.Take();
        machine.OnParseComplete();
        machine.OnParameterDescription();

        Assert.Equal(SessionEffect.None, machine.OnRowDescription(Layout).Second);
        Assert.Equal(OpenedAnd(SessionEffectKind.SendBind, Second), machine.OnCancelSocketEnded());
        machine.OnBound(Second);
        machine.Completed();
    }

    [Fact]
    public void Cancel_names_one_that_waits_for_its_description()
    {
        var machine = Sent(Careful);

        Assert.Equal(Cancel(First), machine.OnCancelWanted(First));
        machine.Described();
        machine.OnBound(First);
        machine.OnError(Canceled);
        machine.OnReadyForQuery(TransactionStatus.Idle);
        Assert.Equal([Failed(First, Canceled) with { CancelSent = true }], machine.Take());
    }

    [Fact]
    public void Portal_that_is_fetched_in_parts_is_described_first_and_owes_its_sync_still()
    {
        var machine = Sent(Careful with { Syncs = false, RowLimit = 2, LimitsDemand = true }).Described();
        machine.OnBound(First);

        Assert.False(machine.AcceptsCommands);
        machine.Suspended();
        Assert.Equal(Order(SessionEffectKind.SendSync, First), machine.OnAbandoned(First));
    }
}
