using System.Buffers;
using System.Globalization;
using System.Numerics;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary><see cref="PgNumeric"/> in decimal digits, from which it is made into other number types.</summary>
internal static class NumericText
{
    private const int LongestDecimal = 32;
    private const int MostStackGroups = 64;

    /// <summary>Reads <c>[-]digits[.digits]</c> and the three names.</summary>
    internal static DecodeStatus Read(ReadOnlySpan<byte> source, out PgNumeric value)
    {
        if (source.SequenceEqual("NaN"u8))
            return Is(PgNumeric.NaN, out value);
        if (source.SequenceEqual("Infinity"u8))
            return Is(PgNumeric.PositiveInfinity, out value);
        if (source.SequenceEqual("-Infinity"u8))
            return Is(PgNumeric.NegativeInfinity, out value);
        value = default;
        var isNegative = source.StartsWith("-"u8);
        var digits = source[(isNegative ? 1 : 0)..];
        var point = digits.IndexOf((byte)'.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? default : digits[(point + 1)..];
        return whole.IsEmpty || (point >= 0 && fraction.IsEmpty) || !TryCompose(whole, fraction, isNegative, out value)
            ? DecodeStatus.Malformed
            : DecodeStatus.Ok;
    }

    internal static void Write(WireWriter writer, PgNumeric value)
    {
        switch (value.Kind)
        {
            case NumericKind.NotANumber:
                writer.WriteBytes("NaN"u8);
                return;
            case NumericKind.PositiveInfinity:
                writer.WriteBytes("Infinity"u8);
                return;
            case NumericKind.NegativeInfinity:
                writer.WriteBytes("-Infinity"u8);
                return;
            case NumericKind.Negative:
                writer.WriteByte((byte)'-');
                break;
            case NumericKind.Positive:
                break;
        }

        if (value.Groups.IsEmpty || value.Weight < 0)
            writer.WriteByte((byte)'0');
        else
            WriteWhole(writer, value);
        if (value.Scale > 0)
            WriteFraction(writer, value);
    }

    internal static PgNumeric FromDecimal(decimal value)
    {
        Span<byte> text = stackalloc byte[LongestDecimal];
        value.TryFormat(text, out var written, provider: CultureInfo.InvariantCulture);
        Read(text[..written], out var number);
        return number;
    }

    internal static PgNumeric FromUnscaled(BigInteger unscaled, int scale)
    {
        var isNegative = unscaled.Sign < 0;
        var digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var bytes = System.Text.Encoding.ASCII.GetBytes(digits);
        var wholeLength = bytes.Length - scale;
        return TryCompose(bytes.AsSpan(0, wholeLength), bytes.AsSpan(wholeLength), isNegative, out var value)
            ? value
            : throw new OverflowException(
                $"A numeric has at most {NumericFormat.MaxWholeDigits:N0} digits before the point, and this one has {wholeLength:N0}.");
    }

    internal static bool TryToDecimal(PgNumeric value, out decimal result)
    {
        using var writer = new WireWriter();
        Write(writer, value);
        return NumericCodec.Instance.ReadText(writer.WrittenSpan, out result) == DecodeStatus.Ok;
    }

    internal static bool TryToBigInteger(PgNumeric value, out BigInteger result)
    {
        result = BigInteger.Zero;
        if (!value.IsFinite || value.Groups.Length > Math.Max(0, value.Weight + 1))
            return false;
        if (value.Groups.IsEmpty)
            return true;
        var length = (value.Weight + 1) * NumericFormat.DigitsPerGroup;
        var digits = ArrayPool<char>.Shared.Rent(length);
        for (var i = 0; i <= value.Weight; i++)
        {
            var group = i < value.Groups.Length ? value.Groups[i] : 0;
            group.TryFormat(digits.AsSpan(i * NumericFormat.DigitsPerGroup), out _, "D4", CultureInfo.InvariantCulture);
        }

        result = BigInteger.Parse(digits.AsSpan(0, length), NumberStyles.None, CultureInfo.InvariantCulture);
        ArrayPool<char>.Shared.Return(digits);
        if (value.Kind == NumericKind.Negative)
            result = -result;
        return true;
    }

    /// <summary>Gathers digits into groups, which begin at the point in both directions.</summary>
    private static bool TryCompose(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, bool isNegative, out PgNumeric value)
    {
        value = default;
        whole = whole.TrimStart((byte)'0');
        if (whole.Length > NumericFormat.MaxWholeDigits || fraction.Length > NumericFormat.MaxScale)
            return false;
        var wholeGroups = (whole.Length + NumericFormat.DigitsPerGroup - 1) / NumericFormat.DigitsPerGroup;
        var count = wholeGroups + ((fraction.Length + NumericFormat.DigitsPerGroup - 1) / NumericFormat.DigitsPerGroup);
        var rented = count > MostStackGroups ? ArrayPool<ushort>.Shared.Rent(count) : null;
        var groups = rented is null ? stackalloc ushort[MostStackGroups] : rented;
        groups = groups[..count];
        groups.Clear();
        var isDigits = TryGather(whole, (wholeGroups * NumericFormat.DigitsPerGroup) - whole.Length, groups)
            && TryGather(fraction, 0, groups[wholeGroups..]);
        if (isDigits)
            value = PgNumeric.FromGroups(groups, wholeGroups - 1, fraction.Length, isNegative);
        if (rented is not null)
            ArrayPool<ushort>.Shared.Return(rented);
        return isDigits;
    }

    private static bool TryGather(ReadOnlySpan<byte> digits, int position, Span<ushort> groups)
    {
        ReadOnlySpan<ushort> powers = [1000, 100, 10, 1];
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            groups[position / NumericFormat.DigitsPerGroup] += (ushort)((digit - '0') * powers[position % NumericFormat.DigitsPerGroup]);
            position++;
        }

        return true;
    }

    private static void WriteWhole(WireWriter writer, PgNumeric value)
    {
        var span = writer.GetSpan((value.Weight + 1) * NumericFormat.DigitsPerGroup);
        value.Groups[0].TryFormat(span, out var length, provider: CultureInfo.InvariantCulture);
        for (var i = 1; i <= value.Weight; i++)
        {
            WriteGroup(span[length..], i < value.Groups.Length ? value.Groups[i] : 0);
            length += NumericFormat.DigitsPerGroup;
        }

        writer.Advance(length);
    }

    private static void WriteFraction(WireWriter writer, PgNumeric value)
    {
        var count = (value.Scale + NumericFormat.DigitsPerGroup - 1) / NumericFormat.DigitsPerGroup;
        var span = writer.GetSpan(1 + (count * NumericFormat.DigitsPerGroup));
        span[0] = (byte)'.';
        for (var i = 0; i < count; i++)
        {
            var index = value.Weight + 1 + i;
            var group = index >= 0 && index < value.Groups.Length ? value.Groups[index] : 0;
            WriteGroup(span[(1 + (i * NumericFormat.DigitsPerGroup))..], group);
        }

        writer.Advance(1 + value.Scale);
    }

    private static void WriteGroup(Span<byte> destination, int group)
    {
        destination[3] = (byte)('0' + (group % 10));
        destination[2] = (byte)('0' + (group / 10 % 10));
        destination[1] = (byte)('0' + (group / 100 % 10));
        destination[0] = (byte)('0' + (group / 1000));
    }

    private static DecodeStatus Is(PgNumeric special, out PgNumeric value)
    {
        value = special;
        return DecodeStatus.Ok;
    }
}
