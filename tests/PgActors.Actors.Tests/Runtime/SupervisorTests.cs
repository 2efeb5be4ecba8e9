using PgActors.Runtime;
using PgActors.Testing;
using Kind = PgActors.Runtime.SupervisionEventKind;

namespace PgActors.Actors.Tests.Runtime;

public sealed class SupervisorTests
{
    private readonly Simulation _simulation = new(11);
    private readonly List<SupervisionEvent> _events = [];

    [Fact]
    public void Child_is_started_and_restarted_after_its_failure()
    {
        var supervisor = Supervise();
        var child = new Child(supervisor, 1);
        supervisor.Add(1, child, "one");
        _simulation.RunUntilIdle();
        supervisor.ChildFailed(1, "lost");

        _simulation.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(2, child.Starts);
        Assert.Equal(
            [Kind.Starting, Kind.Started, Kind.Failed, Kind.RestartScheduled, Kind.Starting, Kind.Restarted],
            _events.Select(e => e.Kind));
        Assert.All(_events, e => Assert.Equal("one", e.Child));
        var scheduled = _events[3];
        Assert.Equal(scheduled.At + scheduled.Delay!.Value, _events[4].At, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void Hundred_children_that_fail_at_once_come_back_without_a_herd()
    {
        const int Budget = 4;
        var supervisor = Supervise(new SupervisorOptions { MaxConcurrentStarts = Budget });
        var crowd = new Crowd();
        var children = Enumerable.Range(0, 100).Select(key => new Child(supervisor, key, crowd, _simulation.Time)).ToArray();
        foreach (var child in children) supervisor.Add(child.Key, child);
        _simulation.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal((Budget, 0), (crowd.Peak, crowd.Now));
        Assert.All(children, child => Assert.Equal(1, child.Starts));

        crowd.Peak = 0;
        foreach (var child in children) supervisor.ChildFailed(child.Key, "server restarted");
        _simulation.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal((Budget, 0), (crowd.Peak, crowd.Now));
        Assert.All(children, child => Assert.Equal(2, child.Starts));
        Assert.DoesNotContain(_events, e => e.Kind is Kind.Escalated);
    }

    [Fact]
    public void Outage_escalates_is_probed_by_one_and_ends_with_all_of_them_up()
    {
        var supervisor = Supervise(new SupervisorOptions { Policy = new RestartPolicy { MaxRestarts = 3 } });
        var crowd = new Crowd { IsDown = true };
        var children = Enumerable.Range(0, 20).Select(key => new Child(supervisor, key, crowd, _simulation.Time)).ToArray();
        foreach (var child in children) supervisor.Add(child.Key, child);
        _simulation.Advance(TimeSpan.FromMinutes(2));
        Assert.Single(_events, e => e.Kind is Kind.Escalated);
        crowd.Peak = 0;
        _simulation.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, crowd.Peak);

        crowd.IsDown = false;
        var back = _simulation.Time.GetUtcNow();
        _simulation.Advance(TimeSpan.FromMinutes(1));

        var recovered = Assert.Single(_events, e => e.Kind is Kind.Recovered);
        Assert.InRange(recovered.At - back, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.All(children, child => Assert.True(child.IsUp));
    }

    [Fact]
    public void Events_come_in_order_outside_the_turn_and_survive_a_faulty_observer()
    {
        var seen = new List<Kind>();
        var supervisor = new Supervisor<int>(
            _simulation.Runtime,
            new SupervisorOptions(),
            e =>
            {
                seen.Add(e.Kind);
                throw new InvalidOperationException("the observer's own");
            });
        supervisor.Add(1, new Child(supervisor, 1));
        _simulation.RunUntilIdle();
        supervisor.Remove(1);
        _simulation.RunUntilIdle();

        Assert.Equal([Kind.Starting, Kind.Started, Kind.Stopped], seen);
    }

    [Fact]
    public void Start_that_throws_is_a_failure()
    {
        var supervisor = Supervise();
        supervisor.Add(1, new Throwing(), policy: RestartPolicy.Never);

        _simulation.RunUntilIdle();

        Assert.Equal([Kind.Starting, Kind.Failed, Kind.Stopped], _events.Select(e => e.Kind));
        Assert.Equal("cannot", _events[1].Reason);
    }

    [Fact]
    public void Stop_that_throws_is_a_stop()
    {
        var supervisor = Supervise();
        supervisor.Add(1, new Throwing { StartsQuietly = true });
        supervisor.Stop();

        _simulation.RunUntilIdle();

        Assert.Equal([Kind.Starting, Kind.Stopped], _events.Select(e => e.Kind));
    }

    [Fact]
    public void Key_in_use_is_refused_with_an_event()
    {
        var supervisor = Supervise();
        var first = new Child(supervisor, 1);
        var second = new Child(supervisor, 1);
        supervisor.Add(1, first, "first");
        supervisor.Add(1, second, "second");

        _simulation.RunUntilIdle();

        Assert.Equal((1, 0), (first.Starts, second.Starts));
        Assert.Contains(_events, e => e is { Child: "second", Kind: Kind.Stopped, Reason: not null });
    }

    [Fact]
    public void Stopped_supervisor_leaves_no_timer()
    {
        var supervisor = Supervise();
        supervisor.Add(1, new Child(supervisor, 1));
        _simulation.RunUntilIdle();
        supervisor.ChildFailed(1, "lost");
        _simulation.RunUntilIdle();
        Assert.NotNull(_simulation.Time.NextDue);

        supervisor.Stop();
        _simulation.RunUntilIdle();

        Assert.Null(_simulation.Time.NextDue);
        Assert.Equal(Kind.Stopped, _events[^1].Kind);
    }

    private Supervisor<int> Supervise(SupervisorOptions? options = null) =>
        new(_simulation.Runtime, options ?? new SupervisorOptions(), _events.Add);

    private sealed class Crowd
    {
        public int Now { get; private set; }

        public int Peak { get; set; }

        public bool IsDown { get; set; }

        public void Enter() => Peak = Math.Max(Peak, ++Now);

        public void Leave() => Now--;
    }

    private sealed class Child(Supervisor<int> supervisor, int key, Crowd? crowd = null, TimeProvider? time = null) : ISupervisedChild
    {
        private ITimer? _timer;

        public int Key => key;

        public int Starts { get; private set; }

        public bool IsUp { get; private set; }

        public void Start()
        {
            Starts++;
            IsUp = false;
            if (crowd is null)
            {
                IsUp = true;
                supervisor.ChildStarted(key);
                return;
            }

            // A connect takes 20 ms.
            crowd.Enter();
            _timer?.Dispose();
            _timer = time!.CreateTimer(_ => Connected(), null, TimeSpan.FromMilliseconds(20), Timeout.InfiniteTimeSpan);
        }

        public void Stop() => supervisor.ChildStopped(key);

        private void Connected()
        {
            crowd!.Leave();
            IsUp = !crowd.IsDown;
            if (IsUp) supervisor.ChildStarted(key);
            else supervisor.ChildFailed(key, "refused");
        }
    }

    private sealed class Throwing : ISupervisedChild
    {
        public bool StartsQuietly { get; init; }

        public void Start()
        {
            if (!StartsQuietly) throw new InvalidOperationException("cannot");
        }

        public void Stop() => throw new InvalidOperationException("cannot");
    }
}
