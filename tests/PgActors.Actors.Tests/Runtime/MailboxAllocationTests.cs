using PgActors.Runtime;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Runtime;

public sealed class MailboxAllocationTests
{
    [Fact]
    public void Post_turn_and_completion_allocate_nothing_in_steady_state()
    {
        var pool = new OneAtATime();
        var owner = new QuietOwner(new ActorRuntime(pool, new VirtualTime(), new Random(1)));
        var item = new Item(1);
        for (var i = 0; i < 1_000; i++) Round(owner, pool, item);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++) Round(owner, pool, item);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Equal(11_000, owner.Completed);
    }

    private static void Round(QuietOwner owner, OneAtATime pool, Item item)
    {
        owner.Mailbox.TryPost(item);
        owner.Mailbox.PostControl(1);
        owner.Mailbox.PostControl(2, allowInline: false);
        pool.RunAll();
    }

    private sealed class OneAtATime : Dispatcher
    {
        private readonly IThreadPoolWorkItem?[] _items = new IThreadPoolWorkItem?[8];
        private int _count;

        public override bool RunsInline => true;

        public override void Schedule(IThreadPoolWorkItem item) => _items[_count++] = item;

        public override void ScheduleLocal(IThreadPoolWorkItem item) => Schedule(item);

        public void RunAll()
        {
            while (_count > 0) _items[--_count]!.Execute();
        }
    }

    private sealed class QuietOwner : AfterTurnWork, IMailboxOwner<int, Item>
    {
        public QuietOwner(ActorRuntime runtime) => Mailbox = new Mailbox<int, Item>(runtime, this, MailboxBounds.Default);

        public Mailbox<int, Item> Mailbox { get; }

        public int Completed { get; private set; }

        public bool AcceptsWork => true;

        public override void Execute() => Completed++;

        public void OnControl(in int message)
        {
        }

        public void OnWork(Item message) => Mailbox.RunAfterTurn(this);

        public void OnTurnEnding()
        {
        }

        public void OnFault(Exception exception) => throw new InvalidOperationException("fault", exception);
    }
}
