using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>timetz: microseconds since midnight in 8 bytes and seconds in 4, which count west of UTC (PostgreSQL source,
/// timetz_send).</summary>
internal sealed class TimeTzCodec : PgCodec<PgTimeTz>
{
    internal static TimeTzCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgTimeTz value)
    {
        value = default;
        var reader = new WireReader(source);
        if (!reader.TryReadInt64(out var microseconds) || !reader.TryReadInt32(out var west) || !reader.AtEnd
            || microseconds is < 0 or > PgEpoch.MicrosecondsPerDay || west is < -PgTimeTz.MaxOffsetSeconds or > PgTimeTz.MaxOffsetSeconds)
            return DecodeStatus.Malformed;
        value = new PgTimeTz(microseconds, -west);
        return DecodeStatus.Ok;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgTimeTz value)
    {
        var isRead = DateTimeText.TryReadTimeTz(source, out var microseconds, out var offset);
        value = isRead ? new PgTimeTz(microseconds, offset) : default;
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override void WriteBinary(WireWriter writer, PgTimeTz value)
    {
        writer.WriteInt64(value.Microseconds);
        writer.WriteInt32(-value.OffsetSeconds);
    }

    public override void WriteText(WireWriter writer, PgTimeTz value)
    {
        DateTimeForm.WriteTime(writer, value.Microseconds);
        DateTimeForm.WriteZone(writer, value.OffsetSeconds);
    }
}
