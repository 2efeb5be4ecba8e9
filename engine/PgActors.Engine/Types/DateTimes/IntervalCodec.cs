using System.Globalization;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>
/// interval as <see cref="TimeSpan"/>. An interval keeps months, days and microseconds apart; months have no fixed length and are refused,
/// a day counts 24 hours, as in justify_hours and as subtracting two timestamps makes it. Written as microseconds alone.
/// </summary>
internal sealed class IntervalCodec : PgCodec<TimeSpan>
{
    private const int TextSize = 40;

    internal static IntervalCodec Instance { get; } = new();

    public override string Limits
        => "It has months or years, which have no fixed length, or is beyond what TimeSpan can hold; "
            + "read it as PgInterval, or use extract(epoch from …).";

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out TimeSpan value)
        => Convert(PgIntervalCodec.Instance.ReadBinary(source, out var interval), interval, out value);

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out TimeSpan value)
        => Convert(PgIntervalCodec.Instance.ReadText(source, out var interval), interval, out value);

    public override void WriteBinary(WireWriter writer, TimeSpan value) => PgIntervalCodec.Instance.WriteBinary(writer, value);

    public override void WriteText(WireWriter writer, TimeSpan value)
    {
        var microseconds = value.Ticks / TimeSpan.TicksPerMicrosecond;
        var (hours, rest) = Math.DivRem(Math.Abs(microseconds), 60 * 60 * PgEpoch.MicrosecondsPerSecond);
        if (microseconds < 0)
            writer.WriteByte((byte)'-');
        DateTimeForm.Write(writer, hours, "00");
        TimeSpan.FromMicroseconds(rest).TryFormat(
            writer.GetSpan(TextSize), out var written, @"\:mm\:ss\.ffffff", CultureInfo.InvariantCulture);
        writer.Advance(written);
    }

    private static DecodeStatus Convert(DecodeStatus status, PgInterval interval, out TimeSpan value)
    {
        value = default;
        if (status != DecodeStatus.Ok)
            return status;
        return interval.TryToTimeSpan(out value) ? DecodeStatus.Ok : DecodeStatus.OutOfRange;
    }
}
