using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>xid8 and oid8: 8 bytes, unsigned.</summary>
internal sealed class UInt64Codec : PgCodec<ulong>
{
    private const int LongestText = 20;

    internal static UInt64Codec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out ulong value)
        => BinaryPrimitives.TryReadUInt64BigEndian(source, out value) && source.Length == sizeof(ulong)
            ? DecodeStatus.Ok
            : DecodeStatus.Malformed;

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out ulong value)
        => Utf8Parser.TryParse(source, out value, out var used) && used == source.Length ? DecodeStatus.Ok : DecodeStatus.Malformed;

    public override void WriteBinary(WireWriter writer, ulong value) => writer.WriteUInt64(value);

    public override void WriteText(WireWriter writer, ulong value)
    {
        value.TryFormat(writer.GetSpan(LongestText), out var written, provider: CultureInfo.InvariantCulture);
        writer.Advance(written);
    }
}
