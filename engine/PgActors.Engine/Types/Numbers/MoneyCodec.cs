using System.Buffers.Binary;
using System.Globalization;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>
/// money: 8 bytes, the amount in the smallest unit. Its text wears the currency's signs (<c>-$1,234.56</c>, <c>1.234,56 €</c>), and shows
/// all decimal places always, so that its digits alone are the amount. Written as text it has two places: those of the locale C and of
/// most others; only the binary form is right everywhere (PostgreSQL source, cash_out and cash_in).
/// </summary>
internal sealed class MoneyCodec : PgCodec<PgMoney>
{
    private const int LongestText = 24;
    private const int UnitsPerWhole = 100;

    internal static MoneyCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgMoney value)
    {
        var isRead = BinaryPrimitives.TryReadInt64BigEndian(source, out var units) && source.Length == sizeof(long);
        value = new PgMoney(units);
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgMoney value)
    {
        value = default;
        var isNegative = source.ContainsAny((byte)'-', (byte)'(');
        var units = Int128.Zero;
        var hasDigits = false;
        foreach (var b in source)
        {
            if (b is < (byte)'0' or > (byte)'9')
                continue;
            hasDigits = true;
            units = (units * 10) + (b - '0');
            if (units > (Int128)long.MaxValue + 1)
                return DecodeStatus.Malformed;
        }

        units = isNegative ? -units : units;
        if (!hasDigits || units > long.MaxValue)
            return DecodeStatus.Malformed;
        value = new PgMoney((long)units);
        return DecodeStatus.Ok;
    }

    public override void WriteBinary(WireWriter writer, PgMoney value) => writer.WriteInt64(value.Units);

    public override void WriteText(WireWriter writer, PgMoney value)
    {
        var (whole, rest) = Int128.DivRem(Int128.Abs(value.Units), UnitsPerWhole);
        if (value.Units < 0)
            writer.WriteByte((byte)'-');
        whole.TryFormat(writer.GetSpan(LongestText), out var written, provider: CultureInfo.InvariantCulture);
        writer.Advance(written);
        writer.WriteByte((byte)'.');
        rest.TryFormat(writer.GetSpan(LongestText), out written, "00", CultureInfo.InvariantCulture);
        writer.Advance(written);
    }
}
