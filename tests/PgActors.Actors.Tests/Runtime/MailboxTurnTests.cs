using PgActors.Runtime;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Runtime;

public sealed class MailboxTurnTests
{
    private readonly Simulation _queued = new(1);
    private readonly Simulation _inline = new(1, new SimulationOptions { RunsInline = true });

    [Fact]
    public void Idle_mailbox_is_run_by_the_one_who_posts()
    {
        var owner = new RecordingOwner(_inline.Runtime);

        Assert.Equal(PostResult.Accepted, owner.Mailbox.TryPost(new Item(1)));

        Assert.Equal(["work 1", "end"], owner.Seen);
        Assert.Equal(0, _inline.Steps);
    }

    [Fact]
    public void Idle_mailbox_is_scheduled_when_the_poster_must_not_run_it()
    {
        var owner = new RecordingOwner(_inline.Runtime);

        owner.Mailbox.TryPost(new Item(1), allowInline: false);
        owner.Mailbox.PostControl(2, allowInline: false);
        Assert.Empty(owner.Seen);
        _inline.RunUntilIdle();

        Assert.Equal(["control 2", "work 1", "end"], owner.Seen);
        Assert.Equal(1, _inline.Steps);
    }

    [Fact]
    public void Turn_takes_many_messages_and_ends_once()
    {
        var owner = new RecordingOwner(_queued.Runtime);
        for (var i = 0; i < 5; i++) owner.Mailbox.TryPost(new Item(i));

        _queued.RunUntilIdle();

        Assert.Equal(["work 0", "work 1", "work 2", "work 3", "work 4", "end"], owner.Seen);
        Assert.Equal(1, owner.Mailbox.Turns);
    }

    [Fact]
    public void Control_comes_before_work_and_between_any_two_work_messages()
    {
        var owner = new RecordingOwner(_queued.Runtime);
        owner.Work = item =>
        {
            if (item.Number == 1) owner.Mailbox.PostControl(9);
        };
        owner.Mailbox.TryPost(new Item(1));
        owner.Mailbox.TryPost(new Item(2));
        owner.Mailbox.PostControl(7);
        owner.Mailbox.PostControl(8);

        _queued.RunUntilIdle();

        Assert.Equal(["control 7", "control 8", "work 1", "control 9", "work 2", "end"], owner.Seen);
    }

    [Fact]
    public void Post_from_inside_a_turn_only_enqueues()
    {
        var owner = new RecordingOwner(_inline.Runtime);
        var depth = 0;
        owner.Work = item =>
        {
            depth++;
            Assert.Equal(1, depth);
            if (item.Number < 3) owner.Mailbox.TryPost(new Item(item.Number + 1));
            depth--;
        };

        owner.Mailbox.TryPost(new Item(1));

        Assert.Equal(["work 1", "work 2", "work 3", "end"], owner.Seen);
    }

    [Fact]
    public void Turns_of_two_mailboxes_do_not_nest()
    {
        var second = new RecordingOwner(_inline.Runtime);
        var first = new RecordingOwner(_inline.Runtime) { Work = _ => second.Mailbox.TryPost(new Item(2)) };

        first.Mailbox.TryPost(new Item(1));

        Assert.Empty(second.Seen);
        _inline.RunUntilIdle();
        Assert.Equal(["work 2", "end"], second.Seen);
    }

    [Fact]
    public void Poster_is_held_for_one_turn_only()
    {
        const int Total = 1_000;
        var owner = new RecordingOwner(_inline.Runtime);
        owner.Work = item =>
        {
            if (item.Number < Total) owner.Mailbox.TryPost(new Item(item.Number + 1));
        };

        owner.Mailbox.TryPost(new Item(1));

        Assert.Equal(Mailbox<int, Item>.MaxMessagesPerTurn + 1, owner.Seen.Count);
        Assert.Equal("end", owner.Seen[^1]);
        _inline.RunUntilIdle();
        Assert.Equal(Total, owner.Seen.Count(line => line != "end"));
        Assert.Equal(4, owner.Mailbox.Turns);
    }

    [Fact]
    public void Busy_mailbox_goes_on_behind_what_waits()
    {
        var pool = new FirstInFirstOut();
        var runtime = new ActorRuntime(pool, new VirtualTime(), new Random(1));
        var turns = new List<string>();
        var busy = new RecordingOwner(runtime) { TurnEnding = () => turns.Add("busy") };
        var other = new RecordingOwner(runtime) { TurnEnding = () => turns.Add("other") };
        for (var i = 0; i < 600; i++) busy.Mailbox.TryPost(new Item(i));
        other.Mailbox.TryPost(new Item(0));

        pool.RunAll();

        Assert.Equal(["busy", "other", "busy", "busy"], turns);
    }

    [Fact]
    public void Handlers_fault_reaches_the_owner_and_the_turn_goes_on()
    {
        var owner = new RecordingOwner(_queued.Runtime)
        {
            Control = _ => throw new InvalidOperationException("control"),
            Work = item => throw new InvalidOperationException($"work {item.Number}"),
            TurnEnding = () => throw new InvalidOperationException("end"),
        };
        owner.Mailbox.PostControl(0);
        owner.Mailbox.TryPost(new Item(1));
        owner.Mailbox.TryPost(new Item(2));

        _queued.RunUntilIdle();

        Assert.Equal(
            ["control 0", "fault control", "work 1", "fault work 1", "work 2", "fault work 2", "end", "fault end"],
            owner.Seen);
        Assert.Equal(0, owner.Mailbox.Count);
        owner.Work = _ => { };
        owner.Mailbox.TryPost(new Item(3));
        _queued.RunUntilIdle();
        Assert.Contains("work 3", owner.Seen);
    }

    [Fact]
    public void Fault_that_the_owner_lets_out_reaches_the_runner_of_the_turn_and_releases_the_mailbox()
    {
        var owner = new FaultyOwner(_inline.Runtime);

        Assert.Throws<NotSupportedException>(() => owner.Mailbox.PostControl(1));
        owner.Broken = false;
        owner.Mailbox.PostControl(2);

        Assert.Equal([1, 2], owner.Seen);
        Assert.False(owner.Mailbox.IsInTurn);
    }

    [Fact]
    public void What_belongs_inside_a_turn_is_refused_outside()
    {
        var owner = new RecordingOwner(_inline.Runtime);

        Assert.Throws<InvalidOperationException>(() => owner.Mailbox.RunAfterTurn(new Completion(() => { })));
        Assert.Throws<InvalidOperationException>(() => owner.Mailbox.TryTakeWork(out _));
    }

    private sealed class FaultyOwner : IMailboxOwner<int, Item>
    {
        public FaultyOwner(ActorRuntime runtime) => Mailbox = new Mailbox<int, Item>(runtime, this, MailboxBounds.Default);

        public Mailbox<int, Item> Mailbox { get; }

        public bool Broken { get; set; } = true;

        public List<int> Seen { get; } = [];

        public bool AcceptsWork => true;

        public void OnControl(in int message)
        {
            Seen.Add(message);
            if (Broken) throw new InvalidOperationException();
        }

        public void OnWork(Item message)
        {
        }

        public void OnTurnEnding()
        {
        }

        public void OnFault(Exception exception) => throw new NotSupportedException();
    }

    private sealed class FirstInFirstOut : Dispatcher
    {
        private readonly Queue<IThreadPoolWorkItem> _items = new();

        public override bool RunsInline => false;

        public override void Schedule(IThreadPoolWorkItem item) => _items.Enqueue(item);

        public override void ScheduleLocal(IThreadPoolWorkItem item) => _items.Enqueue(item);

        public void RunAll()
        {
            while (_items.TryDequeue(out var item)) item.Execute();
        }
    }
}
