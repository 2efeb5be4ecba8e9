namespace PgActors;

/// <summary>
/// A PostgreSQL money: a whole number of the smallest unit, such as cents. How many of them make one of the large unit is not part of the
/// value: the server takes it from its setting <c>lc_monetary</c> (PostgreSQL documentation, "Monetary Types"). So the same bytes are
/// 12.34 on one server and 1234 on another, and whoever wants a <see cref="decimal"/> says how many decimal places there are.
/// </summary>
/// <param name="Units">The amount in the smallest unit.</param>
public readonly record struct PgMoney(long Units) : IComparable<PgMoney>
{
    // 10^18 is the largest power of ten that Units can hold; no currency has more than four places.
    private const int MostPlaces = 18;

    /// <summary>Makes an amount of <paramref name="amount"/> in a currency with <paramref name="decimalPlaces"/> decimal places.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The places are not within 0…18.</exception>
    /// <exception cref="ArgumentException">The amount has more places.</exception>
    /// <exception cref="OverflowException">The amount is too large.</exception>
    public static PgMoney FromDecimal(decimal amount, int decimalPlaces)
    {
        var units = amount * Power(decimalPlaces);
        return units == decimal.Truncate(units)
            ? new PgMoney((long)units)
            : throw new ArgumentException($"The amount has more than {decimalPlaces} decimal places; round it first.", nameof(amount));
    }

    /// <summary>Whether the left is less.</summary>
    public static bool operator <(PgMoney left, PgMoney right) => left.Units < right.Units;

    /// <summary>Whether the left is more.</summary>
    public static bool operator >(PgMoney left, PgMoney right) => left.Units > right.Units;

    /// <summary>Whether the left is less or the same.</summary>
    public static bool operator <=(PgMoney left, PgMoney right) => left.Units <= right.Units;

    /// <summary>Whether the left is more or the same.</summary>
    public static bool operator >=(PgMoney left, PgMoney right) => left.Units >= right.Units;

    /// <summary>The amount in the large unit of a currency with <paramref name="decimalPlaces"/> decimal places: exact.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The places are not within 0…18.</exception>
    public decimal ToDecimal(int decimalPlaces)
    {
        Power(decimalPlaces);
        var magnitude = Int128.Abs(Units);
        return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), 0, Units < 0, (byte)decimalPlaces);
    }

    /// <inheritdoc/>
    public int CompareTo(PgMoney other) => Units.CompareTo(other.Units);

    private static decimal Power(int decimalPlaces)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimalPlaces);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimalPlaces, MostPlaces);
        var power = 1m;
        for (var i = 0; i < decimalPlaces; i++)
            power *= 10;
        return power;
    }
}
