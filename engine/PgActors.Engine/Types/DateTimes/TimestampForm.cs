using System.Buffers.Binary;
using System.Globalization;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>What timestamp and timestamptz share: microseconds since 2000-01-01 in 8 bytes, in UTC if there is a zone. What is finer than
/// a microsecond is cut off when written.</summary>
internal static class TimestampForm
{
    internal const string Limits
        = "It is infinite, before the year 1 or after the year 9999, which .NET cannot hold; read it as PgTimestamp or PgTimestampTz.";

    private const int TextSize = 26;

    internal static DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out long ticks)
    {
        ticks = 0;
        if (!BinaryPrimitives.TryReadInt64BigEndian(source, out var microseconds) || source.Length != sizeof(long))
            return DecodeStatus.Malformed;
        return PgEpoch.TryToTicks(microseconds, out ticks) ? DecodeStatus.Ok : DecodeStatus.OutOfRange;
    }

    internal static DecodeStatus ReadText(ReadOnlySpan<byte> source, bool zoned, out long ticks)
    {
        ticks = 0;
        if (!DateTimeText.TryReadTimestamp(source, zoned, out var microseconds))
            return DecodeStatus.Malformed;
        return PgEpoch.TryToTicks(microseconds, out ticks) ? DecodeStatus.Ok : DecodeStatus.OutOfRange;
    }

    internal static void WriteBinary(WireWriter writer, long ticks) => writer.WriteInt64(PgEpoch.FromTicks(ticks));

    internal static void WriteText(WireWriter writer, long ticks, bool zoned)
    {
        const string form = "yyyy-MM-dd HH:mm:ss.ffffff";
        new DateTime(ticks).TryFormat(writer.GetSpan(TextSize), out var written, form, CultureInfo.InvariantCulture);
        writer.Advance(written);
        if (zoned)
            writer.WriteBytes("+00"u8);
    }
}
