using System.Diagnostics.CodeAnalysis;
using PgActors.Types;

namespace PgActors;

/// <summary>A PostgreSQL timetz: a time of day and an offset from UTC (PostgreSQL documentation, "Date/Time Types"). Two are equal if both
/// parts are, as in PostgreSQL: 12:00+00 is not 13:00+01.</summary>
public readonly record struct PgTimeTz
{
    /// <summary>The offset is less than 16 hours (PostgreSQL source, TZDISP_LIMIT).</summary>
    internal const int MaxOffsetSeconds = (16 * 60 * 60) - 1;

    /// <summary>Makes a timetz.</summary>
    /// <param name="time">Since midnight, 24 hours included; ticks finer than a microsecond are cut off.</param>
    /// <param name="offset">East of UTC, as in <see cref="DateTimeOffset"/>: whole seconds, less than 16 hours.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is not.</exception>
    public PgTimeTz(TimeSpan time, TimeSpan offset)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, TimeSpan.FromDays(1));
        if (offset.Ticks % TimeSpan.TicksPerSecond != 0 || Math.Abs(offset.TotalSeconds) > MaxOffsetSeconds)
            throw new ArgumentOutOfRangeException(nameof(offset), "The offset is in whole seconds and less than 16 hours.");
        Microseconds = time.Ticks / TimeSpan.TicksPerMicrosecond;
        OffsetSeconds = (int)(offset.Ticks / TimeSpan.TicksPerSecond);
    }

    internal PgTimeTz(long microseconds, int offsetSeconds)
    {
        Microseconds = microseconds;
        OffsetSeconds = offsetSeconds;
    }

    /// <summary>Since midnight; 24:00:00 is the end of the day.</summary>
    public TimeSpan Time => TimeSpan.FromMicroseconds(Microseconds);

    /// <summary>East of UTC.</summary>
    public TimeSpan Offset => TimeSpan.FromSeconds(OffsetSeconds);

    internal long Microseconds { get; }

    internal int OffsetSeconds { get; }

    /// <summary>Reads the form that PostgreSQL prints: <c>12:34:56.789+02</c>, <c>00:00:00-03:30</c>.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PgTimeTz Parse(string text) => TextForm.Read(TimeTzCodec.Instance, text, "timetz");

    /// <inheritdoc cref="Parse"/>
    /// <returns>Whether it is a timetz.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PgTimeTz value)
        => TextForm.TryRead(TimeTzCodec.Instance, text, out value);

    /// <summary>The form that PostgreSQL prints.</summary>
    public override string ToString() => TextForm.Of(TimeTzCodec.Instance, this);
}
