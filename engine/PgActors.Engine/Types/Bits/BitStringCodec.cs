using System.Buffers;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>bit and varbit: how many bits in 4 bytes, and the bits from the highest of the first byte on (PostgreSQL source,
/// varbit_send); in text zeros and ones.</summary>
internal sealed class BitStringCodec : PgCodec<PgBitString>
{
    internal static BitStringCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgBitString value)
    {
        var reader = new WireReader(source);
        var isRead = reader.TryReadInt32(out var length) && length >= 0 && reader.Remaining == PgBitString.ByteCount(length);
        value = isRead ? new PgBitString(reader.Rest, length) : default;
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgBitString value)
    {
        value = default;
        if (source.ContainsAnyExcept((byte)'0', (byte)'1'))
            return DecodeStatus.Malformed;
        var size = PgBitString.ByteCount(source.Length);
        var bytes = ArrayPool<byte>.Shared.Rent(size);
        bytes.AsSpan(0, size).Clear();
        for (var i = 0; i < source.Length; i++)
            bytes[i / 8] |= (byte)((source[i] - '0') << (7 - (i % 8)));
        value = new PgBitString(bytes.AsSpan(0, size), source.Length);
        ArrayPool<byte>.Shared.Return(bytes);
        return DecodeStatus.Ok;
    }

    public override void WriteBinary(WireWriter writer, PgBitString value)
    {
        writer.WriteInt32(value.Length);
        writer.WriteBytes(value.Bytes);
    }

    public override void WriteText(WireWriter writer, PgBitString value)
    {
        var span = writer.GetSpan(value.Length);
        for (var i = 0; i < value.Length; i++)
            span[i] = value[i] ? (byte)'1' : (byte)'0';
        writer.Advance(value.Length);
    }
}
