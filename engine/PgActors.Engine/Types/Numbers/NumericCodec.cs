using System.Buffers.Binary;
using System.Globalization;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>
/// numeric as <see cref="decimal"/>, exactly: the scale survives both ways, and a value that decimal cannot hold to its last digit is
/// refused instead of rounded.
/// </summary>
internal sealed class NumericCodec : PgCodec<decimal>
{
    // Nine groups are at most 10^36, which UInt128 holds; ten significant groups have at least 34 digits, more than any decimal.
    private const int MaxSignificantGroups = 9;
    private const int LongestText = 32;

    internal static NumericCodec Instance { get; } = new();

    public override string Limits
        => "It is NaN, infinite, or has more than the 28 digits of a decimal; read it as PgNumeric, or round() it.";

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out decimal value)
    {
        value = 0;
        var reader = new WireReader(source);
        if (!reader.TryReadUInt16(out var count) || !reader.TryReadInt16(out var weight) || !reader.TryReadUInt16(out var sign)
            || !reader.TryReadUInt16(out var displayScale) || reader.Remaining != count * sizeof(ushort))
            return DecodeStatus.Malformed;
        if (sign is NumericFormat.NotANumber or NumericFormat.PositiveInfinity or NumericFormat.NegativeInfinity)
            return DecodeStatus.OutOfRange;
        if (sign is not (NumericFormat.Positive or NumericFormat.Negative) || displayScale > NumericFormat.MaxScale)
            return DecodeStatus.Malformed;

        if (TryReadShort(reader.Rest, weight, displayScale, sign == NumericFormat.Negative, out value))
            return DecodeStatus.Ok;

        // The digits without the zeros around them, as one whole number; position is the power of ten that its last digit stands for.
        var whole = UInt128.Zero;
        var significant = 0;
        var pendingZeros = 0;
        var position = 0;
        for (var i = 0; i < count; i++)
        {
            reader.TryReadUInt16(out var group);
            if (group >= NumericFormat.GroupBase)
                return DecodeStatus.Malformed;
            var groupPosition = (weight - i) * NumericFormat.DigitsPerGroup;
            group = NumericFormat.WithoutDigitsBelow(group, groupPosition, displayScale);
            if (group == 0)
            {
                pendingZeros += significant > 0 ? 1 : 0;
                continue;
            }

            significant += pendingZeros + 1;
            if (significant <= MaxSignificantGroups)
            {
                for (; pendingZeros > 0; pendingZeros--)
                    whole *= NumericFormat.GroupBase;
                whole = (whole * NumericFormat.GroupBase) + group;
            }

            pendingZeros = 0;
            position = groupPosition;
        }

        return significant <= MaxSignificantGroups
            ? DecimalParts.TryCompose(whole, position, displayScale, sign == NumericFormat.Negative, out value)
            : DecodeStatus.OutOfRange;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out decimal value)
    {
        value = 0;
        if (source.SequenceEqual("NaN"u8) || source.SequenceEqual("Infinity"u8) || source.SequenceEqual("-Infinity"u8))
            return DecodeStatus.OutOfRange;
        var negative = source.StartsWith("-"u8);
        var digits = source[(negative ? 1 : 0)..];
        var point = digits.IndexOf((byte)'.');
        var wholeEnd = point < 0 ? digits.Length : point;
        var places = point < 0 ? 0 : digits.Length - point - 1;
        if (digits.IsEmpty || point == 0 || point == digits.Length - 1)
            return DecodeStatus.Malformed;

        var whole = UInt128.Zero;
        var significant = 0;
        var pendingZeros = 0;
        var position = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            if (i == point)
                continue;
            var digit = digits[i] - '0';
            if (digit is < 0 or > 9)
                return DecodeStatus.Malformed;
            if (digit == 0)
            {
                pendingZeros += significant > 0 ? 1 : 0;
                continue;
            }

            significant += pendingZeros + 1;
            if (significant <= DecimalParts.MaxDigits)
            {
                for (; pendingZeros > 0; pendingZeros--)
                    whole *= 10;
                whole = (whole * 10) + (uint)digit;
            }

            pendingZeros = 0;
            position = i < wholeEnd ? wholeEnd - i - 1 : wholeEnd - i;
        }

        return significant <= DecimalParts.MaxDigits
            ? DecimalParts.TryCompose(whole, position, places, negative, out value)
            : DecodeStatus.OutOfRange;
    }

    public override void WriteBinary(WireWriter writer, decimal value)
    {
        DecimalParts.Decompose(value, out var whole, out var scale, out var negative);

        // Groups begin at the point, so that the last one is filled up with zeros.
        var fractionGroups = (scale + NumericFormat.DigitsPerGroup - 1) / NumericFormat.DigitsPerGroup;
        for (var i = scale; i < fractionGroups * NumericFormat.DigitsPerGroup; i++)
            whole *= 10;
        Span<ushort> groups = stackalloc ushort[MaxSignificantGroups + 1];
        var count = 0;
        var position = -fractionGroups;
        for (; whole != 0; position++)
        {
            (whole, var group) = UInt128.DivRem(whole, NumericFormat.GroupBase);
            if (group != 0 || count > 0)
                groups[count++] = (ushort)group;
        }

        writer.WriteUInt16((ushort)count);
        writer.WriteInt16((short)(count == 0 ? 0 : position - 1));
        writer.WriteUInt16(negative && count > 0 ? NumericFormat.Negative : NumericFormat.Positive);
        writer.WriteUInt16((ushort)scale);
        while (count > 0)
            writer.WriteUInt16(groups[--count]);
    }

    public override void WriteText(WireWriter writer, decimal value)
    {
        value.TryFormat(writer.GetSpan(LongestText), out var written, provider: CultureInfo.InvariantCulture);
        writer.Advance(written);
    }

    /// <summary>Reads what nearly every value is, four groups at most that end near their scale, in the arithmetic of a machine word:
    /// 10^16 · 10^3 is below 2^64.</summary>
    private static bool TryReadShort(ReadOnlySpan<byte> groups, int weight, int scale, bool isNegative, out decimal value)
    {
        const int mostGroups = 4;
        const int mostScale = 28;
        ReadOnlySpan<ulong> powers = [1, 10, 100, 1000];
        value = 0;
        var count = groups.Length / sizeof(ushort);
        var shift = scale - ((count - 1 - weight) * NumericFormat.DigitsPerGroup);
        if (count > mostGroups || scale > mostScale || shift <= -powers.Length || shift >= powers.Length)
            return false;
        var whole = 0UL;
        for (; !groups.IsEmpty; groups = groups[sizeof(ushort)..])
        {
            var group = BinaryPrimitives.ReadUInt16BigEndian(groups);
            if (group >= NumericFormat.GroupBase)
                return false;
            whole = (whole * NumericFormat.GroupBase) + group;
        }

        whole = shift < 0 ? whole / powers[-shift] : whole * powers[shift];
        value = new decimal((int)(uint)whole, (int)(uint)(whole >> 32), 0, isNegative && whole != 0, (byte)scale);
        return true;
    }
}
