using PgActors.Protocol;
using PgActors.Sessions;
using static PgActors.Engine.Tests.Sessions.Pipelines;

namespace PgActors.Engine.Tests.Sessions;

public sealed class PipelinePortalTests
{
    private static readonly CommandTag Nothing = new("SELECT", 0);

    [Fact]
    public void Portal_is_fetched_in_parts_and_ended_by_a_sync()
    {
        var machine = Sent(Portal);

        Assert.False(machine.AcceptsCommands);
        Assert.Equal(None, machine.OnBindComplete());
        Assert.Equal(Order(SessionEffectKind.ForwardRows, First), machine.OnRows());
        Assert.Equal(Order(SessionEffectKind.AwaitDemand, First), machine.OnPortalSuspended());
        Assert.Equal(Order(SessionEffectKind.SendExecute, First), machine.OnFetch(First));
        Assert.Equal(Order(SessionEffectKind.ForwardRows, First), machine.OnRows());
        Assert.Equal(Order(SessionEffectKind.SendSync, First), machine.OnCommandComplete(OneRow));
        Assert.True(machine.AcceptsCommands);
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Succeeded(First, OneRow)], machine.Take());
    }

    [Fact]
    public void Limit_that_equals_the_number_of_rows_suspends_once_more()
    {
        var machine = Sent(Portal).Suspended();

        Assert.Equal(Order(SessionEffectKind.SendExecute, First), machine.OnFetch(First));
        Assert.Equal(Order(SessionEffectKind.SendSync, First), machine.OnCommandComplete(Nothing));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Succeeded(First, Nothing)], machine.Take());
    }

    [Fact]
    public void Portal_without_a_single_row_is_ended_at_once()
    {
        var machine = Sent(Portal).Bound();

        Assert.Equal(Order(SessionEffectKind.SendSync, First), machine.OnEmptyQuery());
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Succeeded(First)], machine.Take());
    }

    [Fact]
    public void Fetch_counts_only_for_a_suspended_head()
    {
        var machine = Sent(Portal);

        Assert.Equal(None, machine.OnFetch(First));
        machine.Suspended();
        Assert.Equal(None, machine.OnFetch(Second));
        Assert.Equal(Order(SessionEffectKind.SendExecute, First), machine.OnFetch(First));
        Assert.Equal(None, machine.OnFetch(First));
        Assert.Equal(None, new PipelineMachine().OnFetch(First));
    }

    [Fact]
    public void Abandoned_portal_is_ended_where_it_stands()
    {
        var machine = Sent(Portal).Suspended();

        Assert.Equal(Order(SessionEffectKind.SendSync, First), machine.OnAbandoned(First));
        Assert.Equal(None, machine.OnAbandoned(First));
        Assert.Equal(None, machine.OnFetch(First));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([StoppedEarly(First)], machine.Take());
    }

    [Fact]
    public void Portal_abandoned_while_rows_come_is_ended_when_it_suspends()
    {
        var machine = Sent(Portal).Bound();

        Assert.Equal(None, machine.OnAbandoned(First));
        Assert.Equal(Order(SessionEffectKind.DiscardRows, First), machine.OnRows());
        Assert.Equal(Order(SessionEffectKind.SendSync, First), machine.OnPortalSuspended());
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([CommandEnd.StoppedEarly], machine.Ends());
    }

    [Fact]
    public void Cancel_of_a_suspended_portal_needs_no_cancel_request()
    {
        var machine = Sent(Portal).Suspended();

        Assert.Equal(Order(SessionEffectKind.SendSync, First), machine.OnCancelWanted(First));
        Assert.Equal(CancelGateState.Open, machine.Gate);
        Assert.Equal(None, machine.OnCancelWanted(First));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([StoppedEarly(First)], machine.Take());
    }

    [Fact]
    public void Cancel_that_comes_too_late_for_a_part_ends_the_portal()
    {
        var machine = Sent(Portal).Bound();

        Assert.Equal(Cancel(First), machine.OnCancelWanted(First));
        Assert.Equal(Order(SessionEffectKind.ForwardRows, First), machine.OnRows());
        Assert.Equal(Order(SessionEffectKind.SendSync, First), machine.OnPortalSuspended());
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.False(machine.AcceptsCommands);
        Assert.Equal(Opened, machine.OnCancelSocketEnded());
        Assert.True(machine.AcceptsCommands);
    }

    [Fact]
    public void Cancel_that_strikes_while_a_part_is_fetched_ends_in_a_sync()
    {
        var machine = Sent(Portal).Suspended();
        machine.OnFetch(First);

        Assert.Equal(Cancel(First), machine.OnCancelWanted(First));
        Assert.Equal(Order(SessionEffectKind.SendSync, First), machine.OnError(Canceled));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Failed(First, Canceled) with { CancelSent = true }], machine.Take());
        Assert.Equal(Opened, machine.OnCancelSocketEnded());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Error_while_fetching_ends_in_a_sync(bool suspendedBefore)
    {
        var machine = Sent(Portal);
        if (suspendedBefore)
            machine.Suspended().OnFetch(First);

        Assert.Equal(Order(SessionEffectKind.SendSync, First), machine.OnError(Duplicate));
        Assert.True(machine.AcceptsCommands);
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Failed(First, Duplicate)], machine.Take());
    }

    [Fact]
    public void Error_at_the_sync_of_an_ended_portal_is_its_failure()
    {
        var machine = Sent(Portal).Suspended();
        machine.OnAbandoned(First);

        Assert.Equal(None, machine.OnError(Duplicate));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Failed(First, Duplicate)], machine.Take());
    }

    [Fact]
    public void Nothing_is_accepted_behind_a_portal_that_waits_behind_others()
    {
        var machine = Sent(Cached, Portal);

        Assert.False(machine.AcceptsCommands);
        machine.Completed();
        Assert.False(machine.AcceptsCommands);
        machine.Suspended();
        Assert.False(machine.AcceptsCommands);
        machine.OnAbandoned(Second);
        Assert.True(machine.AcceptsCommands);
    }

    [Fact]
    public void Portal_at_the_end_of_a_group_is_ended_with_it()
    {
        var machine = Sent(Member, Portal);

        Assert.Equal(Order(SessionEffectKind.SendSync, Second), machine.OnError(Duplicate));
        Assert.True(machine.AcceptsCommands);
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Failed(First, Duplicate), Blamed(Second, CommandEnd.Skipped, Duplicate, First)], machine.Take());
    }

    [Fact]
    public void Session_that_ends_while_a_portal_is_suspended_has_committed_nothing()
    {
        var machine = Sent(Portal).Suspended();

        machine.OnError(Shutdown);
        machine.OnTransportLost();
        var failed = Assert.Single(machine.Take());
        Assert.Equal(Failed(First, Shutdown), failed);
        Assert.Equal(Outcome.RolledBack, failed.Outcome);
    }

    [Fact]
    public void Session_that_ends_with_the_sync_of_a_portal_on_its_way_may_have_committed()
    {
        var machine = Sent(Portal).Suspended();
        machine.OnAbandoned(First);

        machine.OnError(Shutdown);
        machine.OnTransportLost();
        var lost = Assert.Single(machine.Take());
        Assert.Equal(CommandEnd.Lost, lost.End);
        Assert.Equal(Outcome.Unknown, lost.Outcome);
    }
}
