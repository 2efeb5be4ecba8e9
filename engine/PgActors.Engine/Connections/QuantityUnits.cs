using System.Globalization;

namespace PgActors.Connections;

/// <summary>
/// The units of a number in a text: a bare number counts in <see cref="BareFactor"/>, and PostgreSQL's own suffixes can follow
/// (PostgreSQL documentation, "Parameter Names and Values"), so that <c>command_timeout=500ms</c> is possible.
/// </summary>
/// <param name="Describe">What to write, for messages.</param>
/// <param name="BareFactor">Base units in a bare number's unit.</param>
/// <param name="Suffixes">Suffixes with their factors, smallest first.</param>
internal sealed record QuantityUnits(string Describe, long BareFactor, (string Suffix, long Factor)[] Suffixes)
{
    private static readonly (string Suffix, long Factor)[] TimeSuffixes = [("ms", 1), ("s", 1_000), ("min", 60_000), ("h", 3_600_000)];

    /// <summary>A plain number.</summary>
    public static QuantityUnits Count { get; } = new("a whole number", 1, []);

    /// <summary>Milliseconds, where a bare number is seconds.</summary>
    public static QuantityUnits Seconds { get; } = new("a whole number of seconds, or one with ms, s, min or h", 1_000, TimeSuffixes);

    /// <summary>Milliseconds, where a bare number is milliseconds.</summary>
    public static QuantityUnits Milliseconds { get; } = new("a whole number of milliseconds, or one with ms, s, min or h", 1, TimeSuffixes);

    /// <summary>Bytes, with PostgreSQL's suffixes, which count in 1024s.</summary>
    public static QuantityUnits Bytes { get; }
        = new("a whole number of bytes, or one with B, kB, MB or GB", 1, [("B", 1), ("kB", 1L << 10), ("MB", 1L << 20), ("GB", 1L << 30)]);

    /// <summary>Reads a number in base units. Blanks round it are fine, as in libpq; an overflow is not.</summary>
    public bool TryRead(string text, out long value)
    {
        value = 0;
        var number = text.AsSpan().Trim();
        var factor = BareFactor;
        // From the end: every suffix ends in one that is shorter.
        for (var i = Suffixes.Length - 1; i >= 0; i--)
        {
            if (number.EndsWith(Suffixes[i].Suffix, StringComparison.Ordinal) && IsWholeSuffix(number, Suffixes[i].Suffix.Length))
            {
                factor = Suffixes[i].Factor;
                number = number[..^Suffixes[i].Suffix.Length].TrimEnd();
                break;
            }
        }

        if (!long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count))
            return false;

        var product = (Int128)count * factor;
        if (product > long.MaxValue || product < long.MinValue)
            return false;

        value = (long)product;
        return true;
    }

    /// <summary>The number as text that <see cref="TryRead"/> reads back: bare where that is exact, else in the smallest unit.</summary>
    public string Write(long value)
        => value % BareFactor == 0
            ? (value / BareFactor).ToString(CultureInfo.InvariantCulture)
            : value.ToString(CultureInfo.InvariantCulture) + Suffixes[0].Suffix;

    private static bool IsWholeSuffix(ReadOnlySpan<char> number, int length)
        => number.Length > length && !char.IsAsciiLetter(number[^(length + 1)]);
}
