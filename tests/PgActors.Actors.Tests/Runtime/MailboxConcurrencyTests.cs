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
    public void Lone_post_that_meets_the_end_of_a_turn_is_never_forgotten()
    {
        // Each message is posted the moment the one before is handled, so that it meets the end of that turn; and nothing follows it that
        // could wake the mailbox in its stead.
        const int Rounds = 300_000;
        var owner = new LoneOwner(ActorRuntime.Default);
        for (var i = 1; i <= Rounds; i++)
        {
            // Sometimes a little later: the window is at another place on every machine.
            Thread.SpinWait(i & 31);
            owner.Mailbox.TryPost(new Item(i), allowInline: false);
            for (var spin = 0; spin < 10_000 && owner.Handled < i; spin++) Thread.SpinWait(1);
            if (owner.Handled >= i) continue;
            Assert.True(SpinWait.SpinUntil(() => owner.Handled >= i, TimeSpan.FromSeconds(30)), $"message {i} was forgotten");
        }
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

    private sealed class LoneOwner : IMailboxOwner<int, Item>
    {
        private int _handled;
        private int _last;

        public LoneOwner(ActorRuntime runtime) => Mailbox = new Mailbox<int, Item>(runtime, this, MailboxBounds.Default);

        public Mailbox<int, Item> Mailbox { get; }

        public int Handled => Volatile.Read(in _handled);

        public bool AcceptsWork => true;

        public void OnControl(in int message)
        {
        }

        public void OnWork(Item message) => _last = message.Number;

        // As late in the turn as an owner can tell: the poster then meets its very end.
        public void OnTurnEnding() => Volatile.Write(ref _handled, _last);

        public void OnFault(Exception exception) => throw new InvalidOperationException("fault", exception);
    }
}
