using PgActors.Protocol;
using PgActors.Sessions;
using static PgActors.Engine.Tests.Sessions.Pipelines;

namespace PgActors.Engine.Tests.Sessions;

public sealed class PipelineCopyTests
{
    private static readonly CommandTag Copied = new("COPY", 2);

    [Fact]
    public void Copy_in_nobody_asked_for_is_refused_and_its_swallowed_sync_sent_again()
    {
        var machine = Sent(Cached).Bound();

        Assert.Equal(Order(SessionEffectKind.SendCopyFail, First, true), machine.OnCopyIn());
        Assert.Equal(None, machine.OnError(Canceled));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Failed(First, Canceled)], machine.Take());
    }

    [Fact]
    public void Copy_in_of_a_simple_query_needs_no_sync()
    {
        var machine = Sent(Simple);

        Assert.Equal(Order(SessionEffectKind.SendCopyFail, First, false), machine.OnCopyIn());
        Assert.Equal(None, machine.OnError(Canceled));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([CommandEnd.Failed], machine.Ends());
    }

    [Fact]
    public void Copy_in_of_a_portal_gets_its_sync_with_the_error()
    {
        var machine = Sent(Portal).Bound();

        Assert.Equal(Order(SessionEffectKind.SendCopyFail, First, false), machine.OnCopyIn());
        Assert.Equal(Order(SessionEffectKind.SendSync, First), machine.OnError(Canceled));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([CommandEnd.Failed], machine.Ends());
    }

    [Fact]
    public void Refused_copy_is_not_mistaken_for_the_victim_of_a_cancel()
    {
        var machine = Sent(Cached, Cached, Cached);
        machine.OnCancelWanted(First);
        machine.Completed();
        machine.OnCancelSocketEnded();

        machine.Bound().OnCopyIn();
        machine.OnError(Canceled);
        machine.OnReadyForQuery(TransactionStatus.Idle);
        Assert.Equal([CommandEnd.Failed], machine.Ends());

        machine.OnError(Canceled);
        machine.OnReadyForQuery(TransactionStatus.Idle);
        Assert.Equal([CommandEnd.HitByCancel], machine.Ends());
    }

    [Fact]
    public void Copy_in_cannot_begin_twice()
    {
        AssertViolation(Sent(Cached).Bound().Also(machine => machine.OnCopyIn()).OnCopyIn());
        AssertViolation(Sent(Simple).Also(machine => machine.OnCopyIn()).OnCopyIn());
    }

    [Fact]
    public void Copy_out_nobody_asked_for_is_thrown_away()
    {
        var machine = Sent(Cached).Bound();

        Assert.Equal(None, machine.OnCopyOut());
        Assert.Equal(None, machine.OnCopyData());
        Assert.Equal(None, machine.OnCopyData());
        Assert.Equal(None, machine.OnCopyDone());
        Assert.Equal(None, machine.OnCommandComplete(Copied));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Succeeded(First, Copied)], machine.Take());
    }

    [Fact]
    public void Copies_out_of_a_simple_query_are_results_like_others()
    {
        var machine = Sent(Simple);

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(None, machine.OnCopyOut());
            Assert.Equal(None, machine.OnCopyData());
            Assert.Equal(None, machine.OnCopyDone());
            Assert.Equal(Order(SessionEffectKind.CompleteResult, First, Copied), machine.OnCommandComplete(Copied));
        }

        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
    }

    [Fact]
    public void Error_ends_a_copy_out()
    {
        var machine = Sent(Cached).Bound();
        machine.OnCopyOut();
        machine.OnCopyData();

        Assert.Equal(None, machine.OnError(Duplicate));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Failed(First, Duplicate)], machine.Take());
    }

    [Fact]
    public void Cancel_stops_a_copy_out()
    {
        var machine = Sent(Cached).Bound();
        machine.OnCopyOut();

        Assert.Equal(Cancel(First), machine.OnCancelWanted(First));
        Assert.Equal(None, machine.OnError(Canceled));
    }
}
