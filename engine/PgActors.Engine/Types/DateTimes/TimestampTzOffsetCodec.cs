using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>timestamptz as <see cref="DateTimeOffset"/>. PostgreSQL keeps no offset: what is written with one is read back as the same
/// point in time in UTC.</summary>
internal sealed class TimestampTzOffsetCodec : PgCodec<DateTimeOffset>
{
    internal static TimestampTzOffsetCodec Instance { get; } = new();

    public override string Limits => TimestampForm.Limits;

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out DateTimeOffset value)
    {
        var status = TimestampForm.ReadBinary(source, out var ticks);
        value = new DateTimeOffset(ticks, TimeSpan.Zero);
        return status;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out DateTimeOffset value)
    {
        var status = TimestampForm.ReadText(source, zoned: true, out var ticks);
        value = new DateTimeOffset(ticks, TimeSpan.Zero);
        return status;
    }

    public override void WriteBinary(WireWriter writer, DateTimeOffset value) => TimestampForm.WriteBinary(writer, value.UtcTicks);

    public override void WriteText(WireWriter writer, DateTimeOffset value) => TimestampForm.WriteText(writer, value.UtcTicks, zoned: true);
}
