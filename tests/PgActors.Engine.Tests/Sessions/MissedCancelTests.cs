using PgActors.Protocol;
using PgActors.Sessions;
using static PgActors.Engine.Tests.Sessions.Pipelines;

namespace PgActors.Engine.Tests.Sessions;

public sealed class MissedCancelTests
{
    [Fact]
    public void Cancel_that_ran_its_course_while_the_head_goes_on_is_sent_again()
    {
        var machine = Sent(Cached);
        machine.OnCancelWanted(First);
        machine.OnCancelSocketEnded();

        Assert.Equal(Cancel(First), machine.OnCancelMissed());
        Assert.Equal(CancelGateState.AwaitingBoth, machine.Gate);
        Assert.Equal(None, machine.OnCancelMissed());
        Assert.Equal(None, machine.OnCancelSocketEnded());
        Assert.Equal(None, machine.OnError(Canceled));
        Assert.Equal(FinishedAndOpened, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Failed(First, Canceled) with { CancelSent = true }], machine.Take());
    }

    [Fact]
    public void Cancel_whose_socket_is_still_open_is_not_sent_again()
    {
        var machine = Sent(Cached);
        machine.OnCancelWanted(First);

        Assert.Equal(None, machine.OnCancelMissed());
        Assert.Equal(CancelGateState.AwaitingBoth, machine.Gate);
    }

    [Fact]
    public void Nothing_is_sent_again_for_a_head_that_nobody_cancelled()
    {
        var machine = Sent(Cached, Cached);

        Assert.Equal(None, machine.OnCancelMissed());
        machine.OnCancelWanted(First);
        machine.OnCancelSocketEnded();
        machine.Executed();
        Assert.Equal(FinishedAndOpened, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal(None, machine.OnCancelMissed());
    }

    [Fact]
    public void Nothing_is_sent_again_once_only_the_answer_to_the_sync_is_missing_or_the_link_is_gone()
    {
        var machine = Sent(Cached);
        machine.OnCancelWanted(First);
        machine.OnCancelSocketEnded();
        machine.Executed();
        Assert.Equal(None, machine.OnCancelMissed());

        machine = Sent(Cached);
        machine.OnCancelWanted(First);
        machine.OnCancelSocketEnded();
        machine.OnTransportLost();
        Assert.Equal(None, machine.OnCancelMissed());
    }

    [Fact]
    public void Neighbours_that_both_cancels_may_have_struck_run_again()
    {
        var machine = Sent(Cached, Cached, Cached);
        machine.OnCancelWanted(First);
        machine.OnCancelSocketEnded();
        machine.OnCancelMissed();
        machine.OnCancelSocketEnded();
        machine.Executed();
        machine.OnReadyForQuery(TransactionStatus.Idle);

        foreach (var neighbour in new[] { Second, Third })
        {
            machine.OnError(Canceled);
            machine.OnReadyForQuery(TransactionStatus.Idle);
        }

        Assert.Equal(
            [CommandEnd.Succeeded, CommandEnd.HitByCancel, CommandEnd.HitByCancel], machine.Take().Select(finished => finished.End));
    }
}
