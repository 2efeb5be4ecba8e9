using PgActors.Protocol;
using PgActors.Sessions;
using static PgActors.Engine.Tests.Sessions.Pipelines;

namespace PgActors.Engine.Tests.Sessions;

/// <summary>Portals with a name: each fetch is a command of its own, and others may stand between two of them.</summary>
public sealed class PipelineFetchTests
{
    private static readonly CommandShape Open = Cached with { MaySuspend = true };
    private static readonly CommandShape Fetch = Open with { IsFetch = true };

    [Fact]
    public void Fetch_that_reaches_its_limit_succeeds_and_has_more()
    {
        var machine = Sent(Open).Bound();

        Assert.Equal(Order(SessionEffectKind.ForwardRows, First), machine.OnRows());
        Assert.Equal(None, machine.OnPortalSuspended());
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.InTransaction));
        Assert.Equal([Succeeded(First) with { IsSuspended = true }], machine.Take());
    }

    [Fact]
    public void Fetch_of_a_bound_portal_begins_with_its_rows()
    {
        var machine = Sent(Fetch);

        Assert.Equal(Order(SessionEffectKind.ForwardRows, First), machine.OnRows());
        Assert.Equal(None, machine.OnCommandComplete(OneRow));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.InTransaction));
        Assert.Equal([Succeeded(First, OneRow)], machine.Take());
    }

    [Fact]
    public void Portal_is_closed_in_front_of_a_fetch()
    {
        var machine = Sent(Fetch with { Closes = true });

        AssertViolation(Sent(Fetch with { Closes = true }).OnRows());
        Assert.Equal(Order(SessionEffectKind.Closed, First), machine.OnCloseComplete());
        Assert.Equal(None, machine.OnPortalSuspended());
    }

    [Fact]
    public void Commands_are_accepted_and_run_between_two_fetches()
    {
        var machine = Sent(Open, Cached, Fetch);

        Assert.True(machine.AcceptsCommands);
        machine.Bound();
        machine.OnPortalSuspended();
        machine.OnReadyForQuery(TransactionStatus.InTransaction);
        machine.Completed();
        Assert.Equal(None, machine.OnPortalSuspended());
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.InTransaction));
        Assert.Equal([Succeeded(Third) with { IsSuspended = true }], machine.Take());
    }

    [Fact]
    public void Two_portals_take_turns()
    {
        var machine = Sent(Open, Open, Fetch, Fetch);
        for (var i = 0; i < 4; i++)
        {
            if (i < 2)
                machine.Bound();
            Assert.Equal(Order(SessionEffectKind.ForwardRows, new RequestId(i + 1)), machine.OnRows());
            machine.OnPortalSuspended();
            machine.OnReadyForQuery(TransactionStatus.InTransaction);
            Assert.Equal([Succeeded(new RequestId(i + 1)) with { IsSuspended = true }], machine.Take());
        }
    }

    [Fact]
    public void Abandoned_fetch_throws_its_rows_away_and_ends_by_itself()
    {
        var machine = Sent(Fetch);

        Assert.Equal(None, machine.OnAbandoned(First));
        Assert.Equal(Order(SessionEffectKind.DiscardRows, First), machine.OnRows());
        Assert.Equal(None, machine.OnPortalSuspended());
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.InTransaction));
    }

    [Fact]
    public void Failed_fetch_is_a_failure_without_more()
    {
        var machine = Sent(Fetch);

        Assert.Equal(None, machine.OnError(Duplicate));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Failed));
        Assert.Equal([Failed(First, Duplicate)], machine.Take());
    }

    [Fact]
    public void Error_at_the_sync_of_a_suspended_fetch_leaves_no_more()
    {
        var machine = Sent(Fetch);
        machine.OnPortalSuspended();

        machine.OnError(Duplicate);
        machine.OnReadyForQuery(TransactionStatus.Failed);
        Assert.Equal([Failed(First, Duplicate)], machine.Take());
    }

    [Fact]
    public void Cancel_names_a_fetch_like_any_command()
    {
        var machine = Sent(Fetch);

        Assert.Equal(Cancel(First), machine.OnCancelWanted(First));
        machine.OnError(Canceled);
        machine.OnReadyForQuery(TransactionStatus.Failed);
        Assert.Equal(Opened, machine.OnCancelSocketEnded());
        Assert.Equal([Failed(First, Canceled) with { CancelSent = true }], machine.Take());
    }

    [Fact]
    public void Portal_suspended_has_no_place_where_no_limit_was_given() => AssertViolation(Sent(Cached).Bound().OnPortalSuspended());

    [Fact]
    public void First_statement_of_a_group_that_fails_takes_the_second_along()
    {
        // BEGIN and what travels with it.
        var machine = Sent(Member, Cached);

        Assert.Equal(None, machine.OnError(Duplicate));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Failed(First, Duplicate), Blamed(Second, CommandEnd.Skipped, Duplicate, First)], machine.Take());
    }
}
