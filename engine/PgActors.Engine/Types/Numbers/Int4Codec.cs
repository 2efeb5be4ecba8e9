using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>int4: 4 bytes, two's complement.</summary>
internal sealed class Int4Codec : PgCodec<int>
{
    private const int LongestText = 11;

    internal static Int4Codec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out int value)
        => BinaryPrimitives.TryReadInt32BigEndian(source, out value) && source.Length == sizeof(int)
            ? DecodeStatus.Ok
            : DecodeStatus.Malformed;

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out int value)
        => Utf8Parser.TryParse(source, out value, out var used) && used == source.Length ? DecodeStatus.Ok : DecodeStatus.Malformed;

    public override void WriteBinary(WireWriter writer, int value) => writer.WriteInt32(value);

    public override void WriteText(WireWriter writer, int value)
    {
        value.TryFormat(writer.GetSpan(LongestText), out var written, provider: CultureInfo.InvariantCulture);
        writer.Advance(written);
    }
}
