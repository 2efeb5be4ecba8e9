namespace PgActors.Runtime;

/// <summary>
/// One timer of an actor, to be armed again and again. When it fires, a signal is posted to the actor; the actor asks
/// <see cref="Accept"/> in its turn, and a firing that was overtaken by a cancel or a later arming is refused there.
/// </summary>
/// <remarks>
/// All members belong inside the owner's turns; only the signal comes from the clock's thread. Arming later than before does not touch the
/// clock: the earlier firing finds the timer not due and puts it forward. A deadline that moves with every command costs a clock reading.
/// </remarks>
public sealed class TimerSlot : IDisposable
{
    // The system's timers take at most 2^32 - 2 ms; what is longer is reached in several steps.
    private static readonly TimeSpan LongestStep = TimeSpan.FromDays(30);

    private readonly TimeProvider _time;
    private readonly Action<long> _fired;
    private ITimer? _timer;
    private long _start;
    private TimeSpan _due;
    private TimeSpan _programmed = TimeSpan.MaxValue;

    // Invariant: grows with every change of the clock's timer, before the change; only the owner's turn writes it. A callback that reads
    // a number newer than the firing it belongs to is caught by the due time.
    private long _generation;

    /// <summary>Makes a timer that is not armed.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="fired">Posts the signal with the firing's generation to the owner's mailbox. Called on the clock's thread.</param>
    public TimerSlot(TimeProvider time, Action<long> fired)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(fired);
        _time = time;
        _fired = fired;
        _start = time.GetTimestamp();
    }

    /// <summary>True from <see cref="Arm"/> until the firing is accepted or cancelled.</summary>
    public bool IsArmed { get; private set; }

    /// <summary>Arms the timer, or moves it if it is armed: it fires once, <paramref name="due"/> from now.</summary>
    /// <param name="due">Zero or less fires as soon as possible; there is no upper bound.</param>
    public void Arm(TimeSpan due)
    {
        var now = Now;
        _due = due <= TimeSpan.Zero ? now : due < TimeSpan.MaxValue - now ? now + due : TimeSpan.MaxValue;
        IsArmed = true;
        if (_due < _programmed) Program(now);
    }

    /// <summary>Disarms the timer. A firing under way is refused by <see cref="Accept"/>.</summary>
    public void Cancel()
    {
        IsArmed = false;
        if (_programmed == TimeSpan.MaxValue) return;
        _programmed = TimeSpan.MaxValue;
        Volatile.Write(ref _generation, _generation + 1);
        _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Decides, in the owner's turn, about a firing that was posted.</summary>
    /// <param name="generation">The number the signal carries.</param>
    /// <returns>True: the timer is due, and now disarmed. False: the firing is stale and to be ignored.</returns>
    public bool Accept(long generation)
    {
        if (generation != _generation) return false;
        _programmed = TimeSpan.MaxValue;
        if (!IsArmed) return false;

        // Put off meanwhile, or a clock whose timers run a little ahead of its timestamps.
        var now = Now;
        if (_due > now)
        {
            Program(now);
            return false;
        }

        IsArmed = false;
        return true;
    }

    /// <summary>Disarms the timer for good and gives back the clock's resources.</summary>
    public void Dispose()
    {
        Cancel();
        _timer?.Dispose();
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    private void Program(TimeSpan now)
    {
        var step = _due - now;
        if (step > LongestStep) step = LongestStep;
        _programmed = now + step;
        Volatile.Write(ref _generation, _generation + 1);

        // Whole milliseconds, rounded up: the system's timers truncate, and a firing ahead of time would only be put forward.
        var milliseconds = TimeSpan.FromMilliseconds(Math.Ceiling(step.TotalMilliseconds));
        _timer ??= Create();
        _timer.Change(milliseconds, Timeout.InfiniteTimeSpan);
    }

    private ITimer Create()
    {
        // The turn may run under a caller's execution context, which a timer would otherwise keep alive and carry into its callbacks.
        var flow = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
        try
        {
            return _time.CreateTimer(static state => ((TimerSlot)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            flow?.Undo();
        }
    }

    private void Fire() => _fired(Volatile.Read(in _generation));
}
