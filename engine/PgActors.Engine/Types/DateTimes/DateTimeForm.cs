using System.Globalization;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>Writes dates and times as PostgreSQL prints them in DateStyle ISO, whatever the year.</summary>
internal static class DateTimeForm
{
    private const int LongestNumber = 20;
    private const int SecondsPerMinute = 60;
    private const int SecondsPerHour = 3600;

    internal static void WriteDate(WireWriter writer, int days)
    {
        if (WriteInfinity(writer, days == int.MaxValue, days == int.MinValue))
            return;
        if (WriteDay(writer, days))
            writer.WriteBytes(" BC"u8);
    }

    internal static void WriteTimestamp(WireWriter writer, long microseconds, bool zoned)
    {
        if (WriteInfinity(writer, microseconds == long.MaxValue, microseconds == long.MinValue))
            return;
        var (days, time) = Split(microseconds);
        var isBeforeChrist = WriteDay(writer, days);
        writer.WriteByte((byte)' ');
        WriteTime(writer, time);
        if (zoned)
            writer.WriteBytes("+00"u8);
        if (isBeforeChrist)
            writer.WriteBytes(" BC"u8);
    }

    /// <summary>Writes <c>hh:mm:ss</c> and as many digits of the fraction as it has.</summary>
    internal static void WriteTime(WireWriter writer, long microseconds)
    {
        var (seconds, fraction) = Math.DivRem(microseconds, PgEpoch.MicrosecondsPerSecond);
        Write(writer, seconds / SecondsPerHour, "00");
        writer.WriteByte((byte)':');
        Write(writer, seconds / SecondsPerMinute % 60, "00");
        writer.WriteByte((byte)':');
        Write(writer, seconds % 60, "00");
        WriteFraction(writer, fraction);
    }

    /// <summary>Writes the point and the digits behind it up to the last that is not zero; nothing for zero.</summary>
    internal static void WriteFraction(WireWriter writer, long microseconds)
    {
        if (microseconds == 0)
            return;
        var digits = 6;
        for (; microseconds % 10 == 0; digits--)
            microseconds /= 10;
        writer.WriteByte((byte)'.');
        Write(writer, microseconds, "000000"[..digits]);
    }

    /// <summary>Writes <c>+02</c>, <c>-03:30</c> or <c>+00:19:32</c>.</summary>
    internal static void WriteZone(WireWriter writer, int secondsEast)
    {
        writer.WriteByte(secondsEast < 0 ? (byte)'-' : (byte)'+');
        var seconds = Math.Abs(secondsEast);
        Write(writer, seconds / SecondsPerHour, "00");
        if (seconds % SecondsPerHour == 0)
            return;
        writer.WriteByte((byte)':');
        Write(writer, seconds / SecondsPerMinute % 60, "00");
        if (seconds % SecondsPerMinute == 0)
            return;
        writer.WriteByte((byte)':');
        Write(writer, seconds % SecondsPerMinute, "00");
    }

    /// <summary>The day, counted towards the past, and the time since it began.</summary>
    internal static (int Days, long Time) Split(long microseconds)
    {
        var (days, time) = Math.DivRem(microseconds, PgEpoch.MicrosecondsPerDay);
        return time < 0 ? ((int)days - 1, time + PgEpoch.MicrosecondsPerDay) : ((int)days, time);
    }

    internal static void Write(WireWriter writer, long number, string format)
    {
        number.TryFormat(writer.GetSpan(LongestNumber), out var written, format, CultureInfo.InvariantCulture);
        writer.Advance(written);
    }

    private static bool WriteInfinity(WireWriter writer, bool isPositive, bool isNegative)
    {
        if (isPositive)
            writer.WriteBytes("infinity"u8);
        else if (isNegative)
            writer.WriteBytes("-infinity"u8);
        return isPositive || isNegative;
    }

    /// <summary>Answers whether it is before Christ, which is said at the very end.</summary>
    private static bool WriteDay(WireWriter writer, int days)
    {
        var (year, month, day) = Calendar.DateOf(days);
        Write(writer, year > 0 ? year : 1 - year, "0000");
        writer.WriteByte((byte)'-');
        Write(writer, month, "00");
        writer.WriteByte((byte)'-');
        Write(writer, day, "00");
        return year <= 0;
    }
}
