namespace PgActors.Types;

/// <summary>The Gregorian calendar without end in both directions, as PostgreSQL and ISO 8601 have it. Year 0 is 1 BC.</summary>
internal static class Calendar
{
    private const int DaysIn400Years = 146_097;
    private const int DaysFromMarchOfYearZero = 730_425;

    /// <summary>Counts days since 2000-01-01.</summary>
    /// <returns><see langword="false"/> if there is no such day.</returns>
    internal static bool TryCountDays(long year, long month, long day, out long days)
    {
        days = 0;
        if (month is < 1 or > 12 || day < 1 || day > DaysIn(year, month))
            return false;

        // A year that begins in March puts the leap day last.
        var shifted = month > 2 ? year : year - 1;
        var era = (shifted >= 0 ? shifted : shifted - 399) / 400;
        var yearOfEra = shifted - (era * 400);
        var dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
        days = (era * DaysIn400Years) + (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear - DaysFromMarchOfYearZero;
        return true;
    }

    /// <summary>The date of a day counted since 2000-01-01.</summary>
    internal static (int Year, int Month, int Day) DateOf(long days)
    {
        var shifted = days + DaysFromMarchOfYearZero;
        var era = (shifted >= 0 ? shifted : shifted - (DaysIn400Years - 1)) / DaysIn400Years;
        var dayOfEra = shifted - (era * DaysIn400Years);

        // 1,460, 36,524 and 146,096 are the last days of 4, 100 and 400 years, which a plain division by 365 would give a year too many.
        var yearOfEra = (dayOfEra - (dayOfEra / 1_460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var monthFromMarch = ((5 * dayOfYear) + 2) / 153;
        var day = dayOfYear - (((153 * monthFromMarch) + 2) / 5) + 1;
        var month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        return ((int)(yearOfEra + (era * 400) + (month <= 2 ? 1 : 0)), (int)month, (int)day);
    }

    private static int DaysIn(long year, long month)
    {
        // The calendar repeats every 400 years, and .NET knows it for years 1 to 9999 only.
        var sameCalendar = (((year % 400) + 400) % 400) + 400;
        return DateTime.DaysInMonth((int)sameCalendar, (int)month);
    }
}
