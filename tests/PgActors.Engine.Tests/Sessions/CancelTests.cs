using PgActors.Protocol;
using PgActors.Sessions;
using static PgActors.Engine.Tests.Sessions.Pipelines;

namespace PgActors.Engine.Tests.Sessions;

public sealed class CancelTests
{
    [Fact]
    public void Head_is_cancelled_at_once_and_the_gate_waits_for_both_ends_socket_first()
    {
        var machine = Sent(Cached);

        Assert.Equal(Cancel(First), machine.OnCancelWanted(First));
        Assert.Equal(CancelGateState.AwaitingBoth, machine.Gate);
        Assert.False(machine.AcceptsCommands);
        Assert.Equal(None, machine.OnCancelSocketEnded());
        Assert.Equal(CancelGateState.AwaitingReady, machine.Gate);
        Assert.False(machine.AcceptsCommands);
        Assert.Equal(None, machine.OnError(Canceled));
        Assert.False(machine.AcceptsCommands);
        Assert.Equal(FinishedAndOpened, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.True(machine.AcceptsCommands);
        Assert.Equal([Failed(First, Canceled) with { CancelSent = true }], machine.Take());
    }

    [Fact]
    public void Head_is_cancelled_at_once_and_the_gate_waits_for_both_ends_ready_first()
    {
        var machine = Sent(Cached);
        machine.OnCancelWanted(First);

        Assert.Equal(None, machine.OnError(Canceled));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal(CancelGateState.AwaitingSocketEnd, machine.Gate);
        Assert.False(machine.AcceptsCommands);
        Assert.Equal(Opened, machine.OnCancelSocketEnded());
        Assert.True(machine.AcceptsCommands);
        Assert.Equal(None, machine.OnCancelSocketEnded());
    }

    [Fact]
    public void Cancel_wanted_twice_is_sent_once()
    {
        var machine = Sent(Cached);

        Assert.Equal(Cancel(First), machine.OnCancelWanted(First));
        Assert.Equal(None, machine.OnCancelWanted(First));
        Assert.Equal(None, machine.OnCancelSocketEnded());
        Assert.Equal(None, machine.OnCancelWanted(First));
    }

    [Fact]
    public void Cancel_of_a_command_that_is_not_on_the_wire_waits_for_it()
    {
        var machine = Buffered(Cached);

        Assert.Equal(None, machine.OnCancelWanted(First));
        Assert.True(machine.AcceptsCommands);
        Assert.Equal(Cancel(First), machine.OnFlushed());
        Assert.Equal(None, machine.OnFlushed());
    }

    [Fact]
    public void Cancel_of_a_command_behind_others_waits_until_it_is_the_head()
    {
        var machine = Sent(Cached, Cached, Cached);

        Assert.Equal(None, machine.OnCancelWanted(Third));
        Assert.True(machine.AcceptsCommands);
        machine.Executed();
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        machine.Executed();
        Assert.Equal(FinishedAndCancel(Third), machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.False(machine.AcceptsCommands);
    }

    [Fact]
    public void Cancel_of_what_has_ended_or_never_was_does_nothing()
    {
        var machine = Sent(Cached, Cached).Completed();

        Assert.Equal(None, machine.OnCancelWanted(First));
        Assert.Equal(None, machine.OnCancelWanted(new RequestId(7)));
        machine.Executed();
        Assert.Equal(None, machine.OnCancelWanted(Second));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Succeeded(Second, OneRow)], machine.Take());
    }

    [Fact]
    public void Neighbour_that_was_hit_by_accident_may_run_again()
    {
        var machine = AtStrayCancel(Cached);

        Assert.Equal(None, machine.OnError(Canceled));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        var hit = Assert.Single(machine.Take());
        Assert.Equal(Failed(Second, Canceled) with { End = CommandEnd.HitByCancel }, hit);
        Assert.Equal(Outcome.RolledBack, hit.Outcome);
    }

    [Fact]
    public void Portal_that_was_hit_before_its_first_row_may_run_again()
    {
        var machine = AtStrayCancel(Portal);

        Assert.Equal(Order(SessionEffectKind.SendSync, Second), machine.OnError(Canceled));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([CommandEnd.HitByCancel], machine.Ends());
    }

    [Theory]
    [InlineData(StatementSafety.MayCommit)]
    [InlineData(StatementSafety.AllOrNothing)]
    public void Neighbour_that_may_have_left_something_is_not_run_again(StatementSafety safety)
        => Assert.Equal([CommandEnd.Failed], Hit(AtStrayCancel(Cached with { Safety = safety })));

    [Fact]
    public void Neighbours_that_share_a_sync_run_again_together()
    {
        CommandEnd[] both = [CommandEnd.HitByCancel, CommandEnd.HitByCancel];
        Assert.Equal(both, Hit(AtStrayCancel(Member, Cached)));
        Assert.Equal(both, Hit(AtStrayCancel(Member, Cached).Executed()));

        var incomplete = AtStrayCancel(Member);
        incomplete.OnError(Canceled);
        incomplete.OnSubmitted(Third, Cached);
        incomplete.OnFlushed();
        incomplete.OnReadyForQuery(TransactionStatus.Idle);
        Assert.Equal(both, incomplete.Ends());
    }

    [Fact]
    public void Neighbours_that_share_a_sync_with_one_that_may_leave_something_behind_are_not_run_again()
        => Assert.Equal(
            [CommandEnd.RolledBack, CommandEnd.Failed],
            Hit(AtStrayCancel(Member with { Safety = StatementSafety.AllOrNothing }, Cached).Executed()));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Neighbours_of_which_one_is_to_be_cancelled_are_not_run_again(int wanted)
    {
        var before = AtStrayCancel(Member, Cached);
        before.OnCancelWanted(new RequestId(wanted));
        Assert.Equal([CommandEnd.Failed, CommandEnd.Skipped], Hit(before));

        var behind = AtStrayCancel(Member, Cached).Executed();
        behind.OnError(Canceled);
        behind.OnCancelWanted(new RequestId(wanted));
        behind.OnReadyForQuery(TransactionStatus.Idle);
        Assert.Equal(wanted == 3 ? [CommandEnd.RolledBack, CommandEnd.Failed] : [CommandEnd.HitByCancel, CommandEnd.HitByCancel], behind.Ends());
    }

    [Fact]
    public void Neighbour_whose_rows_were_seen_is_not_run_again()
        => Assert.Equal(
            [CommandEnd.Failed], Hit(AtStrayCancel(Cached with { LimitsDemand = true }).Bound().Also(machine => machine.OnRows())));

    // The server looks for cancels once more between the last row and the end of a statement.
    [Fact]
    public void Neighbour_whose_rows_nobody_saw_yet_may_run_again()
        => Assert.Equal([CommandEnd.HitByCancel], Hit(AtStrayCancel(Cached).Bound().Also(machine => machine.OnRows())));

    [Fact]
    public void Neighbour_inside_a_transaction_is_not_run_again()
        => Assert.Equal([CommandEnd.Failed], Hit(AtStrayCancel(TransactionStatus.InTransaction, Cached)));

    [Fact]
    public void Neighbour_that_is_to_be_cancelled_anyway_is_not_run_again()
        => Assert.Equal([CommandEnd.Failed], Hit(AtStrayCancel(Cached).Also(machine => machine.OnCancelWanted(Second))));

    [Fact]
    public void Neighbour_that_is_wanted_gone_after_it_was_hit_is_not_run_again()
    {
        var machine = AtStrayCancel(Cached);
        machine.OnError(Canceled);

        Assert.Equal(None, machine.OnCancelWanted(Second));
        machine.OnReadyForQuery(TransactionStatus.Idle);
        Assert.Equal([CommandEnd.Failed], machine.Ends());
    }

    [Fact]
    public void Neighbour_is_hit_although_its_predecessor_was_not_taken_yet()
    {
        var machine = Sent(Cached, Cached);
        machine.OnCancelWanted(First);
        machine.Executed().OnReadyForQuery(TransactionStatus.Idle);

        Assert.Equal([CommandEnd.Succeeded, CommandEnd.HitByCancel], Hit(machine));
    }

    [Fact]
    public void One_cancel_strikes_once()
    {
        var machine = AtStrayCancel(Cached, Cached);

        Assert.Equal([CommandEnd.HitByCancel], Hit(machine));
        Assert.Equal([CommandEnd.Failed], Hit(machine));
    }

    [Fact]
    public void Cancel_that_struck_its_target_is_spent()
    {
        var machine = Sent(Cached, Cached);
        machine.OnCancelWanted(First);

        Assert.Equal([CommandEnd.Failed], Hit(machine));
        Assert.Equal([CommandEnd.Failed], Hit(machine));
    }

    [Fact]
    public void Two_cancels_can_strike_twice()
    {
        // The first strays, since its target was done; so the second one's target can fall to the first, and a neighbour to the second.
        var machine = Sent(Cached, Cached, Cached, Cached);
        machine.OnCancelWanted(First);
        machine.OnCancelWanted(Second);
        machine.Executed().OnReadyForQuery(TransactionStatus.Idle);
        machine.Take();
        Assert.Equal(Cancel(Second), machine.OnCancelSocketEnded());

        Assert.Equal([CommandEnd.Failed], Hit(machine));
        Assert.Equal([CommandEnd.HitByCancel], Hit(machine));
        Assert.Equal([CommandEnd.Failed], Hit(machine));
    }

    [Fact]
    public void Command_submitted_after_the_gate_opened_cannot_have_been_hit()
    {
        var machine = Sent(Cached);
        machine.OnCancelWanted(First);
        machine.OnCancelSocketEnded();
        machine.Completed();

        machine.OnSubmitted(Second, Cached);
        machine.OnFlushed();
        Assert.Equal([CommandEnd.Failed], Hit(machine));
    }

    [Fact]
    public void Cancel_that_nobody_here_sent_is_a_failure()
        => Assert.Equal([Failed(First, Canceled)], Sent(Cached).Also(machine => Strike(machine)).Take());

    [Fact]
    public void Other_error_of_a_neighbour_is_its_own()
    {
        var machine = AtStrayCancel(Cached, Cached);

        machine.OnError(Duplicate);
        machine.OnReadyForQuery(TransactionStatus.Idle);
        Assert.Equal([Failed(Second, Duplicate)], machine.Take());
        Assert.Equal([CommandEnd.HitByCancel], Hit(machine));
    }

    [Fact]
    public void Next_cancel_waits_for_the_one_under_way_and_the_gate_stays_shut_between()
    {
        var socketFirst = Sent(Cached, Cached);
        socketFirst.OnCancelWanted(First);
        Assert.Equal(None, socketFirst.OnCancelWanted(Second));
        socketFirst.OnCancelSocketEnded();
        socketFirst.Executed();
        Assert.Equal(FinishedAndCancel(Second), socketFirst.OnReadyForQuery(TransactionStatus.Idle));
        Assert.False(socketFirst.AcceptsCommands);

        var readyFirst = Sent(Cached, Cached);
        readyFirst.OnCancelWanted(First);
        readyFirst.OnCancelWanted(Second);
        readyFirst.Executed();
        Assert.Equal(Finished, readyFirst.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal(Cancel(Second), readyFirst.OnCancelSocketEnded());
        Assert.False(readyFirst.AcceptsCommands);
        readyFirst.OnError(Canceled);
        Assert.Equal(Finished, readyFirst.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal(Opened, readyFirst.OnCancelSocketEnded());
    }

    [Fact]
    public void Member_of_a_group_opens_the_gate_with_the_ready_of_the_group()
    {
        var machine = Sent(Member, Cached);
        Assert.Equal(Cancel(First), machine.OnCancelWanted(First));

        machine.OnCancelSocketEnded();
        machine.Executed().Executed();
        Assert.Equal(FinishedAndOpened, machine.OnReadyForQuery(TransactionStatus.Idle));
    }

    [Fact]
    public void Member_of_a_group_is_cancelled_when_the_one_before_has_executed()
    {
        var machine = Sent(Member, Cached);

        Assert.Equal(None, machine.OnCancelWanted(Second));
        machine.Bound();
        Assert.Equal(Cancel(Second), machine.OnCommandComplete(OneRow));
    }

    [Fact]
    public void Cancel_that_missed_in_a_group_is_sent_again_for_the_next_member()
    {
        var machine = Sent(Member, Member, Cached);
        machine.OnCancelWanted(First);
        machine.OnCancelWanted(Second);
        machine.OnCancelWanted(Third);

        machine.Executed();
        Assert.Equal(Cancel(Second), machine.OnCancelSocketEnded());
        Assert.Equal(None, machine.OnCancelSocketEnded());
        machine.Bound();
        Assert.Equal(Cancel(Third), machine.OnCommandComplete(OneRow));
        machine.OnError(Canceled);
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal(Opened, machine.OnCancelSocketEnded());
    }

    [Fact]
    public void Group_is_complete_before_the_gate_shuts_on_it()
    {
        var machine = Sent(Member);

        Assert.Equal(None, machine.OnCancelWanted(First));
        Assert.True(machine.AcceptsCommands);
        machine.OnSubmitted(Second, Cached);
        Assert.Equal(Cancel(First), machine.OnFlushed());
        Assert.False(machine.AcceptsCommands);
    }

    [Fact]
    public void Portal_sends_nothing_while_a_cancel_before_it_may_still_strike()
    {
        var machine = AtStrayCancel(Portal).Suspended();

        Assert.Equal(None, machine.OnFetch(Second));
        Assert.Equal(None, machine.OnFetch(Second));
        Assert.Equal(OpenedAnd(SessionEffectKind.SendExecute, Second), machine.OnCancelSocketEnded());
        Assert.Equal(Order(SessionEffectKind.ForwardRows, Second), machine.OnRows());
        Assert.Equal(Order(SessionEffectKind.AwaitDemand, Second), machine.OnPortalSuspended());
        Assert.Equal(Order(SessionEffectKind.SendExecute, Second), machine.OnFetch(Second));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Portal_that_is_left_meanwhile_ends_when_the_gate_opens(bool fetchHeld)
    {
        var machine = AtStrayCancel(Portal).Suspended();
        if (fetchHeld)
            machine.OnFetch(Second);

        Assert.Equal(None, fetchHeld ? machine.OnAbandoned(Second) : machine.OnCancelWanted(Second));
        Assert.False(machine.AcceptsCommands);
        Assert.Equal(OpenedAnd(SessionEffectKind.SendSync, Second), machine.OnCancelSocketEnded());
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([CommandEnd.StoppedEarly], machine.Ends());
    }

    [Fact]
    public void Loss_of_the_link_ends_every_cancel()
    {
        var machine = Sent(Cached, Cached);
        machine.OnCancelWanted(First);
        machine.OnCancelWanted(Second);

        machine.OnTransportLost();
        Assert.Equal(None, machine.OnCancelSocketEnded());
        Assert.Equal(None, machine.OnCancelWanted(Second));
        Assert.Equal(None, machine.OnFlushed());
        Assert.Equal(None, machine.OnAbandoned(Second));
        Assert.Equal([true, false], machine.Take().Select(finished => finished.CancelSent));
    }

    // The first command was done before its cancel arrived: it is still on its way when the others are run.
    private static PipelineMachine AtStrayCancel(params ReadOnlySpan<CommandShape> behind)
        => AtStrayCancel(TransactionStatus.Idle, behind);

    private static PipelineMachine AtStrayCancel(TransactionStatus status, params ReadOnlySpan<CommandShape> behind)
    {
        var machine = Sent([Cached, .. behind]);
        Assert.Equal(Cancel(First), machine.OnCancelWanted(First));
        machine.Executed().OnReadyForQuery(status);
        Assert.Equal([CommandEnd.Succeeded], machine.Ends());
        return machine;
    }

    private static CommandEnd[] Hit(PipelineMachine machine) => machine.Also(Strike).Ends();

    private static void Strike(PipelineMachine machine)
    {
        machine.OnError(Canceled);
        machine.OnReadyForQuery(TransactionStatus.Idle);
    }
}
