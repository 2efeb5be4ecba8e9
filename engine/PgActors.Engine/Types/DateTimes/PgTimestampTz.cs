using System.Diagnostics.CodeAnalysis;
using PgActors.Types;

namespace PgActors;

/// <summary>
/// A PostgreSQL timestamptz without loss: a point in time from 4714-11-24 BC to the end of the year 294276, and both infinities, where
/// <see cref="DateTimeOffset"/> has the years 1 to 9999 (PostgreSQL documentation, "Date/Time Types"). It is UTC: PostgreSQL keeps no
/// zone. The default is 2000-01-01 00:00.
/// </summary>
public readonly record struct PgTimestampTz : IComparable<PgTimestampTz>
{
    /// <summary>Makes a timestamptz of a day and the time since it began, in UTC.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The date is infinite, the time is not within 24 hours, or PostgreSQL does not reach
    /// it.</exception>
    public PgTimestampTz(PgDate date, TimeSpan time = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, TimeSpan.FromDays(1));
        var total = ((Int128)date.Days * PgEpoch.MicrosecondsPerDay) + (time.Ticks / TimeSpan.TicksPerMicrosecond);
        if (total < PgEpoch.FirstMicrosecond || total > PgEpoch.LastMicrosecond)
            throw new ArgumentOutOfRangeException(nameof(date), "A timestamptz reaches from 4714-11-24 BC to the year 294276.");
        Microseconds = (long)total;
    }

    internal PgTimestampTz(long microseconds) => Microseconds = microseconds;

    /// <summary>infinity: later than everything else.</summary>
    public static PgTimestampTz Infinity { get; } = new(long.MaxValue);

    /// <summary>-infinity: earlier than everything else.</summary>
    public static PgTimestampTz NegativeInfinity { get; } = new(long.MinValue);

    /// <summary>Microseconds since 2000-01-01 00:00, in UTC; the ends of the range are the infinities.</summary>
    public long Microseconds { get; }

    /// <summary>Whether it is neither of the infinities.</summary>
    public bool IsFinite => Microseconds is not (long.MaxValue or long.MinValue);

    /// <summary>The day, in UTC; infinite if it is.</summary>
    public PgDate Date => Microseconds switch
    {
        long.MaxValue => PgDate.Infinity,
        long.MinValue => PgDate.NegativeInfinity,
        _ => new PgDate(DateTimeForm.Split(Microseconds).Days),
    };

    /// <summary>The time since the day began, in UTC; zero if infinite.</summary>
    public TimeSpan TimeOfDay => IsFinite ? TimeSpan.FromMicroseconds(DateTimeForm.Split(Microseconds).Time) : TimeSpan.Zero;

    /// <summary>The same point in time; ticks finer than a microsecond are cut off.</summary>
    public static implicit operator PgTimestampTz(DateTimeOffset value) => new(PgEpoch.FromTicks(value.UtcTicks));

    /// <summary>Whether the left is earlier.</summary>
    public static bool operator <(PgTimestampTz left, PgTimestampTz right) => left.Microseconds < right.Microseconds;

    /// <summary>Whether the left is later.</summary>
    public static bool operator >(PgTimestampTz left, PgTimestampTz right) => left.Microseconds > right.Microseconds;

    /// <summary>Whether the left is earlier or the same.</summary>
    public static bool operator <=(PgTimestampTz left, PgTimestampTz right) => left.Microseconds <= right.Microseconds;

    /// <summary>Whether the left is later or the same.</summary>
    public static bool operator >=(PgTimestampTz left, PgTimestampTz right) => left.Microseconds >= right.Microseconds;

    /// <summary>Reads the form that PostgreSQL prints in DateStyle ISO: <c>2024-02-29 12:34:56.789+02</c>, <c>infinity</c>.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PgTimestampTz Parse(string text) => TextForm.Read(PgTimestampTzCodec.Instance, text, "timestamptz");

    /// <inheritdoc cref="Parse"/>
    /// <returns>Whether it is a timestamptz.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PgTimestampTz value)
        => TextForm.TryRead(PgTimestampTzCodec.Instance, text, out value);

    /// <summary>The same point in time as a <see cref="DateTimeOffset"/> of offset zero.</summary>
    /// <returns><see langword="false"/> if it is infinite or not within the years 1 to 9999.</returns>
    public bool TryToDateTimeOffset(out DateTimeOffset value)
    {
        var fits = PgEpoch.TryToTicks(Microseconds, out var ticks);
        value = new DateTimeOffset(ticks, TimeSpan.Zero);
        return fits;
    }

    /// <inheritdoc/>
    public int CompareTo(PgTimestampTz other) => Microseconds.CompareTo(other.Microseconds);

    /// <summary>The form that PostgreSQL prints in DateStyle ISO in the zone UTC.</summary>
    public override string ToString() => TextForm.Of(PgTimestampTzCodec.Instance, this);
}
