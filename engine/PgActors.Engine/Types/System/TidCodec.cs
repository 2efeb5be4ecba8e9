using System.Buffers.Text;
using System.Globalization;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>tid: the block in 4 bytes and the row's number in 2; <c>(block,number)</c>.</summary>
internal sealed class TidCodec : PgCodec<PgTid>
{
    private const int LongestNumber = 10;

    internal static TidCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgTid value)
    {
        var reader = new WireReader(source);
        ushort offset = 0;
        var isRead = reader.TryReadUInt32(out var block) && reader.TryReadUInt16(out offset) && reader.AtEnd;
        value = new PgTid(block, offset);
        return isRead ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgTid value)
    {
        value = default;
        if (source is not [(byte)'(', .. var inner, (byte)')']
            || !Utf8Parser.TryParse(inner, out uint block, out var used) || used == inner.Length || inner[used] != ','
            || !Utf8Parser.TryParse(inner[(used + 1)..], out ushort offset, out var rest) || used + 1 + rest != inner.Length)
            return DecodeStatus.Malformed;
        value = new PgTid(block, offset);
        return DecodeStatus.Ok;
    }

    public override void WriteBinary(WireWriter writer, PgTid value)
    {
        writer.WriteUInt32(value.Block);
        writer.WriteUInt16(value.Offset);
    }

    public override void WriteText(WireWriter writer, PgTid value)
    {
        writer.WriteByte((byte)'(');
        WriteNumber(writer, value.Block);
        writer.WriteByte((byte)',');
        WriteNumber(writer, value.Offset);
        writer.WriteByte((byte)')');
    }

    private static void WriteNumber(WireWriter writer, uint number)
    {
        number.TryFormat(writer.GetSpan(LongestNumber), out var written, provider: CultureInfo.InvariantCulture);
        writer.Advance(written);
    }
}
