namespace PgActors.Types;

/// <summary>The parts of numeric's binary form: a count of digits to base 10000, the weight of the first, a sign, the number of decimal
/// places, and the digits (PostgreSQL source, numeric_send and numeric_recv).</summary>
internal static class NumericFormat
{
    internal const int GroupBase = 10000;
    internal const int DigitsPerGroup = 4;

    /// <summary>The most decimal places (PostgreSQL source, NUMERIC_DSCALE_MAX).</summary>
    internal const int MaxScale = 0x3FFF;

    /// <summary>The weight of the first group is a 16-bit number, which bounds the digits before the point to 131,072.</summary>
    internal const int MaxWholeDigits = (short.MaxValue + 1) * DigitsPerGroup;

    internal const ushort Positive = 0x0000;
    internal const ushort Negative = 0x4000;
    internal const ushort NotANumber = 0xC000;
    internal const ushort PositiveInfinity = 0xD000;
    internal const ushort NegativeInfinity = 0xF000;

    /// <summary>The server cuts digits behind the announced scale off when it reads; so the same bytes mean the same value here.</summary>
    /// <param name="group">Four digits.</param>
    /// <param name="position">The power of ten that the last of them stands for.</param>
    /// <param name="scale">The decimal places announced.</param>
    internal static ushort WithoutDigitsBelow(ushort group, int position, int scale) => (-scale - position) switch
    {
        <= 0 => group,
        1 => (ushort)(group - (group % 10)),
        2 => (ushort)(group - (group % 100)),
        3 => (ushort)(group - (group % 1000)),
        _ => 0,
    };
}
