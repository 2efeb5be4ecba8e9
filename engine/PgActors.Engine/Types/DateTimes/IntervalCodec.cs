using System.Buffers.Text;
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
            + "use extract(epoch from …) or read it as text.";

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out TimeSpan value)
    {
        value = default;
        var reader = new WireReader(source);
        return reader.TryReadInt64(out var microseconds) && reader.TryReadInt32(out var days) && reader.TryReadInt32(out var months)
            && reader.AtEnd
            ? Compose(months, days, microseconds, out value)
            : DecodeStatus.Malformed;
    }

    /// <summary>Reads IntervalStyle postgres, the server's default: <c>1 year 2 mons -3 days +04:05:06.5</c>.</summary>
    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out TimeSpan value)
    {
        value = default;
        if (source.SequenceEqual("infinity"u8) || source.SequenceEqual("-infinity"u8))
            return DecodeStatus.OutOfRange;
        long months = 0;
        long days = 0;
        long microseconds = 0;
        if (source.IsEmpty)
            return DecodeStatus.Malformed;
        while (!source.IsEmpty)
        {
            var word = TakeWord(ref source);
            if (source.IsEmpty)
            {
                if (!DateTimeText.TryReadSpan(word, out microseconds))
                    return DecodeStatus.Malformed;
                break;
            }

            if (word.StartsWith("+"u8))
                word = word[1..];
            if (!Utf8Parser.TryParse(word, out int count, out var used) || used != word.Length)
                return DecodeStatus.Malformed;
            var unit = TakeWord(ref source);
            if (unit.SequenceEqual("day"u8) || unit.SequenceEqual("days"u8))
                days += count;
            else if (unit.SequenceEqual("mon"u8) || unit.SequenceEqual("mons"u8)
                || unit.SequenceEqual("year"u8) || unit.SequenceEqual("years"u8))
                months |= (uint)count;
            else
                return DecodeStatus.Malformed;
        }

        return Compose(months, days, microseconds, out value);
    }

    public override void WriteBinary(WireWriter writer, TimeSpan value)
    {
        writer.WriteInt64(value.Ticks / TimeSpan.TicksPerMicrosecond);
        writer.WriteInt32(0);
        writer.WriteInt32(0);
    }

    public override void WriteText(WireWriter writer, TimeSpan value)
    {
        var microseconds = value.Ticks / TimeSpan.TicksPerMicrosecond;
        var (hours, rest) = Math.DivRem(Math.Abs(microseconds), 60 * 60 * PgEpoch.MicrosecondsPerSecond);
        if (microseconds < 0)
            writer.WriteByte((byte)'-');
        hours.TryFormat(writer.GetSpan(TextSize), out var written, "00", CultureInfo.InvariantCulture);
        writer.Advance(written);
        TimeSpan.FromMicroseconds(rest).TryFormat(writer.GetSpan(TextSize), out written, @"\:mm\:ss\.ffffff", CultureInfo.InvariantCulture);
        writer.Advance(written);
    }

    private static ReadOnlySpan<byte> TakeWord(ref ReadOnlySpan<byte> source)
    {
        var end = source.IndexOf((byte)' ');
        var word = end < 0 ? source : source[..end];
        source = end < 0 ? default : source[(end + 1)..];
        return word;
    }

    private static DecodeStatus Compose(long months, long days, long microseconds, out TimeSpan value)
    {
        const long most = long.MaxValue / TimeSpan.TicksPerMicrosecond;
        var total = (Int128)microseconds + ((Int128)days * PgEpoch.MicrosecondsPerDay);
        var fits = months == 0 && total >= -most && total <= most;
        value = fits ? new TimeSpan((long)total * TimeSpan.TicksPerMicrosecond) : default;
        return fits ? DecodeStatus.Ok : DecodeStatus.OutOfRange;
    }
}
