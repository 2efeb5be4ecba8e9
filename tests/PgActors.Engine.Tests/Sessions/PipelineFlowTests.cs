using PgActors.Protocol;
using PgActors.Rows;
using PgActors.Sessions;
using static PgActors.Engine.Tests.Sessions.Pipelines;

namespace PgActors.Engine.Tests.Sessions;

public sealed class PipelineFlowTests
{
    [Fact]
    public void First_execution_goes_through_every_step()
    {
        var machine = Sent(Parsed);

        Assert.Equal(Order(SessionEffectKind.StatementPrepared, First), machine.OnParseComplete());
        Assert.Equal(None, machine.OnBindComplete());
        Assert.Equal(Order(SessionEffectKind.Describe, First, Layout), machine.OnRowDescription(Layout));
        Assert.Equal(Order(SessionEffectKind.ForwardRows, First), machine.OnRows());
        Assert.Equal(Order(SessionEffectKind.ForwardRows, First), machine.OnRows());
        Assert.Equal(None, machine.OnCommandComplete(OneRow));
        Assert.False(machine.TryTakeFinished(out _));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.InTransaction));

        Assert.Equal([Succeeded(First, OneRow)], machine.Take());
        Assert.Equal(TransactionStatus.InTransaction, machine.Status);
        Assert.Equal(0, machine.Count);
        Assert.True(machine.AcceptsCommands);
    }

    [Fact]
    public void Cached_statement_leaves_out_parse_and_describe()
    {
        var machine = Sent(Cached);

        Assert.Equal(None, machine.OnBindComplete());
        Assert.Equal(Order(SessionEffectKind.ForwardRows, First), machine.OnRows());
        Assert.Equal(None, machine.OnCommandComplete(OneRow));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Succeeded(First, OneRow)], machine.Take());
    }

    [Fact]
    public void Evicted_statement_is_closed_in_front()
    {
        var machine = Sent(Closing);

        Assert.Equal(Order(SessionEffectKind.Closed, First), machine.OnCloseComplete());
        Assert.Equal(Order(SessionEffectKind.StatementPrepared, First), machine.OnParseComplete());
        Assert.Equal(None, machine.OnBindComplete());
        Assert.Equal(Order(SessionEffectKind.Describe, First, RowLayout.Empty), machine.OnNoData());
        Assert.Equal(None, machine.OnCommandComplete(new CommandTag("CREATE TABLE", null)));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Succeeded(First, new CommandTag("CREATE TABLE", null))], machine.Take());
    }

    [Fact]
    public void Eviction_in_front_of_a_cached_statement_leads_to_bind()
    {
        var machine = Sent(Cached with { Closes = true });

        Assert.Equal(Order(SessionEffectKind.Closed, First), machine.OnCloseComplete());
        Assert.Equal(None, machine.OnBindComplete());
        Assert.Equal(None, machine.OnCommandComplete(OneRow));
    }

    [Fact]
    public void Empty_statement_succeeds_without_a_tag()
    {
        var machine = Sent(Parsed);

        machine.OnParseComplete();
        machine.OnBindComplete();
        Assert.Equal(Order(SessionEffectKind.Describe, First, RowLayout.Empty), machine.OnNoData());
        Assert.Equal(None, machine.OnEmptyQuery());
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Succeeded(First)], machine.Take());
    }

    [Fact]
    public void Simple_query_reports_each_of_its_results()
    {
        var machine = Sent(Simple);
        var insert = new CommandTag("INSERT", 3);

        Assert.Equal(Order(SessionEffectKind.Describe, First, Layout), machine.OnRowDescription(Layout));
        Assert.Equal(Order(SessionEffectKind.ForwardRows, First), machine.OnRows());
        Assert.Equal(Order(SessionEffectKind.CompleteResult, First, OneRow), machine.OnCommandComplete(OneRow));
        Assert.Equal(Order(SessionEffectKind.CompleteResult, First, insert), machine.OnCommandComplete(insert));
        Assert.Equal(Order(SessionEffectKind.Describe, First, Layout), machine.OnRowDescription(Layout));
        Assert.Equal(Order(SessionEffectKind.CompleteResult, First, OneRow), machine.OnCommandComplete(OneRow));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Succeeded(First, OneRow, StatementSafety.MayCommit)], machine.Take());
    }

    [Fact]
    public void Empty_simple_query_has_one_result_without_a_tag()
    {
        var machine = Sent(Simple);

        Assert.Equal(Order(SessionEffectKind.CompleteResult, First), machine.OnEmptyQuery());
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Succeeded(First, default, StatementSafety.MayCommit)], machine.Take());
    }

    [Fact]
    public void Error_in_the_middle_of_a_simple_query_ends_it()
    {
        var machine = Sent(Simple, Cached);

        machine.OnCommandComplete(OneRow);
        machine.OnRowDescription(Layout);
        Assert.Equal(None, machine.OnError(Duplicate));
        AssertViolation(Sent(Simple).Also(m => m.OnError(Duplicate)).OnCommandComplete(OneRow));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));

        var failed = Assert.Single(machine.Take());
        Assert.Equal(Failed(First, Duplicate, StatementSafety.MayCommit), failed);
        Assert.Equal(Outcome.Unknown, failed.Outcome);
        Assert.Equal(Second, machine.Head);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Simple_query_fails_by_its_first_message_or_with_rows_out(bool withRows)
    {
        var machine = Sent(Simple);

        if (withRows)
        {
            machine.OnRowDescription(Layout);
            machine.OnRows();
        }

        Assert.Equal(None, machine.OnError(Duplicate));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Failed));
        Assert.Equal([CommandEnd.Failed], machine.Ends());
        Assert.Equal(TransactionStatus.Failed, machine.Status);
    }

    [Fact]
    public void Independent_commands_each_have_their_own_fate()
    {
        var machine = Sent(Cached, Cached, Simple, Cached);

        Assert.Equal(First, machine.Head);
        machine.Completed();
        Assert.Equal(None, machine.OnError(Duplicate));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Failed(Second, Duplicate)], machine.Take());
        Assert.Equal(Third, machine.Head);
        machine.OnEmptyQuery();
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        machine.Executed();
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([CommandEnd.Succeeded, CommandEnd.Succeeded], machine.Ends());
        Assert.Equal(RequestId.None, machine.Head);
    }

    [Fact]
    public void Order_holds_while_the_queue_grows_and_wraps()
    {
        var machine = new PipelineMachine();
        var next = 0;
        var taken = new List<long>();
        for (var round = 0; round < 40; round++)
        {
            for (var i = 0; i < 5; i++)
                machine.OnSubmitted(new RequestId(++next), Cached);
            machine.OnFlushed();
            for (var i = 0; i < 3; i++)
            {
                machine.Executed().OnReadyForQuery(TransactionStatus.Idle);
                taken.AddRange(machine.Take().Select(finished => finished.Request.Value));
            }
        }

        Assert.Equal(80, machine.Count);
        Assert.Equal(Enumerable.Range(1, 120).Select(id => (long)id), taken);
    }

    [Fact]
    public void Rows_of_an_abandoned_command_are_thrown_away()
    {
        var machine = Sent(Cached, Cached);

        Assert.Equal(None, machine.OnAbandoned(First));
        Assert.Equal(None, machine.OnAbandoned(Second));
        Assert.Equal(None, machine.OnAbandoned(new RequestId(9)));
        machine.Bound();
        Assert.Equal(Order(SessionEffectKind.DiscardRows, First), machine.OnRows());
        Assert.Equal(None, machine.OnCommandComplete(OneRow));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        machine.Bound();
        Assert.Equal(Order(SessionEffectKind.DiscardRows, Second), machine.OnRows());
    }

    [Fact]
    public void Answer_to_a_command_that_was_not_sent_is_a_violation()
    {
        AssertViolation(Buffered(Cached).OnBindComplete());
        AssertViolation(Buffered(Cached).OnError(Duplicate));
    }
}
