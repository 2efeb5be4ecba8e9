namespace PgActors.Routing;

/// <summary>How many shared sessions there may be.</summary>
/// <param name="Minimum">The fewest, at least 1. As many are made at once.</param>
/// <param name="Maximum">The most, at least <paramref name="Minimum"/>. The same as the minimum fixes their number.</param>
public readonly record struct LaneBounds(int Minimum, int Maximum);
