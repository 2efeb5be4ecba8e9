using System.Diagnostics.CodeAnalysis;
using PgActors.Types;

namespace PgActors;

/// <summary>
/// A PostgreSQL interval without loss: months, days and microseconds apart, each with its own sign, since months and days have no fixed
/// length (PostgreSQL documentation, "Interval Input").
/// </summary>
/// <remarks>Two are equal if all parts are. PostgreSQL's own = counts a month as 30 days and a day as 24 hours, so that it calls some equal
/// that differ here.</remarks>
/// <param name="Months">Months, years included.</param>
/// <param name="Days">Days, weeks included.</param>
/// <param name="Microseconds">Everything below a day.</param>
public readonly record struct PgInterval(int Months, int Days, long Microseconds)
{
    /// <summary>infinity, all parts at their greatest; servers before PostgreSQL 17 do not know it.</summary>
    public static PgInterval Infinity { get; } = new(int.MaxValue, int.MaxValue, long.MaxValue);

    /// <summary>-infinity, all parts at their least; servers before PostgreSQL 17 do not know it.</summary>
    public static PgInterval NegativeInfinity { get; } = new(int.MinValue, int.MinValue, long.MinValue);

    /// <summary>Whether it is neither of the infinities.</summary>
    public bool IsFinite => this != Infinity && this != NegativeInfinity;

    /// <summary>The same length as microseconds alone; ticks finer than a microsecond are cut off.</summary>
    public static implicit operator PgInterval(TimeSpan value) => new(0, 0, value.Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>Reads the forms that PostgreSQL prints, in each IntervalStyle: <c>1 year 2 mons -3 days +04:05:06.5</c>,
    /// <c>P1Y2M-3DT4H5M6.5S</c>, <c>+1-2 -3 +4:05:06.5</c>, <c>@ 1 year 2 mons -3 days 4 hours 5 mins 6.5 secs</c>.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PgInterval Parse(string text) => TextForm.Read(PgIntervalCodec.Instance, text, "interval");

    /// <inheritdoc cref="Parse"/>
    /// <returns>Whether it is an interval.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PgInterval value)
        => TextForm.TryRead(PgIntervalCodec.Instance, text, out value);

    /// <summary>The length as a <see cref="TimeSpan"/>, in which a day counts 24 hours.</summary>
    /// <returns><see langword="false"/> if it has months, which have no fixed length, is infinite, or is too long.</returns>
    public bool TryToTimeSpan(out TimeSpan value)
    {
        const long most = long.MaxValue / TimeSpan.TicksPerMicrosecond;
        var total = Microseconds + ((Int128)Days * PgEpoch.MicrosecondsPerDay);
        var fits = Months == 0 && total >= -most && total <= most;
        value = fits ? new TimeSpan((long)total * TimeSpan.TicksPerMicrosecond) : default;
        return fits;
    }

    /// <summary>The form of ISO 8601, which PostgreSQL reads whatever its IntervalStyle: <c>P14M-3DT4H5M6.5S</c>.</summary>
    public override string ToString() => TextForm.Of(PgIntervalCodec.Instance, this);
}
