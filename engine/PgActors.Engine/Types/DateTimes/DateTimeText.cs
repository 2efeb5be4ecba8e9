namespace PgActors.Types;

/// <summary>
/// Reads dates and times in the form of DateStyle ISO: <c>2024-02-29 12:34:56.789+02</c>, years of more than four digits, <c>BC</c>
/// behind it, <c>infinity</c> (PostgreSQL documentation, "Date/Time Output").
/// </summary>
internal ref struct DateTimeText
{
    private const int MostYearDigits = 7;
    private const int MostFractionDigits = 6;
    private const int SecondsPerMinute = 60;
    private const int SecondsPerHour = 3600;

    private ReadOnlySpan<byte> _rest;

    private DateTimeText(ReadOnlySpan<byte> source) => _rest = source;

    /// <summary>Days since 2000-01-01.</summary>
    internal static DecodeStatus ReadDate(ReadOnlySpan<byte> source, out long days)
    {
        days = 0;
        if (IsInfinity(source))
            return DecodeStatus.OutOfRange;
        var text = new DateTimeText(source);
        return text.TryReadDate(out var year, out var month, out var day) && text.TryReadEra(ref year)
            && TryCountDays(year, month, day, out days)
            ? DecodeStatus.Ok
            : DecodeStatus.Malformed;
    }

    /// <summary>Microseconds since midnight; 24:00:00 is a time in PostgreSQL.</summary>
    internal static DecodeStatus ReadTime(ReadOnlySpan<byte> source, out long microseconds)
    {
        var text = new DateTimeText(source);
        return text.TryReadTime(out microseconds) && text._rest.IsEmpty && microseconds <= PgEpoch.MicrosecondsPerDay
            ? DecodeStatus.Ok
            : DecodeStatus.Malformed;
    }

    /// <summary>Microseconds since 2000-01-01 00:00; in UTC if the type has a zone.</summary>
    internal static DecodeStatus ReadTimestamp(ReadOnlySpan<byte> source, bool zoned, out long microseconds)
    {
        microseconds = 0;
        if (IsInfinity(source))
            return DecodeStatus.OutOfRange;
        var text = new DateTimeText(source);
        long zone = 0;
        if (!text.TryReadDate(out var year, out var month, out var day) || !text.TryTake((byte)' ') || !text.TryReadTime(out var time)
            || (zoned && !text.TryReadZone(out zone)) || !text.TryReadEra(ref year) || !TryCountDays(year, month, day, out var days))
            return DecodeStatus.Malformed;
        microseconds = (days * PgEpoch.MicrosecondsPerDay) + time - (zone * PgEpoch.MicrosecondsPerSecond);
        return DecodeStatus.Ok;
    }

    /// <summary>Reads <c>[-]hours:minutes:seconds[.fraction]</c> with any number of hours, as an interval ends.</summary>
    internal static bool TryReadSpan(ReadOnlySpan<byte> source, out long microseconds)
    {
        var text = new DateTimeText(source);
        var negative = text.TryTake((byte)'-');
        if (!negative)
            text.TryTake((byte)'+');
        if (!text.TryReadTime(out microseconds) || !text._rest.IsEmpty)
            return false;
        microseconds = negative ? -microseconds : microseconds;
        return true;
    }

    private static bool IsInfinity(ReadOnlySpan<byte> source) => source.SequenceEqual("infinity"u8) || source.SequenceEqual("-infinity"u8);

    private static bool TryCountDays(long year, long month, long day, out long days)
    {
        days = 0;
        if (month is < 1 or > 12 || day < 1 || day > DaysIn(year, month))
            return false;

        // A year that begins in March puts the leap day last; 146,097 days are 400 years.
        var shifted = month > 2 ? year : year - 1;
        var era = (shifted >= 0 ? shifted : shifted - 399) / 400;
        var yearOfEra = shifted - (era * 400);
        var dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
        const int daysFromMarchOfYearZero = 730_425;
        days = (era * 146_097) + (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear - daysFromMarchOfYearZero;
        return true;
    }

    private static int DaysIn(long year, long month)
    {
        // The calendar repeats every 400 years, and .NET knows it for years 1 to 9999 only.
        var sameCalendar = (((year % 400) + 400) % 400) + 400;
        return DateTime.DaysInMonth((int)sameCalendar, (int)month);
    }

    private bool TryReadDate(out long year, out long month, out long day)
    {
        month = 0;
        day = 0;
        return TryReadNumber(4, MostYearDigits, out year) && year > 0 && TryTake((byte)'-') && TryReadNumber(2, 2, out month)
            && TryTake((byte)'-') && TryReadNumber(2, 2, out day);
    }

    private bool TryReadTime(out long microseconds)
    {
        microseconds = 0;
        const int mostHourDigits = 10;
        const long mostHours = long.MaxValue / (SecondsPerHour * PgEpoch.MicrosecondsPerSecond) - 1;
        if (!TryReadNumber(2, mostHourDigits, out var hours) || hours > mostHours
            || !TryTake((byte)':') || !TryReadNumber(2, 2, out var minutes) || minutes > 59
            || !TryTake((byte)':') || !TryReadNumber(2, 2, out var seconds) || seconds > 59)
            return false;
        long fraction = 0;
        if (TryTake((byte)'.'))
        {
            var before = _rest.Length;
            if (!TryReadNumber(1, MostFractionDigits, out fraction))
                return false;
            for (var digits = before - _rest.Length; digits < MostFractionDigits; digits++)
                fraction *= 10;
        }

        microseconds = (((hours * SecondsPerHour) + (minutes * SecondsPerMinute) + seconds) * PgEpoch.MicrosecondsPerSecond) + fraction;
        return true;
    }

    /// <summary>Reads the zone as seconds east of UTC: <c>+02</c>, <c>-03:30</c>, <c>+00:19:32</c>.</summary>
    private bool TryReadZone(out long seconds)
    {
        seconds = 0;
        var west = TryTake((byte)'-');
        if ((!west && !TryTake((byte)'+')) || !TryReadNumber(2, 2, out var hours))
            return false;
        long minutes = 0;
        long rest = 0;
        if (TryTake((byte)':') && (!TryReadNumber(2, 2, out minutes) || (TryTake((byte)':') && !TryReadNumber(2, 2, out rest))))
            return false;
        seconds = (hours * SecondsPerHour) + (minutes * SecondsPerMinute) + rest;
        seconds = west ? -seconds : seconds;
        return true;
    }

    /// <summary>Ends the text, with or without BC. 1 BC is the year 0.</summary>
    private bool TryReadEra(ref long year)
    {
        if (_rest.IsEmpty)
            return true;
        year = 1 - year;
        return _rest.SequenceEqual(" BC"u8);
    }

    private bool TryTake(byte expected)
    {
        if (_rest.IsEmpty || _rest[0] != expected)
            return false;
        _rest = _rest[1..];
        return true;
    }

    private bool TryReadNumber(int atLeast, int atMost, out long value)
    {
        value = 0;
        var length = 0;
        while (length < _rest.Length && length <= atMost && _rest[length] is >= (byte)'0' and <= (byte)'9')
            value = (value * 10) + (_rest[length++] - '0');
        if (length < atLeast || length > atMost)
            return false;
        _rest = _rest[length..];
        return true;
    }
}
