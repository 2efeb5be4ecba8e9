using PgActors.Runtime;

namespace PgActors.Actors.Tests.Runtime;

public sealed class MailboxConcurrencyTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Four_producers_lose_nothing_keep_their_order_and_never_overlap(bool allowInline)
    {
        const int Producers = 4;
        const int Each = 500_000;
        var cancellation = TestContext.Current.CancellationToken;
        var owner = new CountingOwner(ActorRuntime.Default, new MailboxBounds(1_024, 1 << 20), Producers * Each);
        using var barrier = new Barrier(Producers);
        var threads = Enumerable.Range(0, Producers).Select(producer => new Thread(() =>
        {
            barrier.SignalAndWait(cancellation);
            for (var i = 0; i < Each; i++)
            {
                var item = new Item((producer * Each) + i);
                if ((i & 7) == 0)
                {
                    owner.Mailbox.PostControl(item, allowInline);
                    continue;
                }

                while (owner.Mailbox.TryPost(item, allowInline) is PostResult.Full) Thread.Yield();
            }
        })).ToArray();

        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();

        Assert.True(owner.Done.Wait(TimeSpan.FromSeconds(60), cancellation));
        owner.AssertAllInOrder(Producers, Each);
        Assert.Equal((0, 0L), (owner.Mailbox.Count, owner.Mailbox.Bytes));
    }

    [Fact]
    public void Lone_posts_racing_with_the_end_of_a_turn_are_never_forgotten()
    {
        // Two threads hand one message back and forth through two mailboxes: each post meets the other's turn just as it ends.
        const int Rounds = 100_000;
        var cancellation = TestContext.Current.CancellationToken;
        using var done = new ManualResetEventSlim();
        var there = new PingPong();
        var back = new PingPong();
        there.Answer = item => back.Mailbox.TryPost(item);
        var left = Rounds;
        back.Answer = item =>
        {
            if (--left == 0) done.Set();
            else there.Mailbox.TryPost(item);
        };

        there.Mailbox.TryPost(new Item(0));

        Assert.True(done.Wait(TimeSpan.FromSeconds(60), cancellation));
    }

    [Fact]
    public void Closing_among_producers_accounts_for_every_message()
    {
        var cancellation = TestContext.Current.CancellationToken;
        for (var round = 0; round < 200; round++)
        {
            var owner = new CountingOwner(ActorRuntime.Default, MailboxBounds.Default, 4_000);
            var accepted = 0;
            using var barrier = new Barrier(3);
            var producers = Enumerable.Range(0, 2).Select(producer => new Thread(() =>
            {
                barrier.SignalAndWait(cancellation);
                for (var i = 0; i < 1_000; i++)
                {
                    var result = owner.Mailbox.TryPost(new Item((producer * 1_000) + i));
                    if (result is PostResult.Closed) break;
                    if (result is PostResult.Accepted) Interlocked.Increment(ref accepted);
                }
            })).ToArray();
            foreach (var producer in producers) producer.Start();
            barrier.SignalAndWait(cancellation);
            owner.Mailbox.Close();
            foreach (var producer in producers) producer.Join();

            Assert.True(SpinWait.SpinUntil(() => owner.Mailbox.Count == 0 && owner.WorkCount == accepted, TimeSpan.FromSeconds(30)));
        }
    }

    private sealed class PingPong : IMailboxOwner<int, Item>
    {
        public PingPong() => Mailbox = new Mailbox<int, Item>(ActorRuntime.Default, this, MailboxBounds.Default);

        public Mailbox<int, Item> Mailbox { get; }

        public Action<Item> Answer { get; set; } = _ => { };

        public bool AcceptsWork => true;

        public void OnControl(in int message)
        {
        }

        public void OnWork(Item message) => Answer(message);

        public void OnTurnEnding()
        {
        }

        public void OnFault(Exception exception) => throw new InvalidOperationException("fault", exception);
    }
}
