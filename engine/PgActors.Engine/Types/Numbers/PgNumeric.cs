using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using PgActors.Types;

namespace PgActors;

/// <summary>
/// A PostgreSQL numeric without loss: up to 131,072 digits before the point and 16,383 behind it, the number of decimal places as it was
/// declared or typed, NaN and both infinities (PostgreSQL documentation, "Arbitrary Precision Numbers"). For what 28 digits hold,
/// <see cref="decimal"/> is faster and can be calculated with. Immutable.
/// </summary>
/// <remarks>Compares as PostgreSQL does: 1.0 equals 1.00, NaN equals itself and is greater than everything else.</remarks>
public readonly struct PgNumeric : IEquatable<PgNumeric>, IComparable<PgNumeric>, IComparable
{
    // Digits to base 10000, the first and the last not zero; null for zero and what is no number. Never changed once here.
    private readonly ushort[]? _groups;
    private readonly short _weight;
    private readonly ushort _scale;

    private PgNumeric(NumericKind kind) => Kind = kind;

    private PgNumeric(ushort[]? groups, short weight, ushort scale, bool isNegative)
    {
        _groups = groups;
        _weight = weight;
        _scale = scale;
        Kind = isNegative ? NumericKind.Negative : NumericKind.Positive;
    }

    /// <summary>Not a number.</summary>
    public static PgNumeric NaN { get; } = new(NumericKind.NotANumber);

    /// <summary>Infinity; servers before PostgreSQL 14 do not know it.</summary>
    public static PgNumeric PositiveInfinity { get; } = new(NumericKind.PositiveInfinity);

    /// <summary>-Infinity; servers before PostgreSQL 14 do not know it.</summary>
    public static PgNumeric NegativeInfinity { get; } = new(NumericKind.NegativeInfinity);

    /// <summary>Decimal places, 0…16,383, zeros at the end included; 0 for NaN and the infinities.</summary>
    public int Scale => _scale;

    /// <summary>Whether it is a number, so neither NaN nor infinite.</summary>
    public bool IsFinite => Kind is NumericKind.Positive or NumericKind.Negative;

    /// <summary>Whether it is NaN.</summary>
    public bool IsNaN => Kind == NumericKind.NotANumber;

    internal NumericKind Kind { get; }

    internal ReadOnlySpan<ushort> Groups => _groups;

    /// <summary>The power of 10000 that the first group stands for.</summary>
    internal int Weight => _weight;

    /// <summary>Reads the form that PostgreSQL prints: <c>-12.50</c>, <c>NaN</c>, <c>Infinity</c>, <c>-Infinity</c>.</summary>
    /// <exception cref="FormatException">It is something else, or beyond the limits of numeric.</exception>
    public static PgNumeric Parse(string text) => TextForm.Read(PgNumericCodec.Instance, text, "numeric");

    /// <inheritdoc cref="Parse"/>
    /// <returns>Whether it is a numeric.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PgNumeric value)
        => TextForm.TryRead(PgNumericCodec.Instance, text, out value);

    /// <summary>Makes <paramref name="unscaled"/> · 10^-<paramref name="scale"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not within 0…16,383.</exception>
    /// <exception cref="OverflowException">More than 131,072 digits before the point.</exception>
    public static PgNumeric Create(BigInteger unscaled, int scale = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, NumericFormat.MaxScale);
        return NumericText.FromUnscaled(unscaled, scale);
    }

    /// <summary>The same number, with its decimal places.</summary>
    public static implicit operator PgNumeric(decimal value) => NumericText.FromDecimal(value);

    /// <summary>The same number.</summary>
    public static implicit operator PgNumeric(long value) => NumericText.FromDecimal(value);

    /// <summary>Whether both are the same number, or both NaN.</summary>
    public static bool operator ==(PgNumeric left, PgNumeric right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(PgNumeric left, PgNumeric right) => !left.Equals(right);

    /// <summary>Whether the left is smaller; NaN is greater than everything else.</summary>
    public static bool operator <(PgNumeric left, PgNumeric right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left is greater; NaN is greater than everything else.</summary>
    public static bool operator >(PgNumeric left, PgNumeric right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left is smaller or the same.</summary>
    public static bool operator <=(PgNumeric left, PgNumeric right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left is greater or the same.</summary>
    public static bool operator >=(PgNumeric left, PgNumeric right) => left.CompareTo(right) >= 0;

    /// <summary>The number as a <see cref="decimal"/>, to its last digit.</summary>
    /// <returns><see langword="false"/> if it has more digits than a decimal, is NaN or is infinite.</returns>
    public bool TryToDecimal(out decimal value) => NumericText.TryToDecimal(this, out value);

    /// <summary>The number as a <see cref="BigInteger"/>.</summary>
    /// <returns><see langword="false"/> if a digit behind the point is not zero, or it is NaN or infinite.</returns>
    public bool TryToBigInteger(out BigInteger value) => NumericText.TryToBigInteger(this, out value);

    /// <summary>The nearest <see cref="double"/>; NaN and the infinities stay what they are.</summary>
    public double ToDouble() => double.Parse(ToString(), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public bool Equals(PgNumeric other) => Kind == other.Kind && _weight == other._weight && Groups.SequenceEqual(other.Groups);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is PgNumeric other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Kind);
        hash.Add(_weight);
        foreach (var group in Groups)
            hash.Add(group);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public int CompareTo(PgNumeric other)
    {
        var order = Rank(Kind).CompareTo(Rank(other.Kind));
        if (order != 0 || !IsFinite)
            return order;
        order = CompareMagnitude(other);
        return Kind == NumericKind.Negative ? -order : order;
    }

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        PgNumeric other => CompareTo(other),
        _ => throw new ArgumentException("A PgNumeric is compared with a PgNumeric only.", nameof(obj)),
    };

    /// <summary>The form that PostgreSQL prints, in every culture.</summary>
    public override string ToString() => TextForm.Of(PgNumericCodec.Instance, this);

    /// <summary>Takes the groups, brought to the one form that each number has: no zeros around them, zero is not negative.</summary>
    internal static PgNumeric FromGroups(ReadOnlySpan<ushort> groups, int weight, int scale, bool isNegative)
    {
        var first = groups.IndexOfAnyExcept((ushort)0);
        if (first < 0)
            return new PgNumeric(null, 0, (ushort)scale, isNegative: false);
        var last = groups.LastIndexOfAnyExcept((ushort)0);
        return new PgNumeric(groups[first..(last + 1)].ToArray(), (short)(weight - first), (ushort)scale, isNegative);
    }

    private static int Rank(NumericKind kind) => kind switch
    {
        NumericKind.NegativeInfinity => 0,
        NumericKind.Negative => 1,
        NumericKind.Positive => 2,
        NumericKind.PositiveInfinity => 3,
        NumericKind.NotANumber => 4,
    };

    private int CompareMagnitude(PgNumeric other)
    {
        if (_groups is null || other._groups is null)
            return (_groups is null ? 0 : 1) - (other._groups is null ? 0 : 1);
        return _weight == other._weight ? Groups.SequenceCompareTo(other.Groups) : _weight.CompareTo(other._weight);
    }
}
