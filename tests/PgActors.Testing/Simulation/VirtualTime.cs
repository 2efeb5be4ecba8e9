namespace PgActors.Testing;

/// <summary>
/// A clock that stands still until it is advanced. Timers fire on the thread that advances it, in the order they are due.
/// </summary>
/// <remarks>Thread-safe; callbacks run outside its lock, and without an execution context of those who made the timers.</remarks>
public sealed class VirtualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<(VirtualTimer Timer, long Arming), (TimeSpan Due, long Order)> _queue = new();
    private TimeSpan _now;
    private long _order;

    /// <summary>When every virtual clock begins: 2000-01-01 00:00 UTC, the epoch of PostgreSQL's timestamps.</summary>
    public static DateTimeOffset Epoch { get; } = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The time since <see cref="Epoch"/>.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_lock) return _now;
        }
    }

    /// <summary>When the next timer is due, since <see cref="Epoch"/>; null if none is armed.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            lock (_lock) return TryPeek(out _, out var due) ? due : null;
        }
    }

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc />
    public override long GetTimestamp() => Elapsed.Ticks;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => Epoch + Elapsed;

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Advances the clock, firing each timer that becomes due at its own time, also those armed meanwhile.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var until = Elapsed + by;
        while (TryFireNext(until))
        {
        }

        lock (_lock)
        {
            if (_now < until) _now = until;
        }
    }

    /// <summary>
    /// Jumps to the next timer that is due no later than <paramref name="until"/>, since <see cref="Epoch"/>, and fires it.
    /// </summary>
    /// <returns>False if there is none; the clock then stays.</returns>
    public bool TryFireNext(TimeSpan until)
    {
        VirtualTimer timer;
        lock (_lock)
        {
            if (!TryPeek(out timer, out var due) || due > until) return false;
            _queue.Dequeue();
            if (_now < due) _now = due;
            timer.Arming = 0;
            if (timer.Period > TimeSpan.Zero) Enqueue(timer, timer.Period);
        }

        timer.Fire();
        return true;
    }

    internal bool Change(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        lock (_lock)
        {
            if (timer.IsDisposed) return false;
            timer.Arming = 0;
            timer.Period = period;
            if (dueTime >= TimeSpan.Zero) Enqueue(timer, dueTime);
            return true;
        }
    }

    internal void Remove(VirtualTimer timer)
    {
        lock (_lock) (timer.Arming, timer.IsDisposed) = (0, true);
    }

    private void Enqueue(VirtualTimer timer, TimeSpan dueTime)
    {
        timer.Arming = ++_order;
        _queue.Enqueue((timer, _order), (_now + dueTime, _order));
    }

    // Armings that were changed or cancelled stay queued until they are met here.
    private bool TryPeek(out VirtualTimer timer, out TimeSpan due)
    {
        while (_queue.TryPeek(out var entry, out var at))
        {
            (timer, due) = (entry.Timer, at.Due);
            if (entry.Arming == timer.Arming) return true;
            _queue.Dequeue();
        }

        (timer, due) = (null!, default);
        return false;
    }
}
