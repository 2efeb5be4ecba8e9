using System.Buffers.Binary;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>date as <see cref="PgDate"/>: every value.</summary>
internal sealed class PgDateCodec : PgCodec<PgDate>
{
    internal static PgDateCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgDate value)
    {
        var isRead = BinaryPrimitives.TryReadInt32BigEndian(source, out var days) && source.Length == sizeof(int)
            && days is (>= PgEpoch.FirstDay and <= PgEpoch.LastDay) or int.MinValue or int.MaxValue;
        value = isRead ? new PgDate(days) : default;
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgDate value)
    {
        var isRead = DateTimeText.TryReadDate(source, out var days);
        value = new PgDate(days);
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override void WriteBinary(WireWriter writer, PgDate value) => writer.WriteInt32(value.Days);

    public override void WriteText(WireWriter writer, PgDate value) => DateTimeForm.WriteDate(writer, value.Days);
}
