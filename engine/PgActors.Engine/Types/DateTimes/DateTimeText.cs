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

    /// <summary>Reads days since 2000-01-01; an infinity is an end of the range of <see cref="int"/>.</summary>
    internal static bool TryReadDate(ReadOnlySpan<byte> source, out int days)
    {
        days = 0;
        if (IsInfinity(source, out var isNegative))
        {
            days = isNegative ? int.MinValue : int.MaxValue;
            return true;
        }

        var text = new DateTimeText(source);
        if (!text.TryReadDate(out var year, out var month, out var day) || !text.TryReadEra(ref year)
            || !Calendar.TryCountDays(year, month, day, out var count) || count is < PgEpoch.FirstDay or > PgEpoch.LastDay)
            return false;
        days = (int)count;
        return true;
    }

    /// <summary>Reads microseconds since midnight; 24:00:00 is a time in PostgreSQL.</summary>
    internal static bool TryReadTime(ReadOnlySpan<byte> source, out long microseconds)
    {
        var text = new DateTimeText(source);
        return text.TryReadTime(out microseconds) && text._rest.IsEmpty && microseconds <= PgEpoch.MicrosecondsPerDay;
    }

    /// <summary>Reads microseconds since midnight and seconds east of UTC.</summary>
    internal static bool TryReadTimeTz(ReadOnlySpan<byte> source, out long microseconds, out int offset)
    {
        var text = new DateTimeText(source);
        long zone = 0;
        var isRead = text.TryReadTime(out microseconds) && text.TryReadZone(out zone) && text._rest.IsEmpty
            && microseconds <= PgEpoch.MicrosecondsPerDay && Math.Abs(zone) <= PgTimeTz.MaxOffsetSeconds;
        offset = (int)zone;
        return isRead;
    }

    /// <summary>Reads microseconds since 2000-01-01 00:00, in UTC if the type has a zone; an infinity is an end of the range of
    /// <see cref="long"/>.</summary>
    internal static bool TryReadTimestamp(ReadOnlySpan<byte> source, bool zoned, out long microseconds)
    {
        microseconds = 0;
        if (IsInfinity(source, out var isNegative))
        {
            microseconds = isNegative ? long.MinValue : long.MaxValue;
            return true;
        }

        var text = new DateTimeText(source);
        long zone = 0;
        if (!text.TryReadDate(out var year, out var month, out var day) || !text.TryTake((byte)' ') || !text.TryReadTime(out var time)
            || (zoned && !text.TryReadZone(out zone)) || !text.TryReadEra(ref year)
            || !Calendar.TryCountDays(year, month, day, out var days))
            return false;
        var total = ((Int128)days * PgEpoch.MicrosecondsPerDay) + time - (zone * PgEpoch.MicrosecondsPerSecond);
        if (total < PgEpoch.FirstMicrosecond || total > PgEpoch.LastMicrosecond)
            return false;
        microseconds = (long)total;
        return true;
    }

    private static bool IsInfinity(ReadOnlySpan<byte> source, out bool isNegative)
    {
        isNegative = source.SequenceEqual("-infinity"u8);
        return isNegative || source.SequenceEqual("infinity"u8);
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
        if (!TryReadNumber(2, 2, out var hours)
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
