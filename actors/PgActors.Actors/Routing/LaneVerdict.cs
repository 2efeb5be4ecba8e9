namespace PgActors.Routing;

/// <summary>What is to become of the number of lanes.</summary>
public enum LaneVerdict
{
    /// <summary>It stays.</summary>
    Keep,

    /// <summary>One more.</summary>
    Grow,

    /// <summary>One less.</summary>
    Shrink,
}
