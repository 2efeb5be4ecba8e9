using PgActors.Protocol;
using PgActors.Sessions;
using static PgActors.Engine.Tests.Sessions.Pipelines;

namespace PgActors.Engine.Tests.Sessions;

/// <summary>Commands that share a Sync, and so a fate.</summary>
public sealed class PipelineGroupTests
{
    public static TheoryData<int, int> SizesAndCulprits()
    {
        var data = new TheoryData<int, int>();
        for (var size = 1; size <= 5; size++)
        {
            for (var culprit = 0; culprit < size; culprit++)
                data.Add(size, culprit);
        }

        return data;
    }

    [Fact]
    public void Group_succeeds_as_a_whole_with_its_one_ready()
    {
        var machine = Sent(Group(3));

        machine.Executed().Executed();
        Assert.False(machine.TryTakeFinished(out _));
        machine.Executed();
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Succeeded(First, OneRow), Succeeded(Second, OneRow), Succeeded(Third, OneRow)], machine.Take());
    }

    [Theory]
    [MemberData(nameof(SizesAndCulprits))]
    public void Error_at_one_rolls_back_those_before_and_skips_those_behind(int size, int culprit)
    {
        var machine = Sent([.. Group(size), Cached]);
        var guilty = new RequestId(culprit + 1);

        for (var i = 0; i < culprit; i++)
            machine.Executed();
        machine.Bound();
        Assert.Equal(None, machine.OnError(Duplicate));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));

        var finished = machine.Take();
        Assert.Equal(size, finished.Count);
        for (var i = 0; i < size; i++)
        {
            var id = new RequestId(i + 1);
            var expected = i == culprit ? Failed(id, Duplicate)
                : Blamed(id, i < culprit ? CommandEnd.RolledBack : CommandEnd.Skipped, Duplicate, guilty);
            Assert.Equal(expected, finished[i]);
            Assert.Equal(Outcome.RolledBack, finished[i].Outcome);
        }

        Assert.Equal([CommandEnd.Succeeded], machine.Executed().Also(m => m.OnReadyForQuery(TransactionStatus.Idle)).Ends());
    }

    [Theory]
    [MemberData(nameof(SizesAndCulprits))]
    public void Error_before_the_group_is_complete_skips_what_is_submitted_later(int size, int culprit)
    {
        var shapes = Group(size);
        var machine = Sent(shapes.AsSpan(0, culprit + 1));
        for (var i = 0; i < culprit; i++)
            machine.Executed();

        Assert.Equal(None, machine.OnError(Duplicate));
        for (var i = culprit + 1; i < size; i++)
        {
            Assert.False(machine.TryTakeFinished(out _));
            Assert.Equal(None, machine.OnSubmitted(new RequestId(i + 1), shapes[i]));
        }

        machine.OnFlushed();
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        var ends = machine.Ends();
        Assert.Equal(culprit, ends.Count(end => end == CommandEnd.RolledBack));
        Assert.Equal(1, ends.Count(end => end == CommandEnd.Failed));
        Assert.Equal(size - culprit - 1, ends.Count(end => end == CommandEnd.Skipped));
    }

    [Fact]
    public void Portal_that_is_submitted_into_a_skipped_group_gets_its_sync_at_once()
    {
        var machine = Sent(Member);
        machine.OnError(Duplicate);

        Assert.Equal(Order(SessionEffectKind.SendSync, Second), machine.OnSubmitted(Second, Portal));
        machine.OnFlushed();
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Failed(First, Duplicate), Blamed(Second, CommandEnd.Skipped, Duplicate, First)], machine.Take());
    }

    [Fact]
    public void Error_at_commit_is_that_of_the_last_and_rolls_the_others_back()
    {
        var machine = Sent(Group(3));
        machine.Executed().Executed().Executed();

        Assert.Equal(None, machine.OnError(Duplicate));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal(
            [
                Blamed(First, CommandEnd.RolledBack, Duplicate, Third),
                Blamed(Second, CommandEnd.RolledBack, Duplicate, Third),
                Failed(Third, Duplicate),
            ],
            machine.Take());
    }

    [Fact]
    public void Error_behind_an_error_changes_nothing()
    {
        var machine = Sent(Group(2));

        Assert.Equal(None, machine.OnError(Duplicate));
        Assert.Equal(None, machine.OnError(Canceled));
        Assert.Equal(Finished, machine.OnReadyForQuery(TransactionStatus.Idle));
        Assert.Equal([Failed(First, Duplicate), Blamed(Second, CommandEnd.Skipped, Duplicate, First)], machine.Take());
    }

    [Theory]
    [InlineData(StatementSafety.MayCommit)]
    [InlineData(StatementSafety.AllOrNothing)]
    public void Nothing_is_claimed_of_what_stood_before_a_command_that_can_have_committed(StatementSafety safety)
    {
        var machine = Sent(Member, Member with { Safety = safety }, Member, Cached);
        machine.Executed().Executed().Executed().Bound();

        machine.OnError(Duplicate);
        machine.OnReadyForQuery(TransactionStatus.Idle);
        Assert.Equal(
            [Outcome.Unknown, Outcome.Unknown, Outcome.RolledBack, Outcome.RolledBack],
            machine.Take().Select(finished => finished.Outcome));
    }

    [Theory]
    [InlineData(StatementSafety.MayCommit, Outcome.Unknown)]
    [InlineData(StatementSafety.AllOrNothing, Outcome.RolledBack)]
    [InlineData(StatementSafety.RollsBack, Outcome.RolledBack)]
    public void Failure_of_a_command_that_commits_on_its_way_proves_nothing(StatementSafety safety, Outcome expected)
    {
        var machine = Sent(Member, Cached with { Safety = safety });
        machine.Executed().Bound();

        machine.OnError(Duplicate);
        machine.OnReadyForQuery(TransactionStatus.Idle);
        Assert.Equal([expected, expected], machine.Take().Select(finished => finished.Outcome));
    }

    [Fact]
    public void Command_that_failed_before_its_execution_did_nothing_whatever_it_was()
    {
        var machine = Sent(Parsed with { Safety = StatementSafety.MayCommit });

        machine.OnParseComplete();
        machine.OnError(Duplicate);
        machine.OnReadyForQuery(TransactionStatus.Idle);
        Assert.Equal(Outcome.RolledBack, Assert.Single(machine.Take()).Outcome);
    }

    [Fact]
    public void Query_is_never_sent_between_the_commands_of_a_group()
    {
        var machine = Sent(Member);

        Assert.True(machine.HasOpenGroup);
        Assert.Throws<InvalidOperationException>(() => machine.OnSubmitted(Second, Simple));
        machine.OnSubmitted(Second, Cached);
        Assert.False(machine.HasOpenGroup);
        Assert.Equal(None, machine.OnSubmitted(Third, Simple));
        Assert.False(machine.HasOpenGroup);
    }

    private static CommandShape[] Group(int size) => [.. Enumerable.Repeat(Member, size - 1), Cached];
}
