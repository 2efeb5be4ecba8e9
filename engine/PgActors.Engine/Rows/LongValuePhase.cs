namespace PgActors.Rows;

/// <summary>Where a <see cref="LongValue"/> stands.</summary>
public enum LongValuePhase
{
    /// <summary>In front of the value: its row's header has not come, or not all of it. Leaves to any other.</summary>
    Header,

    /// <summary>In the value. Leaves to <see cref="Ended"/>.</summary>
    Value,

    /// <summary>Behind the value, which may be empty or NULL. What follows is another row.</summary>
    Ended,

    /// <summary>The row is none of one column, or contradicts itself.</summary>
    Malformed,
}
