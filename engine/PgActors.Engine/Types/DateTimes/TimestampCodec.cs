using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>timestamp: a reading of some clock on some wall, which is no point in time. So it is a <see cref="DateTime"/> of kind
/// Unspecified, and one of another kind is refused instead of losing its zone silently.</summary>
internal sealed class TimestampCodec : PgCodec<DateTime>
{
    internal static TimestampCodec Instance { get; } = new();

    public override string Limits => TimestampForm.Limits;

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out DateTime value)
    {
        var status = TimestampForm.ReadBinary(source, out var ticks);
        value = new DateTime(ticks, DateTimeKind.Unspecified);
        return status;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out DateTime value)
    {
        var status = TimestampForm.ReadText(source, zoned: false, out var ticks);
        value = new DateTime(ticks, DateTimeKind.Unspecified);

        // An anonymous record in text does not say what its items are: with a zone it was a timestamptz.
        return status == DecodeStatus.Malformed ? TimestampTzCodec.Instance.ReadText(source, out value) : status;
    }

    public override void WriteBinary(WireWriter writer, DateTime value) => TimestampForm.WriteBinary(writer, WallTicks(value));

    public override void WriteText(WireWriter writer, DateTime value) => TimestampForm.WriteText(writer, WallTicks(value), zoned: false);

    public override bool Suits(DateTime value) => value.Kind == DateTimeKind.Unspecified;

    private static long WallTicks(DateTime value)
        => value.Kind == DateTimeKind.Unspecified
            ? value.Ticks
            : throw new ArgumentException($"A DateTime of kind {value.Kind} cannot be sent as timestamp, which has no time zone. For a "
                + "point in time use timestamptz, with a DateTime of kind Utc or a DateTimeOffset; for a wall clock's reading use "
                + "DateTime.SpecifyKind(value, DateTimeKind.Unspecified).", nameof(value));
}
