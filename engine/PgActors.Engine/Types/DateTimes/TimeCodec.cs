using System.Buffers.Binary;
using System.Globalization;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>time: microseconds since midnight in 8 bytes, 24:00:00 included. What is finer is cut off when written.</summary>
internal sealed class TimeCodec : PgCodec<TimeOnly>
{
    private const int TextSize = 15;

    internal static TimeCodec Instance { get; } = new();

    public override string Limits => "It is 24:00:00, which TimeOnly cannot hold; read it as TimeSpan.";

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out TimeOnly value)
    {
        value = default;
        return BinaryPrimitives.TryReadInt64BigEndian(source, out var microseconds) && source.Length == sizeof(long)
            && microseconds is >= 0 and <= PgEpoch.MicrosecondsPerDay
            ? FromMicroseconds(microseconds, out value)
            : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out TimeOnly value)
    {
        value = default;
        return DateTimeText.TryReadTime(source, out var microseconds) ? FromMicroseconds(microseconds, out value) : DecodeStatus.Malformed;
    }

    public override void WriteBinary(WireWriter writer, TimeOnly value) => writer.WriteInt64(value.Ticks / TimeSpan.TicksPerMicrosecond);

    public override void WriteText(WireWriter writer, TimeOnly value)
    {
        value.TryFormat(writer.GetSpan(TextSize), out var written, "HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        writer.Advance(written);
    }

    private static DecodeStatus FromMicroseconds(long microseconds, out TimeOnly value)
    {
        var fits = microseconds < PgEpoch.MicrosecondsPerDay;
        value = fits ? new TimeOnly(microseconds * TimeSpan.TicksPerMicrosecond) : default;
        return fits ? DecodeStatus.Ok : DecodeStatus.OutOfRange;
    }
}
