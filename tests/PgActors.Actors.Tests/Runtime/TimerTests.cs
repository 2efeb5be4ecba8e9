using PgActors.Runtime;
using PgActors.Testing;

namespace PgActors.Actors.Tests.Runtime;

public sealed class TimerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly Simulation _simulation = new(1);
    private readonly TimedOwner _owner;

    public TimerTests() => _owner = new TimedOwner(_simulation.Runtime);

    private enum Deadline
    {
        Connect,
        Cancel,
    }

    [Fact]
    public void Timer_fires_once_when_it_is_due()
    {
        _owner.Do(timers => timers.Arm(Deadline.Connect, Second));

        _simulation.Advance(Second - TimeSpan.FromMilliseconds(1));
        Assert.Empty(_owner.Fired);
        _simulation.Advance(Second);
        _simulation.Advance(Second);

        Assert.Equal([(Deadline.Connect, Second)], _owner.Fired);
        Assert.False(_owner.Timers.IsArmed(Deadline.Connect));
    }

    [Fact]
    public void Timers_of_different_names_do_not_disturb_each_other()
    {
        _owner.Do(timers =>
        {
            timers.Arm(Deadline.Connect, 2 * Second);
            timers.Arm(Deadline.Cancel, Second);
        });

        _simulation.Advance(3 * Second);

        Assert.Equal([(Deadline.Cancel, Second), (Deadline.Connect, 2 * Second)], _owner.Fired);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(1)]
    public void Timer_that_is_moved_fires_at_the_new_time_only(int seconds)
    {
        _owner.Do(timers =>
        {
            timers.Arm(Deadline.Connect, 3 * Second);
            timers.Arm(Deadline.Connect, seconds * Second);
        });

        _simulation.Advance(10 * Second);

        Assert.Equal([(Deadline.Connect, seconds * Second)], _owner.Fired);
    }

    [Fact]
    public void Moving_a_deadline_ahead_does_not_touch_the_clock()
    {
        _owner.Do(timers =>
        {
            for (var i = 0; i < 100; i++) timers.Arm(Deadline.Connect, (3 + i) * Second);
        });
        _simulation.RunUntilIdle();

        Assert.Equal(3 * Second, _simulation.Time.NextDue);
    }

    [Fact]
    public void Cancelled_timer_does_not_fire()
    {
        _owner.Do(timers => timers.Arm(Deadline.Connect, Second));
        _simulation.RunUntilIdle();
        _owner.Do(timers => timers.Cancel(Deadline.Connect));

        _simulation.Advance(10 * Second);

        Assert.Empty(_owner.Fired);
        Assert.Null(_simulation.Time.NextDue);
    }

    [Fact]
    public void Firing_under_way_is_refused_once_cancelled()
    {
        _owner.Do(timers => timers.Arm(Deadline.Connect, Second));
        _simulation.RunUntilIdle();

        // The clock fires, and the signal waits in the mailbox behind the cancel.
        _owner.Do(timers => timers.Cancel(Deadline.Connect));
        _simulation.Time.Advance(Second);
        _simulation.RunUntilIdle();

        Assert.Equal(1, _owner.Signals);
        Assert.Empty(_owner.Fired);
    }

    [Fact]
    public void Firing_under_way_does_not_stand_in_for_a_later_arming()
    {
        _owner.Do(timers => timers.Arm(Deadline.Connect, Second));
        _simulation.RunUntilIdle();

        _owner.Do(timers =>
        {
            timers.Cancel(Deadline.Connect);
            timers.Arm(Deadline.Connect, 5 * Second);
        });
        _simulation.Time.Advance(Second);
        _simulation.Advance(10 * Second);

        Assert.Equal([(Deadline.Connect, 6 * Second)], _owner.Fired);
    }

    [Fact]
    public void Timer_without_delay_fires_at_once_and_one_without_end_never()
    {
        _owner.Do(timers =>
        {
            timers.Arm(Deadline.Connect, -Second);
            timers.Arm(Deadline.Cancel, TimeSpan.MaxValue);
        });

        _simulation.Advance(TimeSpan.FromDays(100));

        Assert.Equal([(Deadline.Connect, TimeSpan.Zero)], _owner.Fired);
        Assert.True(_owner.Timers.IsArmed(Deadline.Cancel));
    }

    [Fact]
    public void Timer_beyond_the_clocks_reach_fires_on_time()
    {
        _owner.Do(timers => timers.Arm(Deadline.Connect, TimeSpan.FromDays(100)));

        _simulation.Advance(TimeSpan.FromDays(101));

        Assert.Equal([(Deadline.Connect, TimeSpan.FromDays(100))], _owner.Fired);
    }

    [Fact]
    public void Disposed_timers_are_silent()
    {
        _owner.Do(timers =>
        {
            timers.Arm(Deadline.Connect, Second);
            timers.Dispose();
        });

        _simulation.Advance(10 * Second);

        Assert.Empty(_owner.Fired);
        Assert.Equal(0, _owner.Signals);
    }

    private sealed class TimedOwner : IMailboxOwner<(Action<ActorTimers<Deadline>>? Do, TimerSignal<Deadline> Signal), Item>
    {
        private readonly ActorRuntime _runtime;
        private readonly Mailbox<(Action<ActorTimers<Deadline>>? Do, TimerSignal<Deadline> Signal), Item> _mailbox;

        public TimedOwner(ActorRuntime runtime)
        {
            _runtime = runtime;
            _mailbox = new(runtime, this, MailboxBounds.Default);
            Timers = new ActorTimers<Deadline>(runtime.Time, signal => _mailbox.PostControl((null, signal)));
        }

        public ActorTimers<Deadline> Timers { get; }

        public List<(Deadline, TimeSpan)> Fired { get; } = [];

        public int Signals { get; private set; }

        public bool AcceptsWork => true;

        public void Do(Action<ActorTimers<Deadline>> action) => _mailbox.PostControl((action, default));

        public void OnControl(in (Action<ActorTimers<Deadline>>? Do, TimerSignal<Deadline> Signal) message)
        {
            if (message.Do is { } action)
            {
                action(Timers);
                return;
            }

            Signals++;
            if (Timers.Accept(message.Signal)) Fired.Add((message.Signal.Key, _runtime.Time.GetUtcNow() - VirtualTime.Epoch));
        }

        public void OnWork(Item message)
        {
        }

        public void OnTurnEnding()
        {
        }

        public void OnFault(Exception exception) => throw new InvalidOperationException("fault", exception);
    }
}
