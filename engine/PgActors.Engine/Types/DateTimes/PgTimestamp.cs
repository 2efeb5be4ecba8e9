using System.Diagnostics.CodeAnalysis;
using PgActors.Types;

namespace PgActors;

/// <summary>
/// A PostgreSQL timestamp without loss: what a clock on a wall shows from 4714-11-24 BC to the end of the year 294276, and both infinities,
/// where <see cref="DateTime"/> has the years 1 to 9999 (PostgreSQL documentation, "Date/Time Types"). It has no zone and is no point in
/// time; see <see cref="PgTimestampTz"/> for that. The default is 2000-01-01 00:00.
/// </summary>
public readonly record struct PgTimestamp : IComparable<PgTimestamp>
{
    /// <summary>Makes a timestamp of a day and the time since it began.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The date is infinite, the time is not within 24 hours, or PostgreSQL does not reach
    /// it.</exception>
    public PgTimestamp(PgDate date, TimeSpan time = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, TimeSpan.FromDays(1));
        var total = ((Int128)date.Days * PgEpoch.MicrosecondsPerDay) + (time.Ticks / TimeSpan.TicksPerMicrosecond);
        if (total < PgEpoch.FirstMicrosecond || total > PgEpoch.LastMicrosecond)
            throw new ArgumentOutOfRangeException(nameof(date), "A timestamp reaches from 4714-11-24 BC to the year 294276.");
        Microseconds = (long)total;
    }

    internal PgTimestamp(long microseconds) => Microseconds = microseconds;

    /// <summary>infinity: later than everything else.</summary>
    public static PgTimestamp Infinity { get; } = new(long.MaxValue);

    /// <summary>-infinity: earlier than everything else.</summary>
    public static PgTimestamp NegativeInfinity { get; } = new(long.MinValue);

    /// <summary>Microseconds since 2000-01-01 00:00; the ends of the range are the infinities.</summary>
    public long Microseconds { get; }

    /// <summary>Whether it is neither of the infinities.</summary>
    public bool IsFinite => Microseconds is not (long.MaxValue or long.MinValue);

    /// <summary>The day; infinite if it is.</summary>
    public PgDate Date => Microseconds switch
    {
        long.MaxValue => PgDate.Infinity,
        long.MinValue => PgDate.NegativeInfinity,
        _ => new PgDate(DateTimeForm.Split(Microseconds).Days),
    };

    /// <summary>The time since the day began; zero if infinite.</summary>
    public TimeSpan TimeOfDay => IsFinite ? TimeSpan.FromMicroseconds(DateTimeForm.Split(Microseconds).Time) : TimeSpan.Zero;

    /// <summary>The same reading; ticks finer than a microsecond are cut off.</summary>
    /// <exception cref="ArgumentException">Its kind is not Unspecified: it is a point in time, which a timestamp is not.</exception>
    public static explicit operator PgTimestamp(DateTime value)
        => value.Kind == DateTimeKind.Unspecified
            ? new(PgEpoch.FromTicks(value.Ticks))
            : throw new ArgumentException(
                $"A DateTime of kind {value.Kind} is a point in time, which timestamp is not; use PgTimestampTz.", nameof(value));

    /// <summary>Whether the left is earlier.</summary>
    public static bool operator <(PgTimestamp left, PgTimestamp right) => left.Microseconds < right.Microseconds;

    /// <summary>Whether the left is later.</summary>
    public static bool operator >(PgTimestamp left, PgTimestamp right) => left.Microseconds > right.Microseconds;

    /// <summary>Whether the left is earlier or the same.</summary>
    public static bool operator <=(PgTimestamp left, PgTimestamp right) => left.Microseconds <= right.Microseconds;

    /// <summary>Whether the left is later or the same.</summary>
    public static bool operator >=(PgTimestamp left, PgTimestamp right) => left.Microseconds >= right.Microseconds;

    /// <summary>Reads the form that PostgreSQL prints in DateStyle ISO: <c>2024-02-29 12:34:56.789</c>, <c>infinity</c>.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PgTimestamp Parse(string text) => TextForm.Read(PgTimestampCodec.Instance, text, "timestamp");

    /// <inheritdoc cref="Parse"/>
    /// <returns>Whether it is a timestamp.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PgTimestamp value)
        => TextForm.TryRead(PgTimestampCodec.Instance, text, out value);

    /// <summary>The same reading as a <see cref="DateTime"/> of kind Unspecified.</summary>
    /// <returns><see langword="false"/> if it is infinite or not within the years 1 to 9999.</returns>
    public bool TryToDateTime(out DateTime value)
    {
        var fits = PgEpoch.TryToTicks(Microseconds, out var ticks);
        value = new DateTime(ticks, DateTimeKind.Unspecified);
        return fits;
    }

    /// <inheritdoc/>
    public int CompareTo(PgTimestamp other) => Microseconds.CompareTo(other.Microseconds);

    /// <summary>The form that PostgreSQL prints in DateStyle ISO.</summary>
    public override string ToString() => TextForm.Of(PgTimestampCodec.Instance, this);
}
