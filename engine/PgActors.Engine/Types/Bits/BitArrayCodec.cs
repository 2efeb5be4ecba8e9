using System.Collections;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>bit and varbit as <see cref="BitArray"/>; its bit 0 is the leftmost.</summary>
internal sealed class BitArrayCodec : PgCodec<BitArray>
{
    internal static BitArrayCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out BitArray value)
    {
        var status = BitStringCodec.Instance.ReadBinary(source, out var bits);
        value = bits.ToBitArray();
        return status;
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
        span.Clear();
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i])
                span[i / 8] |= (byte)(0x80 >> (i % 8));
        }

        writer.Advance(size);
    }

    public override void WriteText(WireWriter writer, BitArray value)
    {
        var span = writer.GetSpan(value.Length);
        for (var i = 0; i < value.Length; i++)
            span[i] = value[i] ? (byte)'1' : (byte)'0';
        writer.Advance(value.Length);
    }
}
