using System.Buffers.Binary;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>time as the <see cref="TimeSpan"/> since midnight, which can be 24:00:00, the end of the day.</summary>
internal sealed class TimeSpanTimeCodec : PgCodec<TimeSpan>
{
    internal static TimeSpanTimeCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out TimeSpan value)
    {
        var isRead = BinaryPrimitives.TryReadInt64BigEndian(source, out var microseconds) && source.Length == sizeof(long)
            && microseconds is >= 0 and <= PgEpoch.MicrosecondsPerDay;
        value = isRead ? new TimeSpan(microseconds * TimeSpan.TicksPerMicrosecond) : default;
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out TimeSpan value)
    {
        var isRead = DateTimeText.TryReadTime(source, out var microseconds);
        value = isRead ? new TimeSpan(microseconds * TimeSpan.TicksPerMicrosecond) : default;
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override void WriteBinary(WireWriter writer, TimeSpan value) => writer.WriteInt64(Microseconds(value));

    public override void WriteText(WireWriter writer, TimeSpan value) => DateTimeForm.WriteTime(writer, Microseconds(value));

    private static long Microseconds(TimeSpan value)
        => value >= TimeSpan.Zero && value <= TimeSpan.FromDays(1)
            ? value.Ticks / TimeSpan.TicksPerMicrosecond
            : throw new ArgumentException("A time of day is within 00:00:00 and 24:00:00.", nameof(value));
}
