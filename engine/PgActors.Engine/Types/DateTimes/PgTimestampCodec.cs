using System.Buffers.Binary;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>timestamp as <see cref="PgTimestamp"/>: every value.</summary>
internal sealed class PgTimestampCodec : PgCodec<PgTimestamp>
{
    internal static PgTimestampCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgTimestamp value)
    {
        var isRead = BinaryPrimitives.TryReadInt64BigEndian(source, out var microseconds) && source.Length == sizeof(long)
            && PgEpoch.IsTimestamp(microseconds);
        value = isRead ? new PgTimestamp(microseconds) : default;
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgTimestamp value)
    {
        var isRead = DateTimeText.TryReadTimestamp(source, zoned: false, out var microseconds);
        value = new PgTimestamp(microseconds);
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override void WriteBinary(WireWriter writer, PgTimestamp value) => writer.WriteInt64(value.Microseconds);

    public override void WriteText(WireWriter writer, PgTimestamp value)
        => DateTimeForm.WriteTimestamp(writer, value.Microseconds, zoned: false);
}
