namespace PgActors.Types;

/// <summary>A <see cref="decimal"/> as a whole number of 96 bits and a scale, and back.</summary>
internal static class DecimalParts
{
    /// <summary>The most digits that 96 bits can hold: 2^96 - 1 has 29.</summary>
    internal const int MaxDigits = 29;

    private const int MaxScale = 28;
    private const int ScaleShift = 16;
    private const ulong ShortWhole = 1_000_000_000_000_000;

    private static readonly UInt128 MaxWhole = (UInt128.One << 96) - 1;

    /// <summary>Makes <paramref name="whole"/> · 10^<paramref name="exponent"/> with <paramref name="scale"/> decimal places, or as many
    /// of them as fit: places that are dropped hold zeros only.</summary>
    /// <returns><see cref="DecodeStatus.OutOfRange"/> if not every digit that is not zero fits.</returns>
    internal static DecodeStatus TryCompose(UInt128 whole, int exponent, int scale, bool negative, out decimal value)
    {
        value = 0;
        scale = Math.Min(scale, MaxScale);
        if (whole == 0)
        {
            value = new decimal(0, 0, 0, false, (byte)scale);
            return DecodeStatus.Ok;
        }

        var have = -exponent;
        if (have <= scale && scale - have < 4 && whole < ShortWhole)
        {
            // What nearly every value is: the arithmetic of a machine word will do.
            var small = (ulong)whole;
            for (; have < scale; have++)
                small *= 10;
            whole = small;
        }

        for (; have > scale; have--)
        {
            (whole, var dropped) = UInt128.DivRem(whole, 10);
            if (dropped != 0)
                return DecodeStatus.OutOfRange;
        }

        // Each round multiplies by ten what is below 2^96, so that there are at most 29 of them whatever the exponent claims.
        for (; have < scale && (have < 0 || whole <= MaxWhole / 10); have++)
        {
            if (whole > MaxWhole)
                return DecodeStatus.OutOfRange;
            whole *= 10;
        }

        // Zeros behind the point may be what makes it too long.
        for (; whole > MaxWhole; have--)
        {
            (whole, var dropped) = UInt128.DivRem(whole, 10);
            if (dropped != 0 || have == 0)
                return DecodeStatus.OutOfRange;
        }

        value = new decimal((int)(uint)whole, (int)(uint)(whole >> 32), (int)(uint)(whole >> 64), negative, (byte)have);
        return DecodeStatus.Ok;
    }

    internal static void Decompose(decimal value, out UInt128 whole, out int scale, out bool negative)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        whole = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        scale = (bits[3] >> ScaleShift) & 0xFF;
        negative = bits[3] < 0;
    }
}
