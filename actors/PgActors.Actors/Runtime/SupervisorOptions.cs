namespace PgActors.Runtime;

/// <summary>How a supervisor treats its children.</summary>
public sealed record SupervisorOptions
{
    /// <summary>For children that are added without a policy of their own.</summary>
    public RestartPolicy Policy { get; init; } = RestartPolicy.Default;

    /// <summary>
    /// How many children may start at a time, at least 1. 4 by default: enough to fill a session set quickly, and no crowd at the door of a
    /// server that has just come back.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxConcurrentStarts
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 4;
}
