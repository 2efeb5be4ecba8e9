using PgActors.Protocol;
using PgActors.Sessions;
using static PgActors.Engine.Tests.Sessions.Pipelines;

namespace PgActors.Engine.Tests.Sessions;

/// <summary>Commands inside a transaction block whose Syncs were put off, so that one Sync serves for several.</summary>
public sealed class PipelineSharedSyncTests
{
    [Fact]
    public void All_end_with_the_one_ready()
    {
        var machine = Shared(3);
        machine.Executed().Executed();
        Assert.False(machine.TryTakeFinished(out _));
        machine.Executed();
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.InTransaction));
        Assert.Equal([Succeeded(First, OneRow), Succeeded(Second, OneRow), Succeeded(Third, OneRow)], machine.Take());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Error_leaves_those_before_it_as_they_ended_and_skips_those_behind(int culprit)
    {
        var machine = Shared(3);
        for (var i = 0; i < culprit; i++)
            machine.Executed();
        machine.Bound();
        Assert.Equal(None, machine.OnError(Duplicate));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Failed));

        var finished = machine.Take();
        for (var i = 0; i < 3; i++)
        {
            var id = new RequestId(i + 1);
            var expected = i < culprit ? Succeeded(id, OneRow)
                : i == culprit ? Failed(id, Duplicate)
                : Blamed(id, CommandEnd.Skipped, Duplicate, new RequestId(culprit + 1));
            Assert.Equal(expected, finished[i]);
        }
    }

    [Fact]
    public void Sync_that_was_put_back_is_its_own_again()
    {
        var machine = Buffered(Cached);
        machine.OnSyncPutOff();
        machine.OnSyncPutBack();
        machine.OnSubmitted(Second, Cached);
        machine.OnFlushed();

        machine.Executed();
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.InTransaction));
        Assert.Equal([Succeeded(First, OneRow)], machine.Take());
        machine.Bound().OnError(Duplicate);
        machine.OnReadyForQuery(TransactionStatus.Failed);
        Assert.Equal([Failed(Second, Duplicate)], machine.Take());
    }

    [Fact]
    public void Only_a_sync_that_can_be_taken_back_is_put_off()
    {
        Assert.Throws<InvalidOperationException>(() => new PipelineMachine().OnSyncPutOff());
        Assert.Throws<InvalidOperationException>(() => Sent(Cached).OnSyncPutOff());
        Assert.Throws<InvalidOperationException>(() => Buffered(Member).OnSyncPutOff());
        Assert.Throws<InvalidOperationException>(() => Buffered(Simple).OnSyncPutOff());
        Assert.Throws<InvalidOperationException>(() => Buffered(Cached).OnSyncPutBack());
    }

    private static PipelineMachine Shared(int size)
    {
        var machine = new PipelineMachine();
        for (var i = 1; i <= size; i++)
        {
            Assert.Equal(None, machine.OnSubmitted(new RequestId(i), Cached));
            if (i < size)
                machine.OnSyncPutOff();
        }

        machine.OnFlushed();
        return machine;
    }
}
