using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>int8: 8 bytes, two's complement.</summary>
internal sealed class Int8Codec : PgCodec<long>
{
    private const int LongestText = 20;

    internal static Int8Codec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out long value)
        => BinaryPrimitives.TryReadInt64BigEndian(source, out value) && source.Length == sizeof(long)
            ? DecodeStatus.Ok
            : DecodeStatus.Malformed;

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out long value)
        => Utf8Parser.TryParse(source, out value, out var used) && used == source.Length ? DecodeStatus.Ok : DecodeStatus.Malformed;

    public override void WriteBinary(WireWriter writer, long value) => writer.WriteInt64(value);

    public override void WriteText(WireWriter writer, long value)
    {
        value.TryFormat(writer.GetSpan(LongestText), out var written, provider: CultureInfo.InvariantCulture);
        writer.Advance(written);
    }
}
