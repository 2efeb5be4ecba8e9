using PgActors.Runtime;
using Effect = PgActors.Runtime.SupervisorEffect<string>;
using Kind = PgActors.Runtime.SupervisionEventKind;

namespace PgActors.Actors.Tests.Runtime;

public sealed class SupervisorMachineTests
{
    private const double Half = 0.5;

    private static readonly DateTimeOffset Start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly RestartPolicy Twice = new() { MaxRestarts = 2 };

    private readonly SupervisorMachine<string> _machine = new(maxConcurrentStarts: 2);

    [Fact]
    public void Added_child_starts() =>
        Assert.Equal([Event("a", Kind.Starting, 0, At(0)), Effect.StartChild("a")], Add("a"));

    [Fact]
    public void Adopted_child_is_not_started_and_takes_no_permit()
    {
        Assert.Empty(_machine.OnAdopted("a", "a", Twice, At(0)));
        Assert.Equal((SupervisedPhase.Running, 0), (_machine.PhaseOf("a"), _machine.Starting));
    }

    [Fact]
    public void Adopted_child_that_fails_is_started_again()
    {
        _machine.OnAdopted("a", "a", Twice, At(0));
        _machine.OnFailed("a", "lost", At(1), Half);

        Assert.Equal(SupervisedPhase.BackingOff, _machine.PhaseOf("a"));
    }

    [Fact]
    public void Child_adopted_after_the_end_is_told_to_stop()
    {
        _machine.OnStop(At(0));

        Assert.Equal([Effect.StopChild("a")], _machine.OnAdopted("a", "a", Twice, At(1)));
    }

    [Fact]
    public void Children_past_the_budget_wait_until_one_has_started()
    {
        Add("a");
        Add("b");

        Assert.Empty(Add("c"));
        Assert.Equal(SupervisedPhase.Waiting, _machine.PhaseOf("c"));
        Assert.Equal(
            [Event("a", Kind.Started, 0, At(1)), Event("c", Kind.Starting, 0, At(1)), Effect.StartChild("c")],
            _machine.OnStarted("a", At(1)));
    }

    [Fact]
    public void Failed_start_gives_back_its_permit_and_is_tried_again_after_its_back_off()
    {
        Add("a");

        Assert.Equal(
            [
                Event("a", Kind.Failed, 1, At(1), "refused"),
                Event("a", Kind.RestartScheduled, 1, At(1), delay: Milliseconds(50)),
                Effect.ArmTimer(At(1) + Milliseconds(50)),
            ],
            Fail("a", At(1), "refused"));
        Assert.Equal(0, _machine.Starting);
        Assert.Equal(SupervisedPhase.BackingOff, _machine.PhaseOf("a"));
        Assert.Equal(
            [Event("a", Kind.Starting, 1, At(1) + Milliseconds(50)), Effect.StartChild("a")],
            _machine.OnTimer(At(1) + Milliseconds(50)));
        Assert.Equal([Event("a", Kind.Restarted, 1, At(2))], _machine.OnStarted("a", At(2)));
    }

    [Fact]
    public void Timer_is_always_that_of_the_next_who_is_due()
    {
        Add("a");
        Add("b");
        Fail("a", At(0), sample: 0.8);

        Assert.Contains(Effect.ArmTimer(At(0) + Milliseconds(20)), Fail("b", At(0), sample: 0.2));
        Assert.Contains(Effect.ArmTimer(At(0) + Milliseconds(80)), _machine.OnTimer(At(0) + Milliseconds(20)));
    }

    [Fact]
    public void Timer_that_nobody_needs_is_cancelled()
    {
        Add("a");
        Fail("a", At(0));

        Assert.Equal(
            [Event("a", Kind.Stopped, 1, At(0)), Effect.ForgetChild("a"), Effect.CancelTimer()],
            _machine.OnRemoved("a", At(0)));
    }

    [Fact]
    public void Child_that_is_added_or_retired_for_a_reason_is_told_with_it()
    {
        Assert.Contains(
            Effect.Publish(new SupervisionEvent("a", Kind.Added, 0, At(0), "much to do")),
            _machine.OnAdded("a", "a", RestartPolicy.Default, At(0), "much to do"));
        _machine.OnStarted("a", At(1));
        Assert.Equal(
            [Effect.Publish(new SupervisionEvent("a", Kind.Retiring, 0, At(2), "little to do")), Effect.StopChild("a")],
            _machine.OnRemoved("a", At(2), "little to do"));
    }

    [Fact]
    public void Failures_in_a_row_wait_longer_and_a_stable_run_begins_anew()
    {
        AddStarted("a");
        Assert.Contains(Event("a", Kind.RestartScheduled, 1, At(1), delay: Milliseconds(50)), Fail("a", At(1)));
        _machine.OnTimer(At(2));
        _machine.OnStarted("a", At(2));
        Assert.Contains(Event("a", Kind.RestartScheduled, 2, At(3), delay: Milliseconds(100)), Fail("a", At(3)));
        _machine.OnTimer(At(4));
        _machine.OnStarted("a", At(4));

        Assert.Contains(Event("a", Kind.RestartScheduled, 1, At(8), delay: Milliseconds(50)), Fail("a", At(8)));
    }

    [Fact]
    public void Child_that_is_never_restarted_is_stopped_by_its_failure()
    {
        _machine.OnAdded("a", "a", RestartPolicy.Never, At(0));

        Assert.Equal(
            [Event("a", Kind.Failed, 1, At(1), "why"), Event("a", Kind.Stopped, 1, At(1), "why"), Effect.ForgetChild("a")],
            Fail("a", At(1), "why"));
        Assert.Equal((0, SupervisorCircuit.Closed), (_machine.Count, _machine.Circuit));
    }

    [Fact]
    public void Failing_too_often_escalates_and_tells_what_the_waiters_hear()
    {
        var effects = Escalate("a", WaiterPolicy.Keep);

        Assert.Equal(
            [
                Event("a", Kind.Failed, 3, At(2), "why"),
                Event("a", Kind.Escalated, 3, At(2), "why", Milliseconds(250), WaiterPolicy.Keep),
                Effect.ArmTimer(At(2) + Milliseconds(250)),
            ],
            effects);
        Assert.Equal(SupervisorCircuit.Open, _machine.Circuit);
    }

    [Fact]
    public void Open_circuit_lets_nobody_start_and_then_only_the_probe()
    {
        Escalate("a");
        Assert.DoesNotContain(Add("b", At(2)), effect => effect.Kind is SupervisorEffectKind.StartChild);

        Assert.Equal(
            [Event("a", Kind.Starting, 3, At(3)), Effect.StartChild("a")],
            _machine.OnTimer(At(3)));
        Assert.Equal(SupervisorCircuit.HalfOpen, _machine.Circuit);
        Assert.Empty(Add("c", At(3)));
    }

    [Fact]
    public void Probes_success_lets_the_others_start_within_the_budget()
    {
        Escalate("a");
        Add("b", At(2));
        Add("c", At(2));
        Add("d", At(2));
        _machine.OnTimer(At(3));

        Assert.Equal(
            [
                Event("a", Kind.Restarted, 3, At(4)),
                Event("a", Kind.Recovered, 3, At(4)),
                Event("b", Kind.Starting, 0, At(4)),
                Effect.StartChild("b"),
                Event("c", Kind.Starting, 0, At(4)),
                Effect.StartChild("c"),
            ],
            _machine.OnStarted("a", At(4)));
        Assert.Equal(SupervisorCircuit.Closed, _machine.Circuit);
    }

    [Fact]
    public void Probes_failure_has_the_next_in_line_probe_later()
    {
        Escalate("a");
        Add("b", At(2));
        _machine.OnTimer(At(3));

        Assert.Equal(
            [
                Event("a", Kind.Failed, 4, At(4), "why"),
                Event("a", Kind.RestartScheduled, 4, At(4), delay: Milliseconds(450)),
                Effect.ArmTimer(At(4) + Milliseconds(450)),
            ],
            Fail("a", At(4)));
        Assert.Equal(
            [Event("b", Kind.Starting, 0, At(5)), Effect.StartChild("b")],
            _machine.OnTimer(At(5)));
    }

    [Fact]
    public void Probe_that_is_removed_passes_its_role_on()
    {
        Escalate("a");
        Add("b", At(2));
        _machine.OnTimer(At(3));

        Assert.Equal(
            [Effect.StopChild("a"), Event("b", Kind.Starting, 0, At(4)), Effect.StartChild("b")],
            _machine.OnRemoved("a", At(4)));
        Assert.Equal(SupervisorCircuit.HalfOpen, _machine.Circuit);
    }

    [Fact]
    public void Start_under_way_when_the_circuit_opened_closes_it_by_its_success()
    {
        Add("b");
        Escalate("a");

        Assert.Contains(Event("b", Kind.Recovered, 0, At(2)), _machine.OnStarted("b", At(2)));
        Assert.Equal(SupervisedPhase.Starting, _machine.PhaseOf("a"));
    }

    [Fact]
    public void Failure_beside_the_open_circuit_waits_without_a_decision_of_its_own()
    {
        AddStarted("b");
        Escalate("a");

        Assert.Equal([Event("b", Kind.Failed, 1, At(2), "why")], Fail("b", At(2)));
        Assert.Equal(SupervisedPhase.Waiting, _machine.PhaseOf("b"));
    }

    [Fact]
    public void Running_child_is_stopped_and_forgotten_when_it_says_so()
    {
        AddStarted("a");

        Assert.Equal([Effect.StopChild("a")], _machine.OnRemoved("a", At(1)));
        Assert.Empty(_machine.OnRemoved("a", At(1)));
        Assert.Equal(SupervisedPhase.Stopping, _machine.PhaseOf("a"));
        Assert.Equal([Event("a", Kind.Stopped, 0, At(2)), Effect.ForgetChild("a")], _machine.OnStopped("a", At(2)));
        Assert.Equal(SupervisedPhase.Gone, _machine.PhaseOf("a"));
    }

    [Fact]
    public void Failure_of_a_child_that_is_being_stopped_is_its_stop()
    {
        AddStarted("a");
        _machine.OnRemoved("a", At(1));

        Assert.Equal([Event("a", Kind.Stopped, 0, At(2)), Effect.ForgetChild("a")], Fail("a", At(2)));
    }

    [Fact]
    public void Child_that_stops_by_itself_is_forgotten()
    {
        AddStarted("a");

        Assert.Equal([Event("a", Kind.Stopped, 0, At(1)), Effect.ForgetChild("a")], _machine.OnStopped("a", At(1)));
    }

    [Fact]
    public void Stop_ends_all_and_turns_newcomers_away()
    {
        Add("a");
        Add("b");
        Add("c");

        Assert.Equal(
            [Effect.StopChild("a"), Effect.StopChild("b"), Event("c", Kind.Stopped, 0, At(1)), Effect.ForgetChild("c")],
            _machine.OnStop(At(1)));
        Assert.Equal([Event("d", Kind.Stopped, 0, At(0)), Effect.ForgetChild("d")], Add("d"));
    }

    [Fact]
    public void Stale_reports_change_nothing()
    {
        AddStarted("a");
        Assert.Empty(_machine.OnStarted("a", At(1)));
        Fail("a", At(1));

        Assert.Empty(Fail("a", At(1)));
        Assert.Empty(_machine.OnStarted("a", At(1)));
        Assert.Empty(_machine.OnStopped("a", At(1)));
        Assert.Empty(_machine.OnStarted("unknown", At(1)));
        Assert.Empty(Fail("unknown", At(1)));
        Assert.Empty(_machine.OnStopped("unknown", At(1)));
        Assert.Empty(_machine.OnRemoved("unknown", At(1)));
    }

    [Fact]
    public void Key_in_use_is_refused()
    {
        Add("a");

        Assert.Throws<ArgumentException>(() => Add("a"));
    }

    [Fact]
    public void Any_order_of_facts_keeps_the_budget_and_never_strands_a_child()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var machine = new SupervisorMachine<int>(3);
            var now = Start;
            DateTimeOffset? timer = null;
            var told = new HashSet<int>();
            void Apply(IEnumerable<SupervisorEffect<int>> effects)
            {
                foreach (var effect in effects)
                {
                    if (effect.Kind is SupervisorEffectKind.StartChild) Assert.True(told.Add(effect.Key));
                    if (effect.Kind is SupervisorEffectKind.ArmTimer) timer = effect.At;
                    if (effect.Kind is SupervisorEffectKind.CancelTimer) timer = null;
                }

                Assert.InRange(machine.Starting, 0, 3);
            }

            for (var key = 0; key < 10; key++) Apply(machine.OnAdded(key, "", Twice, now));
            for (var step = 0; step < 300; step++)
            {
                var key = random.Next(10);
                now += TimeSpan.FromMilliseconds(random.Next(200));
                if (timer <= now)
                {
                    timer = null;
                    Apply(machine.OnTimer(now));
                }

                if (!told.Contains(key)) continue;
                if (random.Next(3) == 0)
                {
                    Apply(machine.OnStarted(key, now));
                    continue;
                }

                told.Remove(key);
                Apply(machine.OnFailed(key, "", now, random.NextDouble()));
            }

            // From here on every start succeeds: all must come up, by timers alone.
            for (var step = 0; step < 100; step++)
            {
                var starting = Enumerable.Range(0, 10).Where(key => machine.PhaseOf(key) is SupervisedPhase.Starting).ToArray();
                foreach (var key in starting) Apply(machine.OnStarted(key, now));
                if (starting.Length > 0 || timer is not { } due) continue;
                now = due;
                timer = null;
                Apply(machine.OnTimer(now));
            }

            Assert.All(Enumerable.Range(0, 10), key => Assert.Equal(SupervisedPhase.Running, machine.PhaseOf(key)));
        }
    }

    private static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    private static TimeSpan Milliseconds(double value) => TimeSpan.FromMilliseconds(value);

    private static Effect Event(
        string child,
        Kind kind,
        int attempt,
        DateTimeOffset at,
        string? reason = null,
        TimeSpan? delay = null,
        WaiterPolicy? waiters = null) =>
        new(SupervisorEffectKind.Publish, null, default, new SupervisionEvent(child, kind, attempt, at, reason, delay, waiters));

    private IReadOnlyList<Effect> Add(string key, DateTimeOffset? now = null) =>
        _machine.OnAdded(key, key, RestartPolicy.Default, now ?? At(0));

    private void AddStarted(string key)
    {
        Add(key);
        _machine.OnStarted(key, At(0));
    }

    private IReadOnlyList<Effect> Fail(string key, DateTimeOffset now, string reason = "why", double sample = Half) =>
        _machine.OnFailed(key, reason, now, sample);

    /// <summary>Adds a child that may restart twice, and has it fail three times by second 2.</summary>
    private IReadOnlyList<Effect> Escalate(string key, WaiterPolicy waiters = WaiterPolicy.Fail)
    {
        _machine.OnAdded(key, key, Twice with { Waiters = waiters }, At(0));
        Fail(key, At(0));
        _machine.OnTimer(At(1));
        Fail(key, At(1));
        _machine.OnTimer(At(2));
        return Fail(key, At(2));
    }
}
