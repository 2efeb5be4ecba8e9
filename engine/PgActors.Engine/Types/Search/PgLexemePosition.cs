namespace PgActors;

/// <summary>A place of a lexeme in its document.</summary>
public readonly record struct PgLexemePosition
{
    /// <summary>The last place that tsvector knows; words behind it count as being there (PostgreSQL documentation, "Limitations" of text
    /// search).</summary>
    public const int Last = 16_383;

    /// <summary>Makes a place.</summary>
    /// <param name="position">1…16,383.</param>
    /// <param name="weight">Its weight.</param>
    /// <exception cref="ArgumentOutOfRangeException">The place or the weight is not within its range.</exception>
    public PgLexemePosition(int position, PgLexemeWeight weight = PgLexemeWeight.D)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(position, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, Last);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)weight, (uint)PgLexemeWeight.A, nameof(weight));
        Position = position;
        Weight = weight;
    }

    /// <summary>The place, counted in words from 1.</summary>
    public int Position { get; }

    /// <summary>The weight.</summary>
    public PgLexemeWeight Weight { get; }
}
