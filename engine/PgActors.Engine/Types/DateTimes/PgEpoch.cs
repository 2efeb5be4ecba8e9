namespace PgActors.Types;

/// <summary>PostgreSQL counts days and microseconds from 2000-01-01 (PostgreSQL source, POSTGRES_EPOCH_JDATE); .NET counts days and ticks
/// of 100 ns from 0001-01-01. Both use the Gregorian calendar throughout and know no leap seconds.</summary>
internal static class PgEpoch
{
    internal const long MicrosecondsPerDay = 86_400_000_000;
    internal const long MicrosecondsPerSecond = 1_000_000;

    /// <summary>4714-11-24 BC, the first day there is (PostgreSQL source, DATETIME_MIN_JULIAN).</summary>
    internal const int FirstDay = -2_451_545;

    /// <summary>5874897-12-31, the last date (PostgreSQL source, DATE_END_JULIAN).</summary>
    internal const int LastDay = 2_145_031_948;

    /// <summary>The first day as a timestamp (PostgreSQL source, MIN_TIMESTAMP).</summary>
    internal const long FirstMicrosecond = FirstDay * MicrosecondsPerDay;

    /// <summary>The last of the year 294276, the last timestamp (PostgreSQL source, END_TIMESTAMP).</summary>
    internal const long LastMicrosecond = 9_223_371_331_199_999_999;

    /// <summary>Days from 0001-01-01 to 2000-01-01.</summary>
    internal const int DayNumber = 730_119;

    private const long MicrosecondsFromYearOne = DayNumber * MicrosecondsPerDay;

    /// <summary>Makes .NET ticks of <paramref name="microseconds"/>; <see langword="false"/> before year 1, after year 9999, and for both
    /// infinities, which are the ends of the type's range.</summary>
    internal static bool TryToTicks(long microseconds, out long ticks)
    {
        const long first = -MicrosecondsFromYearOne;
        const long last = 3_652_059L * MicrosecondsPerDay - MicrosecondsFromYearOne - 1;
        ticks = microseconds is >= first and <= last ? (microseconds + MicrosecondsFromYearOne) * TimeSpan.TicksPerMicrosecond : 0;
        return microseconds is >= first and <= last;
    }

    /// <summary>Whether the server sends such a number of microseconds.</summary>
    internal static bool IsTimestamp(long microseconds)
        => microseconds is (>= FirstMicrosecond and <= LastMicrosecond) or long.MinValue or long.MaxValue;

    /// <summary>Every .NET tick has a PostgreSQL microsecond; what is finer is cut off.</summary>
    internal static long FromTicks(long ticks) => (ticks / TimeSpan.TicksPerMicrosecond) - MicrosecondsFromYearOne;
}
