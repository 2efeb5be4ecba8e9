using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>timestamptz: a point in time, as a <see cref="DateTime"/> of kind Utc. Other kinds are refused: Unspecified says no zone, and
/// Local says one that only this machine knows.</summary>
internal sealed class TimestampTzCodec : PgCodec<DateTime>
{
    internal static TimestampTzCodec Instance { get; } = new();

    public override string Limits => TimestampForm.Limits;

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out DateTime value)
    {
        var status = TimestampForm.ReadBinary(source, out var ticks);
        value = new DateTime(ticks, DateTimeKind.Utc);
        return status;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out DateTime value)
    {
        var status = TimestampForm.ReadText(source, zoned: true, out var ticks);
        value = new DateTime(ticks, DateTimeKind.Utc);
        return status;
    }

    public override void WriteBinary(WireWriter writer, DateTime value) => TimestampForm.WriteBinary(writer, UtcTicks(value));

    public override void WriteText(WireWriter writer, DateTime value) => TimestampForm.WriteText(writer, UtcTicks(value), zoned: true);

    /// <summary>Local too, so that the refusal below is what its writer reads.</summary>
    public override bool Suits(DateTime value) => value.Kind != DateTimeKind.Unspecified;

    private static long UtcTicks(DateTime value)
        => value.Kind == DateTimeKind.Utc
            ? value.Ticks
            : throw new ArgumentException($"A DateTime of kind {value.Kind} cannot be sent as timestamptz, which is a point in time. Use "
                + "ToUniversalTime(), a DateTimeOffset, or DateTime.SpecifyKind(value, DateTimeKind.Utc) if it is UTC already.",
                nameof(value));
}
