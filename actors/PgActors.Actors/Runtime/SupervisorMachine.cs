namespace PgActors.Runtime;

/// <summary>
/// Decides when supervised children start, restart and stop. Pure: facts in, orders out; time and chance are arguments. Not thread-safe.
/// </summary>
/// <typeparam name="TKey">Names a child.</typeparam>
/// <remarks>
/// At most so many children start at a time; the others wait in line. A child that fails waits for its back-off and joins the line again.
/// One that fails too often opens the circuit for all: they share a server, and a herd at its door does not help it. Then one child at a
/// time, the first in line, probes; a success closes the circuit, a failure sends the probe to the end of the line, so that one sick
/// child can't keep the others out. Children that run are left alone throughout. A report that does not fit the child's phase is stale
/// and ignored.
/// </remarks>
public sealed class SupervisorMachine<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, Child> _children = [];

    // Both hold children that have meanwhile left the phase; those are skipped. A child enters a phase anew only after it was taken out.
    private readonly Queue<Child> _line = new();
    private readonly PriorityQueue<Child, DateTimeOffset> _sleepers = new();

    private readonly int _maxConcurrentStarts;
    private List<SupervisorEffect<TKey>> _effects = [];
    private Child? _probe;
    private int _probeFailures;
    private DateTimeOffset _probeAt;
    private DateTimeOffset? _timer;
    private bool _stopping;

    /// <summary>Makes a machine without children.</summary>
    /// <param name="maxConcurrentStarts">How many may start at a time, at least 1.</param>
    public SupervisorMachine(int maxConcurrentStarts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConcurrentStarts, 1);
        _maxConcurrentStarts = maxConcurrentStarts;
    }

    /// <summary>Whether children may start.</summary>
    public SupervisorCircuit Circuit { get; private set; }

    /// <summary>How many children are starting now.</summary>
    public int Starting { get; private set; }

    /// <summary>How many children are supervised, in whatever phase.</summary>
    public int Count => _children.Count;

    /// <summary>The phase of a child; <see cref="SupervisedPhase.Gone"/> for one that is not known.</summary>
    public SupervisedPhase PhaseOf(TKey key) => _children.TryGetValue(key, out var child) ? child.Phase : SupervisedPhase.Gone;

    /// <summary>A child is to be supervised, and started when there is room. After <see cref="OnStop"/> it is turned away.</summary>
    /// <exception cref="ArgumentException">A child of that key is supervised.</exception>
    public IReadOnlyList<SupervisorEffect<TKey>> OnAdded(TKey key, string name, RestartPolicy policy, DateTimeOffset now, string? reason = null)
    {
        var child = new Child(key, name, policy);
        _children.Add(key, child);
        if (reason is not null) Publish(child, SupervisionEventKind.Added, now, reason);
        if (_stopping) Forget(child, now);
        else Enqueue(child);
        return Settle(now);
    }

    /// <summary>A child that runs already is to be supervised from now on. After <see cref="OnStop"/> it is told to stop.</summary>
    /// <exception cref="ArgumentException">A child of that key is supervised.</exception>
    public IReadOnlyList<SupervisorEffect<TKey>> OnAdopted(TKey key, string name, RestartPolicy policy, DateTimeOffset now)
    {
        var child = new Child(key, name, policy) { Phase = SupervisedPhase.Running, StartedAt = now };
        _children.Add(key, child);
        if (_stopping) Remove(child, now);
        return Settle(now);
    }

    /// <summary>A child reports that it runs.</summary>
    public IReadOnlyList<SupervisorEffect<TKey>> OnStarted(TKey key, DateTimeOffset now)
    {
        if (!TryFind(key, out var child) || child.Phase is not SupervisedPhase.Starting) return Settle(now);
        LeaveActive(child, now, SupervisedPhase.Running);
        child.StartedAt = now;
        Publish(child, child.Failures == 0 ? SupervisionEventKind.Started : SupervisionEventKind.Restarted, now);
        if (Circuit is not SupervisorCircuit.Closed) Recover(child, now);
        return Settle(now);
    }

    /// <summary>A child reports that it ended by itself.</summary>
    /// <param name="key">Which child.</param>
    /// <param name="reason">Why, for the events.</param>
    /// <param name="now">The time.</param>
    /// <param name="sample">A random number from 0 up to, not including, 1, for the jitter.</param>
    public IReadOnlyList<SupervisorEffect<TKey>> OnFailed(TKey key, string reason, DateTimeOffset now, double sample)
    {
        if (TryFind(key, out var child))
        {
            if (child.Phase is SupervisedPhase.Stopping) Forget(child, now);
            else if (child.IsActive) Fail(child, reason, now, sample);
        }

        return Settle(now);
    }

    /// <summary>A child reports that it ended as it was meant to. It is supervised no longer.</summary>
    public IReadOnlyList<SupervisorEffect<TKey>> OnStopped(TKey key, DateTimeOffset now)
    {
        if (TryFind(key, out var child) && (child.IsActive || child.Phase is SupervisedPhase.Stopping))
        {
            LeaveActive(child, now, SupervisedPhase.Stopping);
            Forget(child, now);
        }

        return Settle(now);
    }

    /// <summary>A child is to be stopped, if it is active, and supervised no longer.</summary>
    public IReadOnlyList<SupervisorEffect<TKey>> OnRemoved(TKey key, DateTimeOffset now, string? reason = null)
    {
        if (!TryFind(key, out var child)) return Settle(now);
        if (reason is not null) Publish(child, SupervisionEventKind.Retiring, now, reason);
        Remove(child, now);
        return Settle(now);
    }

    /// <summary>All children are to be stopped; none is started again.</summary>
    public IReadOnlyList<SupervisorEffect<TKey>> OnStop(DateTimeOffset now)
    {
        _stopping = true;
        foreach (var child in _children.Values.ToArray()) Remove(child, now);
        return Settle(now);
    }

    /// <summary>The timer fired.</summary>
    public IReadOnlyList<SupervisorEffect<TKey>> OnTimer(DateTimeOffset now)
    {
        _timer = null;
        return Settle(now);
    }

    private bool TryFind(TKey key, out Child child) => _children.TryGetValue(key, out child!);

    private void Fail(Child child, string reason, DateTimeOffset now, double sample)
    {
        var wasProbe = child == _probe;
        var wasStable = child.Phase is SupervisedPhase.Running && now - child.StartedAt >= child.Policy.MaxBackoff;
        LeaveActive(child, now, SupervisedPhase.Waiting);
        child.Failures = wasStable ? 1 : child.Failures + 1;
        Publish(child, SupervisionEventKind.Failed, now, reason);
        if (child.Policy.MaxRestarts == 0)
        {
            Forget(child, now, reason);
            return;
        }

        switch (Circuit)
        {
            case SupervisorCircuit.Closed when child.Intensity.TryCount(now):
                var delay = Backoff.Delay(child.Policy, child.Failures, sample);
                Publish(child, SupervisionEventKind.RestartScheduled, now, delay: delay);
                child.Phase = SupervisedPhase.BackingOff;
                _sleepers.Enqueue(child, now + delay);
                return;
            case SupervisorCircuit.Closed:
                _probeFailures = child.Failures;
                delay = OpenCircuit(child, now, sample);
                Publish(child, SupervisionEventKind.Escalated, now, reason, delay, child.Policy.Waiters);
                break;
            case SupervisorCircuit.Open when wasProbe:
                _probeFailures++;
                delay = OpenCircuit(child, now, sample);
                Publish(child, SupervisionEventKind.RestartScheduled, now, delay: delay);
                break;
            case SupervisorCircuit.Open or SupervisorCircuit.HalfOpen:
                // It had a start under way, or ran, while the circuit is not closed: it waits with the others.
                break;
        }

        Enqueue(child);
    }

    private TimeSpan OpenCircuit(Child child, DateTimeOffset now, double sample)
    {
        var delay = Backoff.ProbeDelay(child.Policy, _probeFailures, sample);
        Circuit = SupervisorCircuit.Open;
        _probeAt = now + delay;
        return delay;
    }

    private void Recover(Child child, DateTimeOffset now)
    {
        Circuit = SupervisorCircuit.Closed;
        _probe = null;
        foreach (var each in _children.Values) each.Intensity.Clear();
        Publish(child, SupervisionEventKind.Recovered, now);
    }

    private void Remove(Child child, DateTimeOffset now)
    {
        if (child.Phase is SupervisedPhase.Stopping) return;
        if (!child.IsActive)
        {
            Forget(child, now);
            return;
        }

        LeaveActive(child, now, SupervisedPhase.Stopping);
        _effects.Add(SupervisorEffect<TKey>.StopChild(child.Key));
    }

    // Gives back what a starting child holds: a permit and, maybe, the role of the probe, which then passes to the next in line at once.
    private void LeaveActive(Child child, DateTimeOffset now, SupervisedPhase next)
    {
        if (child.Phase is SupervisedPhase.Starting) Starting--;
        child.Phase = next;
        if (child != _probe) return;
        _probe = null;
        Circuit = SupervisorCircuit.Open;
        _probeAt = now;
    }

    private void Forget(Child child, DateTimeOffset now, string? reason = null)
    {
        child.Phase = SupervisedPhase.Gone;
        _children.Remove(child.Key);
        Publish(child, SupervisionEventKind.Stopped, now, reason);
        _effects.Add(SupervisorEffect<TKey>.ForgetChild(child.Key));
    }

    private void Enqueue(Child child)
    {
        child.Phase = SupervisedPhase.Waiting;
        _line.Enqueue(child);
    }

    // What every fact ends with: wake who is due, start who may, and set the timer for what comes next.
    private List<SupervisorEffect<TKey>> Settle(DateTimeOffset now)
    {
        while (TryPeekSleeper(out var sleeper, out var due) && due <= now)
        {
            _sleepers.Dequeue();
            Enqueue(sleeper);
        }

        for (var permits = Permits(now); permits > 0 && TryPeekLine(out var child); permits--)
        {
            _line.Dequeue();
            Start(child, now);
        }

        SetTimer(now);
        var effects = _effects;
        _effects = [];
        return effects;
    }

    private int Permits(DateTimeOffset now)
    {
        var free = _maxConcurrentStarts - Starting;
        return Circuit switch
        {
            SupervisorCircuit.Closed => free,
            SupervisorCircuit.Open => now >= _probeAt ? Math.Min(free, 1) : 0,
            SupervisorCircuit.HalfOpen => 0,
        };
    }

    private void Start(Child child, DateTimeOffset now)
    {
        Starting++;
        child.Phase = SupervisedPhase.Starting;
        if (Circuit is SupervisorCircuit.Open)
        {
            Circuit = SupervisorCircuit.HalfOpen;
            _probe = child;
        }

        Publish(child, SupervisionEventKind.Starting, now);
        _effects.Add(SupervisorEffect<TKey>.StartChild(child.Key));
    }

    private void SetTimer(DateTimeOffset now)
    {
        DateTimeOffset? next = TryPeekSleeper(out _, out var due) ? due : null;
        if (Circuit is SupervisorCircuit.Open && _probeAt > now && TryPeekLine(out _) && !(next <= _probeAt)) next = _probeAt;
        if (next == _timer) return;
        _timer = next;
        _effects.Add(next is { } at ? SupervisorEffect<TKey>.ArmTimer(at) : SupervisorEffect<TKey>.CancelTimer());
    }

    private bool TryPeekLine(out Child child)
    {
        while (_line.TryPeek(out child!))
        {
            if (child.Phase is SupervisedPhase.Waiting) return true;
            _line.Dequeue();
        }

        return false;
    }

    private bool TryPeekSleeper(out Child child, out DateTimeOffset due)
    {
        while (_sleepers.TryPeek(out child!, out due))
        {
            if (child.Phase is SupervisedPhase.BackingOff) return true;
            _sleepers.Dequeue();
        }

        return false;
    }

    private void Publish(
        Child child,
        SupervisionEventKind kind,
        DateTimeOffset now,
        string? reason = null,
        TimeSpan? delay = null,
        WaiterPolicy? waiters = null) =>
        _effects.Add(SupervisorEffect<TKey>.Publish(new SupervisionEvent(child.Name, kind, child.Failures, now, reason, delay, waiters)));

    private sealed class Child(TKey key, string name, RestartPolicy policy)
    {
        public TKey Key => key;

        public string Name => name;

        public RestartPolicy Policy => policy;

        public RestartIntensity Intensity { get; } = new(policy);

        public SupervisedPhase Phase { get; set; }

        public int Failures { get; set; }

        public DateTimeOffset StartedAt { get; set; }

        public bool IsActive => Phase is SupervisedPhase.Starting or SupervisedPhase.Running;
    }
}
