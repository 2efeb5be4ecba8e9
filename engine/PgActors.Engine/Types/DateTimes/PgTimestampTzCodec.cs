using System.Buffers.Binary;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>timestamptz as <see cref="PgTimestampTz"/>: every value.</summary>
internal sealed class PgTimestampTzCodec : PgCodec<PgTimestampTz>
{
    internal static PgTimestampTzCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgTimestampTz value)
    {
        var isRead = BinaryPrimitives.TryReadInt64BigEndian(source, out var microseconds) && source.Length == sizeof(long)
            && PgEpoch.IsTimestamp(microseconds);
        value = isRead ? new PgTimestampTz(microseconds) : default;
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgTimestampTz value)
    {
        var isRead = DateTimeText.TryReadTimestamp(source, zoned: true, out var microseconds);
        value = new PgTimestampTz(microseconds);
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override void WriteBinary(WireWriter writer, PgTimestampTz value) => writer.WriteInt64(value.Microseconds);

    public override void WriteText(WireWriter writer, PgTimestampTz value)
        => DateTimeForm.WriteTimestamp(writer, value.Microseconds, zoned: true);
}
