using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>oid: 4 bytes, unsigned.</summary>
internal sealed class OidCodec : PgCodec<uint>
{
    private const int LongestText = 10;

    internal static OidCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out uint value)
        => BinaryPrimitives.TryReadUInt32BigEndian(source, out value) && source.Length == sizeof(uint)
            ? DecodeStatus.Ok
            : DecodeStatus.Malformed;

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out uint value)
        => Utf8Parser.TryParse(source, out value, out var used) && used == source.Length ? DecodeStatus.Ok : DecodeStatus.Malformed;

    public override void WriteBinary(WireWriter writer, uint value) => writer.WriteUInt32(value);

    public override void WriteText(WireWriter writer, uint value)
    {
        value.TryFormat(writer.GetSpan(LongestText), out var written, provider: CultureInfo.InvariantCulture);
        writer.Advance(written);
    }
}
