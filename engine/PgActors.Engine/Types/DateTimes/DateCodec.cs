using System.Buffers.Binary;
using System.Globalization;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>date: days since 2000-01-01 in 4 bytes; the ends of the range are the infinities.</summary>
internal sealed class DateCodec : PgCodec<DateOnly>
{
    private const int TextSize = 10;

    internal static DateCodec Instance { get; } = new();

    public override string Limits
        => "It is infinite, before the year 1 or after the year 9999, which DateOnly cannot hold; read it as PgDate.";

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out DateOnly value)
    {
        value = default;
        return BinaryPrimitives.TryReadInt32BigEndian(source, out var days) && source.Length == sizeof(int)
            ? FromDays(days, out value)
            : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out DateOnly value)
    {
        value = default;
        return DateTimeText.TryReadDate(source, out var days) ? FromDays(days, out value) : DecodeStatus.Malformed;
    }

    public override void WriteBinary(WireWriter writer, DateOnly value) => writer.WriteInt32(value.DayNumber - PgEpoch.DayNumber);

    public override void WriteText(WireWriter writer, DateOnly value)
    {
        value.TryFormat(writer.GetSpan(TextSize), out var written, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        writer.Advance(written);
    }

    private static DecodeStatus FromDays(int days, out DateOnly value)
    {
        var number = (long)days + PgEpoch.DayNumber;
        var fits = number >= 0 && number <= DateOnly.MaxValue.DayNumber;
        value = fits ? DateOnly.FromDayNumber((int)number) : default;
        return fits ? DecodeStatus.Ok : DecodeStatus.OutOfRange;
    }
}
