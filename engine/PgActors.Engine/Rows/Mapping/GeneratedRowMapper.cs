namespace PgActors.Rows.Mapping;

/// <summary>What the code written for a type marked with <see cref="PgRowAttribute"/> derives from. Immutable; safe for all
/// threads.</summary>
/// <typeparam name="T">What a row becomes.</typeparam>
public abstract class GeneratedRowMapper<T> : RowMapper<T>
{
    /// <summary>Makes a mapper of a plan.</summary>
    /// <param name="plan">The plan for the layout.</param>
    protected GeneratedRowMapper(RowPlan plan)
        : base((plan ?? throw new ArgumentNullException(nameof(plan))).Layout, plan.Registry)
    {
    }
}
