using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>interval as <see cref="PgInterval"/>: microseconds in 8 bytes, days in 4, months in 4 (PostgreSQL source,
/// interval_send).</summary>
internal sealed class PgIntervalCodec : PgCodec<PgInterval>
{
    private const long MicrosecondsPerMinute = 60 * PgEpoch.MicrosecondsPerSecond;
    private const long MicrosecondsPerHour = 60 * MicrosecondsPerMinute;

    internal static PgIntervalCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgInterval value)
    {
        var reader = new WireReader(source);
        var isRead = reader.TryReadInt64(out var microseconds) & reader.TryReadInt32(out var days) & reader.TryReadInt32(out var months)
            & reader.AtEnd;
        value = isRead ? new PgInterval(months, days, microseconds) : default;
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgInterval value)
        => IntervalText.TryRead(source, out value) ? DecodeStatus.Ok : DecodeStatus.Malformed;

    public override void WriteBinary(WireWriter writer, PgInterval value)
    {
        writer.WriteInt64(value.Microseconds);
        writer.WriteInt32(value.Days);
        writer.WriteInt32(value.Months);
    }

    /// <summary>ISO 8601, the one form that means the same in every IntervalStyle: elsewhere one sign may count for all parts.</summary>
    public override void WriteText(WireWriter writer, PgInterval value)
    {
        if (!value.IsFinite)
        {
            writer.WriteBytes(value == PgInterval.Infinity ? "infinity"u8 : "-infinity"u8);
            return;
        }

        writer.WriteByte((byte)'P');
        WritePart(writer, value.Months, (byte)'M');
        WritePart(writer, value.Days, (byte)'D');
        if (value.Microseconds == 0 && (value.Months != 0 || value.Days != 0))
            return;
        writer.WriteByte((byte)'T');
        WritePart(writer, value.Microseconds / MicrosecondsPerHour, (byte)'H');
        WritePart(writer, value.Microseconds % MicrosecondsPerHour / MicrosecondsPerMinute, (byte)'M');
        var rest = value.Microseconds % MicrosecondsPerMinute;
        if (rest == 0 && value.Microseconds != 0)
            return;
        if (rest < 0)
            writer.WriteByte((byte)'-');
        rest = Math.Abs(rest);
        DateTimeForm.Write(writer, rest / PgEpoch.MicrosecondsPerSecond, "0");
        DateTimeForm.WriteFraction(writer, rest % PgEpoch.MicrosecondsPerSecond);
        writer.WriteByte((byte)'S');
    }

    private static void WritePart(WireWriter writer, long count, byte unit)
    {
        if (count == 0)
            return;
        DateTimeForm.Write(writer, count, "0");
        writer.WriteByte(unit);
    }
}
