namespace PgActors.Types;

/// <summary>What a <see cref="PgNumeric"/> is.</summary>
internal enum NumericKind : byte
{
    /// <summary>A number, zero included.</summary>
    Positive,

    /// <summary>A number below zero.</summary>
    Negative,

    /// <summary>-Infinity (PostgreSQL 14 and later).</summary>
    NegativeInfinity,

    /// <summary>Infinity (PostgreSQL 14 and later).</summary>
    PositiveInfinity,

    /// <summary>NaN, which equals itself and sorts behind everything else.</summary>
    NotANumber,
}
