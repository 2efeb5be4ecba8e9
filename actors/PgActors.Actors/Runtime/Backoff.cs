namespace PgActors.Runtime;

/// <summary>How long to wait before a restart. Pure: the chance is an argument.</summary>
public static class Backoff
{
    /// <summary>The wait before a restart.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="failures">Failures in a row, at least 1; after the first, the wait is up to
    /// <see cref="RestartPolicy.InitialBackoff"/>.</param>
    /// <param name="sample">A random number from 0 up to, not including, 1.</param>
    /// <returns>
    /// Between <see cref="RestartPolicy.MinBackoff"/> and <see cref="Ceiling"/>; the floor itself where it is above the ceiling.
    /// </returns>
    public static TimeSpan Delay(RestartPolicy policy, int failures, double sample)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Delay(policy, failures, sample, policy.MinBackoff);
    }

    /// <summary>The wait before the probe that follows an escalation.</summary>
    /// <remarks>Its floor is <see cref="RestartPolicy.InitialBackoff"/> at least: what failed so often is not asked at once.</remarks>
    /// <inheritdoc cref="Delay(RestartPolicy, int, double)" />
    public static TimeSpan ProbeDelay(RestartPolicy policy, int failures, double sample)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Delay(policy, failures, sample, policy.MinBackoff > policy.InitialBackoff ? policy.MinBackoff : policy.InitialBackoff);
    }

    /// <summary>
    /// The longest wait before a restart: exponential in the failures, bounded by <see cref="RestartPolicy.MaxBackoff"/>.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <param name="failures">Failures in a row, at least 1.</param>
    public static TimeSpan Ceiling(RestartPolicy policy, int failures)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        if (policy.InitialBackoff == TimeSpan.Zero) return TimeSpan.Zero;

        // May be infinite; never not-a-number, because the initial wait isn't 0.
        var ticks = policy.InitialBackoff.Ticks * Math.Pow(policy.Multiplier, failures - 1);
        return ticks < policy.MaxBackoff.Ticks ? TimeSpan.FromTicks((long)ticks) : policy.MaxBackoff;
    }

    private static TimeSpan Delay(RestartPolicy policy, int failures, double sample, TimeSpan floor)
    {
        var ceiling = Ceiling(policy, failures);

        // Spread above the floor, not cut off at it: a crowd at the floor would be the herd that the jitter is to break up.
        return ceiling > floor ? floor + (ceiling - floor) * sample : floor;
    }
}
