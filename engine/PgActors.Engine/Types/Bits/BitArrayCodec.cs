using System.Collections;
using System.Runtime.InteropServices;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>bit and varbit as <see cref="BitArray"/>; its bit 0 is the leftmost.</summary>
internal sealed class BitArrayCodec : PgCodec<BitArray>
{
    internal static BitArrayCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out BitArray value)
    {
        var reader = new WireReader(source);
        var isRead = reader.TryReadInt32(out var length) && length >= 0 && reader.Remaining == PgBitString.ByteCount(length);
        value = new BitArray(isRead ? length : 0);
        if (isRead)
            Copy(reader.Rest, value);
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out BitArray value)
    {
        var status = BitStringCodec.Instance.ReadText(source, out var bits);
        value = bits.ToBitArray();
        return status;
    }

    public override void WriteBinary(WireWriter writer, BitArray value)
    {
        var size = PgBitString.ByteCount(value.Length);
        writer.WriteInt32(value.Length);
        var span = writer.GetSpan(size)[..size];
        var bytes = CollectionsMarshal.AsBytes(value);
        for (var i = 0; i < size; i++)
            span[i] = Mirrored(bytes[i]);
        if (value.Length % 8 != 0)
            span[^1] &= PgBitString.LastByteMask(value.Length);
        writer.Advance(size);
    }

    public override void WriteText(WireWriter writer, BitArray value)
    {
        var span = writer.GetSpan(value.Length);
        for (var i = 0; i < value.Length; i++)
            span[i] = value[i] ? (byte)'1' : (byte)'0';
        writer.Advance(value.Length);
    }

    private static void Copy(ReadOnlySpan<byte> source, BitArray value)
    {
        var bytes = CollectionsMarshal.AsBytes(value);
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = Mirrored(source[i]);
        if (value.Length % 8 != 0)
            bytes[^1] &= Mirrored(PgBitString.LastByteMask(value.Length));
    }

    // The first bit is the highest of its byte in PostgreSQL, and the lowest in .NET: halves, quarters and neighbours change places.
    private static byte Mirrored(byte bits)
    {
        var turned = (uint)bits;
        turned = ((turned & 0xF0) >> 4) | ((turned & 0x0F) << 4);
        turned = ((turned & 0xCC) >> 2) | ((turned & 0x33) << 2);
        return (byte)(((turned & 0xAA) >> 1) | ((turned & 0x55) << 1));
    }
}
