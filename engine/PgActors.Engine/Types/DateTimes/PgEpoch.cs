namespace PgActors.Types;

/// <summary>PostgreSQL counts days and microseconds from 2000-01-01 (PostgreSQL source, POSTGRES_EPOCH_JDATE); .NET counts days and ticks
/// of 100 ns from 0001-01-01. Both use the Gregorian calendar throughout and know no leap seconds.</summary>
internal static class PgEpoch
{
    internal const long MicrosecondsPerDay = 86_400_000_000;
    internal const long MicrosecondsPerSecond = 1_000_000;

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

    /// <summary>Every .NET tick has a PostgreSQL microsecond; what is finer is cut off.</summary>
    internal static long FromTicks(long ticks) => (ticks / TimeSpan.TicksPerMicrosecond) - MicrosecondsFromYearOne;
}
