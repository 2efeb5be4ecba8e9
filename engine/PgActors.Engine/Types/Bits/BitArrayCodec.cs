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

    public override void WriteBinary(WireWriter writer, BitArray value) => BitStringCodec.Instance.WriteBinary(writer, BitString(value));

    public override void WriteText(WireWriter writer, BitArray value) => BitStringCodec.Instance.WriteText(writer, BitString(value));

    private static PgBitString BitString(BitArray value)
    {
        var bits = new bool[value.Length];
        value.CopyTo(bits, 0);
        return new PgBitString(bits);
    }
}
