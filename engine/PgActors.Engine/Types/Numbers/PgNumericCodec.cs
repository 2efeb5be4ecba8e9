using System.Buffers;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>numeric as <see cref="PgNumeric"/>: every value, to its last digit and decimal place. Memory is taken for the digits that are
/// there, whatever weight the first claims.</summary>
internal sealed class PgNumericCodec : PgCodec<PgNumeric>
{
    private const int MostStackGroups = 64;

    internal static PgNumericCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgNumeric value)
    {
        value = default;
        var reader = new WireReader(source);
        if (!reader.TryReadUInt16(out var count) || !reader.TryReadInt16(out var weight) || !reader.TryReadUInt16(out var sign)
            || !reader.TryReadUInt16(out var scale) || reader.Remaining != count * sizeof(ushort))
            return DecodeStatus.Malformed;
        switch (sign)
        {
            case NumericFormat.NotANumber:
                value = PgNumeric.NaN;
                return DecodeStatus.Ok;
            case NumericFormat.PositiveInfinity:
                value = PgNumeric.PositiveInfinity;
                return DecodeStatus.Ok;
            case NumericFormat.NegativeInfinity:
                value = PgNumeric.NegativeInfinity;
                return DecodeStatus.Ok;
            case NumericFormat.Positive or NumericFormat.Negative when scale <= NumericFormat.MaxScale:
                return ReadDigits(ref reader, count, weight, scale, sign == NumericFormat.Negative, out value);
            default:
                return DecodeStatus.Malformed;
        }
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgNumeric value) => NumericText.Read(source, out value);

    public override void WriteBinary(WireWriter writer, PgNumeric value) => Write(
        writer,
        value.Groups,
        value.Weight,
        value.Kind switch
        {
            NumericKind.Positive => NumericFormat.Positive,
            NumericKind.Negative => NumericFormat.Negative,
            NumericKind.PositiveInfinity => NumericFormat.PositiveInfinity,
            NumericKind.NegativeInfinity => NumericFormat.NegativeInfinity,
            NumericKind.NotANumber => NumericFormat.NotANumber,
        },
        value.Scale);

    public override void WriteText(WireWriter writer, PgNumeric value) => NumericText.Write(writer, value);

    internal static void Write(WireWriter writer, ReadOnlySpan<ushort> groups, int weight, ushort sign, int scale)
    {
        writer.WriteUInt16((ushort)groups.Length);
        writer.WriteInt16((short)weight);
        writer.WriteUInt16(sign);
        writer.WriteUInt16((ushort)scale);
        foreach (var group in groups)
            writer.WriteUInt16(group);
    }

    private static DecodeStatus ReadDigits(
        ref WireReader reader, int count, int weight, int scale, bool isNegative, out PgNumeric value)
    {
        var rented = count > MostStackGroups ? ArrayPool<ushort>.Shared.Rent(count) : null;
        var groups = rented is null ? stackalloc ushort[MostStackGroups] : rented;
        groups = groups[..count];
        var status = DecodeStatus.Ok;
        for (var i = 0; i < count; i++)
        {
            reader.TryReadUInt16(out var group);
            if (group >= NumericFormat.GroupBase)
                status = DecodeStatus.Malformed;
            groups[i] = NumericFormat.WithoutDigitsBelow(group, (weight - i) * NumericFormat.DigitsPerGroup, scale);
        }

        value = status == DecodeStatus.Ok ? PgNumeric.FromGroups(groups, weight, scale, isNegative) : default;
        if (rented is not null)
            ArrayPool<ushort>.Shared.Return(rented);
        return status;
    }
}
