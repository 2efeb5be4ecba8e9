using PgActors.Runtime;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Runtime;

public sealed class MailboxCompletionTests
{
    private readonly Simulation _queued = new(1);
    private readonly Simulation _inline = new(1, new SimulationOptions { RunsInline = true });

    [Fact]
    public void Single_completion_of_a_workers_turn_runs_on_it_after_the_release()
    {
        var owner = new RecordingOwner(_queued.Runtime);
        owner.Work = _ => owner.Mailbox.RunAfterTurn(new Completion(() => owner.Seen.Add($"done, in turn: {owner.Mailbox.IsInTurn}")));
        owner.Mailbox.TryPost(new Item(1));

        _queued.RunUntilIdle();

        Assert.Equal(["work 1", "end", "done, in turn: False"], owner.Seen);
        Assert.Equal(1, _queued.Steps);
    }

    [Fact]
    public void Completion_of_a_posters_turn_never_runs_under_the_poster()
    {
        var owner = new RecordingOwner(_inline.Runtime);
        owner.Work = _ => owner.Mailbox.RunAfterTurn(new Completion(() => owner.Seen.Add("done")));

        owner.Mailbox.TryPost(new Item(1));
        Assert.Equal(["work 1", "end"], owner.Seen);
        _inline.RunUntilIdle();

        Assert.Equal(["work 1", "end", "done"], owner.Seen);
    }

    [Fact]
    public void Completion_of_what_was_just_posted_runs_on_the_posters_thread()
    {
        var owner = new RecordingOwner(_inline.Runtime);
        var done = new Completion(() => owner.Seen.Add($"done, in turn: {owner.Mailbox.IsInTurn}"));
        owner.Work = _ =>
        {
            owner.Seen.Add($"alone: {owner.Mailbox.IsAlone}");
            owner.Mailbox.RunAfterTurn(done);
        };

        owner.Mailbox.TryPost(new Item(1) { Answer = done });

        Assert.Equal(["work 1", "alone: True", "end", "done, in turn: False"], owner.Seen);
    }

    // Who is answered may block, and the poster has others to post, for which it may be waiting.
    [Fact]
    public void Completion_of_what_was_posted_for_another_never_runs_under_the_poster()
    {
        var owner = new RecordingOwner(_inline.Runtime);
        var done = new Completion(() => owner.Seen.Add("done"));
        owner.Work = _ =>
        {
            owner.Seen.Add($"alone: {owner.Mailbox.IsAlone}");
            owner.Mailbox.RunAfterTurn(done);
        };

        owner.Mailbox.TryPost(new Item(1) { Answer = done, IsAwaited = false });
        Assert.Equal(["work 1", "alone: False", "end"], owner.Seen);
        _inline.RunUntilIdle();

        Assert.Equal(["work 1", "alone: False", "end", "done"], owner.Seen);
    }

    [Fact]
    public void Single_completion_runs_on_a_thread_that_says_it_is_a_workers()
    {
        var owner = new RecordingOwner(_inline.Runtime);
        owner.Control = _ => owner.Mailbox.RunAfterTurn(new Completion(() => owner.Seen.Add("done")));

        owner.Mailbox.PostControl(1, origin: PostOrigin.Worker);

        Assert.Equal(["control 1", "end", "done"], owner.Seen);
    }

    [Fact]
    public void Several_completions_are_work_items_of_their_own()
    {
        var owner = new RecordingOwner(_queued.Runtime);
        owner.Work = item => owner.Mailbox.RunAfterTurn(new Completion(() => owner.Seen.Add($"done {item.Number}")));
        for (var i = 0; i < 3; i++) owner.Mailbox.TryPost(new Item(i));

        _queued.RunUntilIdle();

        Assert.Equal(["work 0", "work 1", "work 2", "end"], owner.Seen[..4]);
        Assert.Equal(["done 0", "done 1", "done 2"], owner.Seen[4..].Order(StringComparer.Ordinal));
        Assert.Equal(4, _queued.Steps);
    }

    [Fact]
    public void Completions_that_nobody_waits_for_are_no_work_items()
    {
        var owner = new RecordingOwner(_queued.Runtime);
        owner.Work = item => owner.Mailbox.RunAfterTurn(
            new Completion(() => owner.Seen.Add($"done {item.Number}, in turn: {owner.Mailbox.IsInTurn}")) { IsUnawaited = item.Number != 1 });
        for (var i = 0; i < 3; i++) owner.Mailbox.TryPost(new Item(i));

        _queued.RunUntilIdle();

        Assert.Equal(
            ["work 0", "work 1", "work 2", "end", "done 0, in turn: False", "done 2, in turn: False", "done 1, in turn: False"], owner.Seen);
        Assert.Equal(2, _queued.Steps);
    }

    [Fact]
    public void Posts_of_a_burst_of_continuations_share_one_turn()
    {
        // A dispatcher that, as the pool's workers do, empties its local queue before the global one.
        var pool = new LocalFirst();
        var owner = new RecordingOwner(new ActorRuntime(pool, new VirtualTime(), new Random(1)));
        owner.Work = item =>
        {
            if (item.Number < 10) owner.Mailbox.RunAfterTurn(new Completion(() => owner.Mailbox.TryPost(new Item(item.Number + 10))));
        };
        for (var i = 0; i < 3; i++) owner.Mailbox.TryPost(new Item(i), allowInline: false);

        pool.RunAll();

        Assert.Equal(["work 0", "work 1", "work 2", "end", "work 10", "work 11", "work 12", "end"], owner.Seen);
    }

    [Fact]
    public void Post_of_a_lone_continuation_runs_at_once()
    {
        var pool = new LocalFirst();
        var owner = new RecordingOwner(new ActorRuntime(pool, new VirtualTime(), new Random(1)));
        owner.Work = item =>
        {
            if (item.Number != 1) return;
            owner.Mailbox.RunAfterTurn(new Completion(() =>
            {
                owner.Mailbox.TryPost(new Item(2));
                owner.Seen.Add("continued");
            }));
        };
        owner.Mailbox.TryPost(new Item(1), allowInline: false);

        pool.RunAll();

        Assert.Equal(["work 1", "end", "work 2", "end", "continued"], owner.Seen);
    }

    [Fact]
    public void Callers_who_are_answered_out_of_turn_do_not_keep_the_turns_that_wait_from_running()
    {
        // Answers come as receives do, before everything that is scheduled, and each brings the next command of the same caller.
        var pool = new LocalFirst();
        var runtime = new ActorRuntime(pool, new VirtualTime(), new Random(1));
        var quick = new RecordingOwner(runtime);
        var patient = new RecordingOwner(runtime);
        var answers = 0;
        var answersWhenPatientWasDone = -1;
        patient.Work = item =>
        {
            if (item.Number == Mailbox<int, Item>.MaxMessagesPerTurn) answersWhenPatientWasDone = answers;
        };

        // One more than a turn takes: the last waits behind whatever is scheduled.
        for (var i = 0; i <= Mailbox<int, Item>.MaxMessagesPerTurn; i++) patient.Mailbox.TryPost(new Item(i), allowInline: false);
        quick.Work = _ => pool.Receive(() => quick.Mailbox.PostControl(0, origin: PostOrigin.Worker));
        quick.Control = _ => quick.Mailbox.RunAfterTurn(new Completion(() =>
        {
            if (++answers < 100) quick.Mailbox.TryPost(new Item(answers));
        }));

        pool.Receive(() => quick.Mailbox.PostControl(0, origin: PostOrigin.Worker));
        pool.RunAll();

        Assert.Equal(100, answers);
        Assert.Equal(1, answersWhenPatientWasDone);
    }

    [Fact]
    public void Completion_item_may_be_used_again_and_again()
    {
        var owner = new RecordingOwner(_queued.Runtime);
        var runs = 0;
        var completion = new Completion(() => runs++);
        owner.Work = _ => owner.Mailbox.RunAfterTurn(completion);
        for (var i = 0; i < 3; i++)
        {
            owner.Mailbox.TryPost(new Item(i));
            _queued.RunUntilIdle();
        }

        Assert.Equal(3, runs);
    }

    [Fact]
    public void Continuation_that_blocks_on_its_next_command_hangs_neither_itself_nor_its_neighbours()
    {
        // Two threads for everything. One continuation of a burst posts a command and blocks for the answer: the other thread has to run
        // the mailbox and all the other completions.
        const int Burst = 5;
        var cancellation = TestContext.Current.CancellationToken;
        using var pool = new FixedPool(2);
        using var neighbours = new CountdownEvent(Burst - 1);
        using var nested = new ManualResetEventSlim();
        using var unblocked = new ManualResetEventSlim();
        var owner = new RecordingOwner(new ActorRuntime(pool, new VirtualTime(), new Random(1)));
        owner.Work = item => owner.Mailbox.RunAfterTurn(new Completion(() =>
        {
            if (item.Number == 0)
            {
                owner.Mailbox.TryPost(new Item(100));
                nested.Wait(cancellation);
                unblocked.Set();
            }
            else if (item.Number == 100)
            {
                nested.Set();
            }
            else
            {
                neighbours.Signal();
            }
        }));
        owner.Control = _ =>
        {
            for (var i = 0; i < Burst; i++) owner.Mailbox.TryPost(new Item(i));
        };

        owner.Mailbox.PostControl(0, allowInline: false);

        Assert.True(neighbours.Wait(TimeSpan.FromSeconds(30), cancellation));
        Assert.True(unblocked.Wait(TimeSpan.FromSeconds(30), cancellation));
    }

    [Fact]
    public void Poster_that_blocks_for_its_answer_gets_it()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var pool = new FixedPool(1);
        using var answered = new ManualResetEventSlim();
        var owner = new RecordingOwner(new ActorRuntime(pool, new VirtualTime(), new Random(1)));
        var onPool = false;
        owner.Work = _ => owner.Mailbox.RunAfterTurn(new Completion(() =>
        {
            onPool = pool.IsMine;
            answered.Set();
        }));

        owner.Mailbox.TryPost(new Item(1));

        Assert.True(answered.Wait(TimeSpan.FromSeconds(30), cancellation));
        Assert.True(onPool);
    }

    private sealed class LocalFirst : Dispatcher
    {
        private readonly Queue<IThreadPoolWorkItem> _local = new();
        private readonly Queue<Action> _received = new();
        private readonly Queue<IThreadPoolWorkItem> _global = new();

        public override bool RunsInline => true;

        public override bool HasBacklog => _local.Count + _global.Count > 0;

        // What a socket has received: goes before the global queue.
        public void Receive(Action action) => _received.Enqueue(action);

        public override void Schedule(IThreadPoolWorkItem item) => _global.Enqueue(item);

        public override void ScheduleLocal(IThreadPoolWorkItem item) => _local.Enqueue(item);

        public void RunAll()
        {
            while (true)
            {
                if (_local.TryDequeue(out var item)) item.Execute();
                else if (_received.TryDequeue(out var received)) received();
                else if (_global.TryDequeue(out item)) item.Execute();
                else return;
            }
        }
    }
}
