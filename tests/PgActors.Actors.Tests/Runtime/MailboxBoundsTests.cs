using PgActors.Runtime;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Runtime;

public sealed class MailboxBoundsTests
{
    private readonly Simulation _queued = new(1);

    [Fact]
    public void Post_at_the_bound_of_commands_is_refused_until_one_is_taken()
    {
        var owner = new RecordingOwner(_queued.Runtime, new MailboxBounds(2, 1_000));

        Assert.Equal(PostResult.Accepted, owner.Mailbox.TryPost(new Item(1)));
        Assert.Equal(PostResult.Accepted, owner.Mailbox.TryPost(new Item(2)));
        Assert.Equal(PostResult.Full, owner.Mailbox.TryPost(new Item(3)));
        Assert.Equal((2, 2L), (owner.Mailbox.Count, owner.Mailbox.Bytes));
        _queued.RunUntilIdle();

        Assert.Equal((0, 0L), (owner.Mailbox.Count, owner.Mailbox.Bytes));
        Assert.Equal(PostResult.Accepted, owner.Mailbox.TryPost(new Item(4)));
        _queued.RunUntilIdle();
        Assert.Equal(["work 1", "work 2", "end", "work 4", "end"], owner.Seen);
    }

    [Fact]
    public void Post_past_the_bound_of_bytes_is_refused_but_a_smaller_one_fits()
    {
        var owner = new RecordingOwner(_queued.Runtime, new MailboxBounds(10, 100));

        Assert.Equal(PostResult.Accepted, owner.Mailbox.TryPost(new Item(1, 60)));
        Assert.Equal(PostResult.Full, owner.Mailbox.TryPost(new Item(2, 41)));
        Assert.Equal(PostResult.Accepted, owner.Mailbox.TryPost(new Item(3, 40)));
        Assert.Equal(100, owner.Mailbox.Bytes);
    }

    [Fact]
    public void Message_larger_than_the_bound_is_taken_into_an_empty_lane_only()
    {
        var owner = new RecordingOwner(_queued.Runtime, new MailboxBounds(10, 100));

        Assert.Equal(PostResult.Accepted, owner.Mailbox.TryPost(new Item(1, int.MaxValue)));
        Assert.Equal(PostResult.Full, owner.Mailbox.TryPost(new Item(2, int.MaxValue)));
        Assert.Equal(PostResult.Full, owner.Mailbox.TryPost(new Item(3, 1)));
        Assert.Equal(int.MaxValue, owner.Mailbox.Bytes);
    }

    [Fact]
    public void Control_is_never_refused()
    {
        var owner = new RecordingOwner(_queued.Runtime, new MailboxBounds(1, 1));
        owner.Mailbox.TryPost(new Item(1));
        owner.Mailbox.Close();

        for (var i = 0; i < 1_000; i++) owner.Mailbox.PostControl(i);
        _queued.RunUntilIdle();

        Assert.Equal(1_000, owner.Seen.Count(line => line.StartsWith("control", StringComparison.Ordinal)));
    }

    [Fact]
    public void Closed_mailbox_refuses_work_and_delivers_what_it_has()
    {
        var owner = new RecordingOwner(_queued.Runtime);
        owner.Mailbox.TryPost(new Item(1));

        owner.Mailbox.Close();
        owner.Mailbox.Close();

        Assert.True(owner.Mailbox.IsClosed);
        Assert.Equal(PostResult.Closed, owner.Mailbox.TryPost(new Item(2)));
        Assert.Equal((1, 1L), (owner.Mailbox.Count, owner.Mailbox.Bytes));
        _queued.RunUntilIdle();
        Assert.Equal(["work 1", "end"], owner.Seen);
        Assert.Equal((0, 0L), (owner.Mailbox.Count, owner.Mailbox.Bytes));
    }

    [Fact]
    public void Negative_size_is_refused()
    {
        var owner = new RecordingOwner(_queued.Runtime);

        Assert.Throws<ArgumentOutOfRangeException>(() => owner.Mailbox.TryPost(new Item(1, -1)));
        Assert.Equal(0, owner.Mailbox.Count);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(MailboxBounds.LargestMaxCommands + 1, 1)]
    [InlineData(1, 0)]
    [InlineData(1, MailboxBounds.LargestMaxBytes + 1)]
    public void Bounds_outside_what_can_be_counted_are_refused(int commands, long bytes) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecordingOwner(_queued.Runtime, new MailboxBounds(commands, bytes)));
}
