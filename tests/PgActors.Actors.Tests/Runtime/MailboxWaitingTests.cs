using PgActors.Runtime;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Runtime;

public sealed class MailboxWaitingTests
{
    private readonly Simulation _queued = new(1);

    [Fact]
    public void Room_at_once_needs_no_wait()
    {
        var owner = new RecordingOwner(_queued.Runtime, new MailboxBounds(1, 100));

        var post = owner.Mailbox.PostAsync(new Item(1), CancellationToken.None);

        Assert.True(post.IsCompletedSuccessfully);
        Assert.Equal(1, owner.Mailbox.Count);
    }

    [Fact]
    public void Waiters_get_in_in_the_order_they_came()
    {
        var owner = new RecordingOwner(_queued.Runtime, new MailboxBounds(1, 100));
        owner.Mailbox.TryPost(new Item(0));
        var posts = Enumerable.Range(1, 5).Select(i => owner.Mailbox.PostAsync(new Item(i), CancellationToken.None).AsTask()).ToArray();
        Assert.All(posts, post => Assert.False(post.IsCompleted));

        _queued.RunUntilIdle();

        Assert.All(posts, post => Assert.True(post.IsCompletedSuccessfully));
        Assert.Equal(["work 0", "work 1", "work 2", "work 3", "work 4", "work 5"], owner.Seen.Where(line => line != "end"));
        Assert.Equal((0, 0L), (owner.Mailbox.Count, owner.Mailbox.Bytes));
    }

    [Fact]
    public void Newcomer_does_not_overtake_a_waiter()
    {
        var owner = new RecordingOwner(_queued.Runtime, new MailboxBounds(10, 100));
        owner.Mailbox.TryPost(new Item(0, 60));
        var large = owner.Mailbox.PostAsync(new Item(1, 60), CancellationToken.None).AsTask();

        Assert.Equal(PostResult.Full, owner.Mailbox.TryPost(new Item(2, 1)));
        _queued.RunUntilIdle();

        Assert.True(large.IsCompletedSuccessfully);
        Assert.Equal(PostResult.Accepted, owner.Mailbox.TryPost(new Item(3, 1)));
    }

    [Fact]
    public void Cancelled_waiter_leaves_and_its_work_is_never_delivered()
    {
        var owner = new RecordingOwner(_queued.Runtime, new MailboxBounds(1, 100));
        using var source = new CancellationTokenSource();
        owner.Mailbox.TryPost(new Item(0));
        var first = owner.Mailbox.PostAsync(new Item(1), source.Token).AsTask();
        var second = owner.Mailbox.PostAsync(new Item(2), CancellationToken.None).AsTask();

        source.Cancel();
        Assert.False(first.IsCompleted);
        _queued.RunUntilIdle();

        Assert.True(first.IsCanceled);
        Assert.True(second.IsCompletedSuccessfully);
        Assert.Equal(["work 0", "work 2"], owner.Seen.Where(line => line != "end"));
    }

    [Fact]
    public void Cancelled_before_it_began_posts_nothing()
    {
        var owner = new RecordingOwner(_queued.Runtime);

        var post = owner.Mailbox.PostAsync(new Item(1), new CancellationToken(canceled: true));

        Assert.True(post.IsCanceled);
        Assert.Equal(0, owner.Mailbox.Count);
    }

    [Fact]
    public void Cancelling_a_large_waiter_lets_in_the_small_one_behind_it()
    {
        var owner = new RecordingOwner(_queued.Runtime, new MailboxBounds(10, 100)) { AcceptsWork = false };
        using var source = new CancellationTokenSource();
        owner.Mailbox.TryPost(new Item(0, 60));
        var large = owner.Mailbox.PostAsync(new Item(1, 60), source.Token).AsTask();
        var small = owner.Mailbox.PostAsync(new Item(2, 10), CancellationToken.None).AsTask();
        _queued.RunUntilIdle();
        Assert.False(small.IsCompleted);

        source.Cancel();
        _queued.RunUntilIdle();

        Assert.True(large.IsCanceled);
        Assert.True(small.IsCompletedSuccessfully);
        Assert.Equal((2, 70L), (owner.Mailbox.Count, owner.Mailbox.Bytes));
    }

    [Fact]
    public void Cancel_after_acceptance_is_without_effect()
    {
        var owner = new RecordingOwner(_queued.Runtime, new MailboxBounds(1, 100));
        using var source = new CancellationTokenSource();
        owner.Mailbox.TryPost(new Item(0));
        var post = owner.Mailbox.PostAsync(new Item(1), source.Token).AsTask();
        _queued.RunUntilIdle();

        source.Cancel();
        _queued.RunUntilIdle();

        Assert.True(post.IsCompletedSuccessfully);
        Assert.Contains("work 1", owner.Seen);
    }

    [Fact]
    public void Close_tells_all_who_wait()
    {
        var owner = new RecordingOwner(_queued.Runtime, new MailboxBounds(1, 100)) { AcceptsWork = false };
        owner.Mailbox.TryPost(new Item(0));
        var posts = Enumerable.Range(1, 3).Select(i => owner.Mailbox.PostAsync(new Item(i), CancellationToken.None).AsTask()).ToArray();

        owner.Mailbox.Close();
        var late = owner.Mailbox.PostAsync(new Item(9), CancellationToken.None);
        _queued.RunUntilIdle();

        Assert.All(posts, post => Assert.Equal(PostResult.Closed, post.Result));
        Assert.True(late.IsCompletedSuccessfully);
        Assert.Equal(1, owner.Mailbox.Count);
    }

    [Fact]
    public void Waiters_are_used_again()
    {
        var owner = new RecordingOwner(_queued.Runtime, new MailboxBounds(1, 100));
        for (var round = 0; round < 100; round++)
        {
            using var source = new CancellationTokenSource();
            owner.Mailbox.TryPost(new Item(2 * round));
            var post = owner.Mailbox.PostAsync(new Item((2 * round) + 1), source.Token).AsTask();
            _queued.RunUntilIdle();
            Assert.True(post.IsCompletedSuccessfully);
            source.Cancel();
        }

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"work {i}"), owner.Seen.Where(line => line != "end"));
    }

    [Fact]
    public async Task Waits_under_load_neither_hang_nor_lose_anything()
    {
        const int Producers = 4;
        const int Each = 20_000;
        var cancellation = TestContext.Current.CancellationToken;
        var owner = new CountingOwner(ActorRuntime.Default, new MailboxBounds(8, 1_000), Producers * Each);
        var tasks = Enumerable.Range(0, Producers).Select(producer => Task.Run(
            async () =>
            {
                for (var i = 0; i < Each; i++)
                {
                    var result = await owner.Mailbox.PostAsync(new Item((producer * Each) + i), cancellation);
                    Assert.Equal(PostResult.Accepted, result);
                }
            },
            cancellation)).ToArray();

        await Task.WhenAll(tasks).WaitAsync(TimeSpan.FromSeconds(60), cancellation);
        Assert.True(owner.Done.Wait(TimeSpan.FromSeconds(60), cancellation));
        owner.AssertAllInOrder(Producers, Each);
    }
}
