namespace PgActors.Runtime;

/// <summary>How a supervisor treats its children.</summary>
public sealed record SupervisorOptions
{
    /// <summary>For children that are added without a policy of their own.</summary>
    public RestartPolicy Policy { get; init; } = RestartPolicy.Default;

    /// <summary>Policies for single children, by the names that events call them, such as <c>shared-1</c>. Empty by default.</summary>
    public IReadOnlyDictionary<string, RestartPolicy> PoliciesByChild { get; init; } = new Dictionary<string, RestartPolicy>();

    /// <summary>The policy for a child.</summary>
    /// <param name="child">What events call it.</param>
    public RestartPolicy PolicyOf(string child) => PoliciesByChild.GetValueOrDefault(child, Policy);

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
