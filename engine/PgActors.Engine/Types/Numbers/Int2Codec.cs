using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>int2: 2 bytes, two's complement.</summary>
internal sealed class Int2Codec : PgCodec<short>
{
    private const int LongestText = 6;

    internal static Int2Codec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out short value)
        => BinaryPrimitives.TryReadInt16BigEndian(source, out value) && source.Length == sizeof(short)
            ? DecodeStatus.Ok
            : DecodeStatus.Malformed;

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out short value)
        => Utf8Parser.TryParse(source, out value, out var used) && used == source.Length ? DecodeStatus.Ok : DecodeStatus.Malformed;

    public override void WriteBinary(WireWriter writer, short value) => writer.WriteInt16(value);

    public override void WriteText(WireWriter writer, short value)
    {
        value.TryFormat(writer.GetSpan(LongestText), out var written, provider: CultureInfo.InvariantCulture);
        writer.Advance(written);
    }
}
