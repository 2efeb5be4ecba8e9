namespace PgActors.Runtime;

/// <summary>What a supervisor does about a child's failures. A value: compared, varied with <c>with</c>, shared between threads.</summary>
/// <remarks>
/// The n-th restart in a row waits for a random time up to <c>InitialBackoff * Multiplier^(n-1)</c>, never more than
/// <see cref="MaxBackoff"/> ("full jitter": Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015). More than
/// <see cref="MaxRestarts"/> within <see cref="Window"/> escalates. A child that ran for <see cref="MaxBackoff"/> counts as stable, and its
/// next failure as its first.
/// </remarks>
public sealed record RestartPolicy
{
    /// <summary>
    /// Restarts with 100 ms, doubling up to 4 s, 10 times in 60 s; then escalates and fails the waiters. With 4 s at most between two
    /// tries, a server that is back is in use again within 5 s.
    /// </summary>
    public static RestartPolicy Default { get; } = new();

    /// <summary>Never restarts: a child that fails is stopped, and nothing escalates.</summary>
    public static RestartPolicy Never { get; } = new() { MaxRestarts = 0 };

    /// <summary>The longest wait before the first restart. 0 restarts at once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan InitialBackoff { get; init => field = NotNegative(value); } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait before any restart.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan MaxBackoff { get; init => field = NotNegative(value); } = TimeSpan.FromSeconds(4);

    /// <summary>The shortest wait before any restart; the random part is spread above it. 0 for full jitter.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan MinBackoff { get; init => field = NotNegative(value); }

    /// <summary>How the longest wait grows from one restart to the next, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or not a number.</exception>
    public double Multiplier
    {
        get;
        init
        {
            if (!(value >= 1)) throw new ArgumentOutOfRangeException(nameof(value), value, "The back-off can't shrink.");
            field = value;
        }
    } = 2;

    /// <summary>Restarts allowed within <see cref="Window"/>; 0 for a child that is never restarted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxRestarts
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 10;

    /// <summary>The time over which restarts are counted; it slides.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan Window { get; init => field = NotNegative(value); } = TimeSpan.FromSeconds(60);

    /// <summary>What the waiters are told on escalation.</summary>
    public WaiterPolicy Waiters { get; init; } = WaiterPolicy.Fail;

    private static TimeSpan NotNegative(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        return value;
    }
}
