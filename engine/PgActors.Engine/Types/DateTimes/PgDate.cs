using System.Diagnostics.CodeAnalysis;
using PgActors.Types;

namespace PgActors;

/// <summary>
/// A PostgreSQL date without loss: 4714-11-24 BC to 5874897-12-31 and both infinities, where <see cref="DateOnly"/> has the years 1 to
/// 9999 (PostgreSQL documentation, "Date/Time Types"). The calendar is Gregorian throughout. The default is 2000-01-01.
/// </summary>
public readonly record struct PgDate : IComparable<PgDate>
{
    /// <summary>Makes a date.</summary>
    /// <param name="year">The year; -1 is 1 BC, and there is no year 0.</param>
    /// <param name="month">1…12.</param>
    /// <param name="day">1 to the last of the month.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such day, or PostgreSQL does not reach it.</exception>
    public PgDate(int year, int month, int day)
    {
        ArgumentOutOfRangeException.ThrowIfZero(year);
        if (!Calendar.TryCountDays(year < 0 ? year + 1L : year, month, day, out var days)
            || days is < PgEpoch.FirstDay or > PgEpoch.LastDay)
            throw new ArgumentOutOfRangeException(nameof(day), "There is no such day from 4714-11-24 BC to 5874897-12-31.");
        Days = (int)days;
    }

    internal PgDate(int days) => Days = days;

    /// <summary>infinity: later than every date.</summary>
    public static PgDate Infinity { get; } = new(int.MaxValue);

    /// <summary>-infinity: earlier than every date.</summary>
    public static PgDate NegativeInfinity { get; } = new(int.MinValue);

    /// <summary>Days since 2000-01-01; the ends of the range are the infinities.</summary>
    public int Days { get; }

    /// <summary>Whether it is neither of the infinities.</summary>
    public bool IsFinite => Days is not (int.MaxValue or int.MinValue);

    /// <summary>The same day.</summary>
    public static implicit operator PgDate(DateOnly value) => new(value.DayNumber - PgEpoch.DayNumber);

    /// <summary>Whether the left is earlier.</summary>
    public static bool operator <(PgDate left, PgDate right) => left.Days < right.Days;

    /// <summary>Whether the left is later.</summary>
    public static bool operator >(PgDate left, PgDate right) => left.Days > right.Days;

    /// <summary>Whether the left is earlier or the same.</summary>
    public static bool operator <=(PgDate left, PgDate right) => left.Days <= right.Days;

    /// <summary>Whether the left is later or the same.</summary>
    public static bool operator >=(PgDate left, PgDate right) => left.Days >= right.Days;

    /// <summary>Reads the form that PostgreSQL prints in DateStyle ISO: <c>0044-03-15 BC</c>, <c>infinity</c>.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PgDate Parse(string text) => TextForm.Read(PgDateCodec.Instance, text, "date");

    /// <inheritdoc cref="Parse"/>
    /// <returns>Whether it is a date.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PgDate value)
        => TextForm.TryRead(PgDateCodec.Instance, text, out value);

    /// <summary>The same day as a <see cref="DateOnly"/>.</summary>
    /// <returns><see langword="false"/> if it is infinite or not within the years 1 to 9999.</returns>
    public bool TryToDateOnly(out DateOnly value)
    {
        var number = (long)Days + PgEpoch.DayNumber;
        var fits = number >= 0 && number <= DateOnly.MaxValue.DayNumber;
        value = fits ? DateOnly.FromDayNumber((int)number) : default;
        return fits;
    }

    /// <inheritdoc/>
    public int CompareTo(PgDate other) => Days.CompareTo(other.Days);

    /// <summary>The form that PostgreSQL prints in DateStyle ISO.</summary>
    public override string ToString() => TextForm.Of(PgDateCodec.Instance, this);
}
