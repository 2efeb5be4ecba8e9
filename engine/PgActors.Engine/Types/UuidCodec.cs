using System.Buffers.Text;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>uuid: sixteen bytes in the order they are written in (RFC 9562), which is not the order of .NET's fields in memory.</summary>
internal sealed class UuidCodec : PgCodec<Guid>
{
    private const int Size = 16;
    private const int TextSize = 36;

    internal static UuidCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out Guid value)
    {
        if (source.Length != Size)
        {
            value = default;
            return DecodeStatus.Malformed;
        }

        value = new Guid(source, bigEndian: true);
        return DecodeStatus.Ok;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out Guid value)
        => Utf8Parser.TryParse(source, out value, out var used, 'D') && used == source.Length ? DecodeStatus.Ok : DecodeStatus.Malformed;

    public override void WriteBinary(WireWriter writer, Guid value)
    {
        value.TryWriteBytes(writer.GetSpan(Size), bigEndian: true, out var written);
        writer.Advance(written);
    }

    public override void WriteText(WireWriter writer, Guid value)
    {
        value.TryFormat(writer.GetSpan(TextSize), out var written, "D");
        writer.Advance(written);
    }
}
