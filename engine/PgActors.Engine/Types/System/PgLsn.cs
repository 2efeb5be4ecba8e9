using System.Diagnostics.CodeAnalysis;
using PgActors.Types;

namespace PgActors;

/// <summary>A PostgreSQL pg_lsn: a place in the write-ahead log, counted in bytes from its beginning (PostgreSQL documentation, "pg_lsn
/// Type").</summary>
/// <param name="Value">The bytes before it.</param>
public readonly record struct PgLsn(ulong Value) : IComparable<PgLsn>
{
    /// <summary>0/0, which is no place: PostgreSQL says it where there is none.</summary>
    public static PgLsn None => default;

    /// <summary>Whether the left comes first.</summary>
    public static bool operator <(PgLsn left, PgLsn right) => left.Value < right.Value;

    /// <summary>Whether the left comes later.</summary>
    public static bool operator >(PgLsn left, PgLsn right) => left.Value > right.Value;

    /// <summary>Whether the left comes first or both are the same.</summary>
    public static bool operator <=(PgLsn left, PgLsn right) => left.Value <= right.Value;

    /// <summary>Whether the left comes later or both are the same.</summary>
    public static bool operator >=(PgLsn left, PgLsn right) => left.Value >= right.Value;

    /// <summary>Reads the form that PostgreSQL prints: two hexadecimal numbers, <c>16/B374D848</c>.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PgLsn Parse(string text) => TextForm.Read(LsnCodec.Instance, text, "pg_lsn");

    /// <inheritdoc cref="Parse"/>
    /// <returns>Whether it is a pg_lsn.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PgLsn value)
        => TextForm.TryRead(LsnCodec.Instance, text, out value);

    /// <inheritdoc/>
    public int CompareTo(PgLsn other) => Value.CompareTo(other.Value);

    /// <summary>The form that PostgreSQL prints.</summary>
    public override string ToString() => TextForm.Of(LsnCodec.Instance, this);
}
