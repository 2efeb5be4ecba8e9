namespace PgActors.Testing;

/// <summary>How large a <see cref="CancelStorm"/> is. The defaults suit a test that runs at every build.</summary>
public sealed record CancelStormOptions
{
    /// <summary>Commands that are cancelled, in all.</summary>
    public int Cancels { get; init; } = 2_000;

    /// <summary>Callers whose commands are cancelled, at a time.</summary>
    public int Victims { get; init; } = 4;

    /// <summary>Callers whose commands must never notice, at a time.</summary>
    public int Innocents { get; init; } = 8;

    /// <summary>The longest life of a victim before its cancel, as a power of two of the scheduler's steps. Short lives are as frequent as
    /// long ones: 18 reaches from cancels that overtake the command to such that find it at work.</summary>
    public int MaxLifeExponent { get; init; } = 18;

    /// <summary>Begins the random choices. The same seed makes the same choices, though not the same interleaving.</summary>
    public int Seed { get; init; } = 1;
}
