using System.Numerics;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>numeric as <see cref="BigInteger"/>: whole numbers of any size, digits behind the point only if all are zero. A number that
/// says little of itself on the wire, such as 1e131071, takes up to 54 KiB.</summary>
internal sealed class BigIntegerCodec : PgCodec<BigInteger>
{
    // 36 digits, which a UInt128 holds; and the most that it holds, in whole parts of those in which it is written.
    private const int MostShortGroups = 9;
    private const int GroupsOfUInt128 = 3 * GroupsInPart;

    // Sixteen digits fit into a UInt64, which is faster to divide.
    private const int GroupsInPart = 4;
    private const ulong Part = 1_0000_0000_0000_0000;

    internal static BigIntegerCodec Instance { get; } = new();

    public override string Limits
        => "It is NaN, infinite, or has digits behind the point, which BigInteger cannot hold; read it as PgNumeric, or round() it.";

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out BigInteger value)
        => TryReadShort(source, out value)
            ? DecodeStatus.Ok
            : Convert(PgNumericCodec.Instance.ReadBinary(source, out var number), number, out value);

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out BigInteger value)
        => Convert(PgNumericCodec.Instance.ReadText(source, out var number), number, out value);

    public override void WriteBinary(WireWriter writer, BigInteger value)
    {
        var magnitude = BigInteger.Abs(value);
        if (magnitude <= UInt128.MaxValue)
            WriteShort(writer, (UInt128)magnitude, value.Sign < 0);
        else
            PgNumericCodec.Instance.WriteBinary(writer, Numeric(value));
    }

    public override void WriteText(WireWriter writer, BigInteger value) => PgNumericCodec.Instance.WriteText(writer, Numeric(value));

    // Most numbers are short, and need no digits in between. Whatever is not plainly one of them goes the long way.
    private static bool TryReadShort(ReadOnlySpan<byte> source, out BigInteger value)
    {
        value = default;
        var reader = new WireReader(source);
        if (!reader.TryReadUInt16(out var count) || !reader.TryReadInt16(out var weight) || !reader.TryReadUInt16(out var sign)
            || !reader.TryReadUInt16(out var scale) || reader.Remaining != count * sizeof(ushort))
            return false;
        if (count > weight + 1 || weight >= MostShortGroups || scale > NumericFormat.MaxScale
            || sign is not (NumericFormat.Positive or NumericFormat.Negative))
            return false;
        var magnitude = UInt128.Zero;
        for (var i = 0; i <= weight; i++)
        {
            ushort group = 0;
            if (i < count)
                reader.TryReadUInt16(out group);
            if (group >= NumericFormat.GroupBase)
                return false;
            magnitude = (magnitude * NumericFormat.GroupBase) + group;
        }

        value = sign == NumericFormat.Negative ? -(BigInteger)magnitude : magnitude;
        return true;
    }

    private static void WriteShort(WireWriter writer, UInt128 magnitude, bool isNegative)
    {
        Span<ushort> groups = stackalloc ushort[GroupsOfUInt128];
        groups.Clear();
        for (var end = GroupsOfUInt128; magnitude > 0; end -= GroupsInPart)
        {
            (magnitude, var part) = UInt128.DivRem(magnitude, Part);
            var rest = (ulong)part;
            for (var i = end - 1; rest > 0; i--)
                (rest, groups[i]) = (rest / NumericFormat.GroupBase, (ushort)(rest % NumericFormat.GroupBase));
        }

        var first = groups.IndexOfAnyExcept((ushort)0);
        if (first < 0)
            PgNumericCodec.Write(writer, default, 0, NumericFormat.Positive, 0);
        else
        {
            PgNumericCodec.Write(
                writer,
                groups[first..(groups.LastIndexOfAnyExcept((ushort)0) + 1)],
                GroupsOfUInt128 - 1 - first,
                isNegative ? NumericFormat.Negative : NumericFormat.Positive,
                scale: 0);
        }
    }

    private static DecodeStatus Convert(DecodeStatus status, PgNumeric number, out BigInteger value)
    {
        value = BigInteger.Zero;
        if (status != DecodeStatus.Ok)
            return status;
        return number.TryToBigInteger(out value) ? DecodeStatus.Ok : DecodeStatus.OutOfRange;
    }

    private static PgNumeric Numeric(BigInteger value)
    {
        try
        {
            return PgNumeric.Create(value);
        }
        catch (OverflowException refused)
        {
            throw new ArgumentException(refused.Message, nameof(value), refused);
        }
    }
}
