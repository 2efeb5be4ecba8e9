using PgActors.Runtime;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Runtime;

public sealed class SimulationTests
{
    [Fact]
    public void Same_seed_gives_the_same_trace_and_other_seeds_others()
    {
        var hashes = new HashSet<ulong>();
        for (var seed = 0; seed < 20; seed++)
        {
            var first = Play(seed, runsInline: false);
            var second = Play(seed, runsInline: false);
            Assert.Equal(first.Lines, second.Lines);
            Assert.Equal(first.Hash, second.Hash);
            hashes.Add(first.Hash);
        }

        Assert.Equal(20, hashes.Count);
    }

    [Fact]
    public void Inline_turns_replay_too() =>
        Assert.Equal(Play(3, runsInline: true).Hash, Play(3, runsInline: true).Hash);

    [Fact]
    public void Body_runs_to_its_end_in_virtual_time()
    {
        var simulation = new Simulation(1);
        var thread = Environment.CurrentManagedThreadId;

        simulation.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromHours(1), simulation.Time, TestContext.Current.CancellationToken);
            await Task.Yield();
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            Assert.Equal(TimeSpan.FromHours(1), simulation.Time.Elapsed);
        });

        Assert.Equal(TimeSpan.FromHours(1), simulation.Time.Elapsed);
    }

    [Fact]
    public void Asynchronous_completion_comes_back_to_the_simulation()
    {
        var simulation = new Simulation(1);
        var thread = Environment.CurrentManagedThreadId;

        simulation.Run(async () =>
        {
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var timer = simulation.Time.CreateTimer(_ => source.SetResult(), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            await source.Task;
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
        });
    }

    [Fact]
    public void Wait_for_nothing_is_a_deadlock()
    {
        var simulation = new Simulation(42);

        var exception = Assert.Throws<SimulationException>(() => simulation.Run(() => new TaskCompletionSource().Task));

        Assert.Contains("seed 42", exception.Message, StringComparison.Ordinal);
        Assert.Contains("deadlock", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Circle_ends_at_the_limit_of_steps()
    {
        var simulation = new Simulation(1, new SimulationOptions { MaxSteps = 100 });

        var exception = Assert.Throws<SimulationException>(() => simulation.Run(async () =>
        {
            while (true) await Task.Yield();
        }));

        Assert.Contains("100 steps", exception.Message, StringComparison.Ordinal);
        Assert.Equal(100, simulation.Steps);
    }

    [Fact]
    public void Timer_that_repeats_for_ever_ends_at_the_limit_of_time()
    {
        var simulation = new Simulation(1, new SimulationOptions { MaxTime = TimeSpan.FromHours(1) });
        using var timer = simulation.Time.CreateTimer(_ => { }, null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

        Assert.Throws<SimulationException>(() => simulation.Run(() => new TaskCompletionSource().Task));
    }

    [Fact]
    public void Failure_carries_the_seed_and_the_cause()
    {
        var simulation = new Simulation(7);

        var exception = Assert.Throws<SimulationException>(() => simulation.Run(async () =>
        {
            await Task.Yield();
            throw new NotSupportedException("why");
        }));

        Assert.Contains("seed 7", exception.Message, StringComparison.Ordinal);
        Assert.IsType<NotSupportedException>(exception.InnerException);
    }

    [Fact]
    public void Schedule_from_another_thread_is_reported()
    {
        var simulation = new Simulation(1);
        var owner = new RecordingOwner(simulation.Runtime);
        var thread = new Thread(() => owner.Mailbox.PostControl(1));
        thread.Start();
        thread.Join();

        var exception = Assert.Throws<SimulationException>(simulation.RunUntilIdle);

        Assert.Contains("another thread", exception.Message, StringComparison.Ordinal);
        Assert.Empty(owner.Seen);
    }

    [Fact]
    public void Trace_keeps_the_last_lines_and_a_hash_of_all()
    {
        var trace = new SimulationTrace();
        var other = new SimulationTrace();
        other.Add("first");
        for (var i = 0; i < SimulationTrace.MaxLines; i++)
        {
            trace.Add($"{i}");
            other.Add($"{i}");
        }

        Assert.Equal(trace.Lines, other.Lines);
        Assert.NotEqual(trace.Hash, other.Hash);
        Assert.Equal(SimulationTrace.MaxLines + 1, other.Count);
    }

    [Fact]
    public void Timers_fire_in_the_order_they_are_due_and_equal_ones_in_the_order_of_arming()
    {
        var time = new VirtualTime();
        var fired = new List<string>();
        ITimer Arm(string name, int seconds)
        {
            var due = TimeSpan.FromSeconds(seconds);
            return time.CreateTimer(_ => fired.Add($"{name} {time.Elapsed.TotalSeconds}"), null, due, Timeout.InfiniteTimeSpan);
        }

        Arm("c", 3);
        Arm("a", 1);
        Arm("b", 1);
        var moved = Arm("moved", 2);
        moved.Change(TimeSpan.FromSeconds(4), Timeout.InfiniteTimeSpan);
        Arm("disposed", 2).Dispose();

        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["a 1", "b 1", "c 3", "moved 4"], fired);
        Assert.Equal(TimeSpan.FromSeconds(10), time.Elapsed);
        Assert.Null(time.NextDue);
    }

    [Fact]
    public void Periodic_timer_fires_every_period_until_it_is_disposed()
    {
        var time = new VirtualTime();
        var fired = 0;
        using (time.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)))
        {
            time.Advance(TimeSpan.FromSeconds(6));
            Assert.Equal(3, fired);
        }

        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(3, fired);
    }

    [Fact]
    public void Randomness_of_a_runtime_may_be_shared_by_threads()
    {
        var random = new ActorRuntime(ThreadPoolDispatcher.Instance, new VirtualTime(), new Random(1)).Random;
        var drawn = Enumerable.Range(0, 4).AsParallel().WithDegreeOfParallelism(4)
            .SelectMany(_ => Enumerable.Range(0, 100_000).Select(_ => random.NextInt64()).ToArray()).ToArray();

        var expected = new Random(1);
        Assert.Equal(
            Enumerable.Range(0, drawn.Length).Select(_ => expected.NextInt64()).Order(),
            drawn.Order());
    }

    /// <summary>Mailboxes that post to each other at random, timers and a body that waits for room.</summary>
    private static SimulationTrace Play(int seed, bool runsInline)
    {
        var simulation = new Simulation(seed, new SimulationOptions { RunsInline = runsInline });
        var owners = Enumerable.Range(0, 4).Select(_ => new RecordingOwner(simulation.Runtime, new MailboxBounds(2, 100))).ToArray();
        for (var i = 0; i < owners.Length; i++)
        {
            var name = i;
            owners[i].Work = item =>
            {
                simulation.Trace.Add($"{name} {item.Number}");
                if (item.Number % 7 != 0) owners[simulation.Runtime.Random.Next(4)].Mailbox.TryPost(new Item(item.Number + 1));
            };
        }

        simulation.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                await owners[i % 4].Mailbox.PostAsync(new Item(i), CancellationToken.None);
                if (i % 10 == 0) await Task.Delay(TimeSpan.FromSeconds(1), simulation.Time);
            }
        });
        simulation.RunUntilIdle();
        return simulation.Trace;
    }
}
