namespace PgActors;

/// <summary>Ranges that lack a bound, or values; one with both is made by its constructor.</summary>
public static class PgRange
{
    /// <summary>The range that holds no value.</summary>
    /// <typeparam name="T">The type of the bounds.</typeparam>
    public static PgRange<T> Empty<T>() => new(default!, default!, PgRangeFlags.Empty);

    /// <summary>The range without bounds, which holds every value.</summary>
    /// <typeparam name="T">The type of the bounds.</typeparam>
    public static PgRange<T> Unbounded<T>() => default;

    /// <summary>The range from a bound upwards.</summary>
    /// <param name="lower">The bound.</param>
    /// <param name="inclusive">Whether it belongs to the range.</param>
    /// <typeparam name="T">The type of the bound.</typeparam>
    public static PgRange<T> From<T>(T lower, bool inclusive = true)
        => new(lower, default!, PgRangeFlags.HasLower | (inclusive ? PgRangeFlags.LowerInclusive : 0));

    /// <summary>The range up to a bound.</summary>
    /// <param name="upper">The bound.</param>
    /// <param name="inclusive">Whether it belongs to the range.</param>
    /// <typeparam name="T">The type of the bound.</typeparam>
    public static PgRange<T> To<T>(T upper, bool inclusive = false)
        => new(default!, upper, PgRangeFlags.HasUpper | (inclusive ? PgRangeFlags.UpperInclusive : 0));
}
