using System.Buffers;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>PostGIS geometry and geography as EWKB: in binary as it is, in text in hexadecimal digits (PostGIS documentation, "OpenGIS WKB and
/// WKT"). What is inside is not looked at.</summary>
internal sealed class EwkbCodec : PgCodec<byte[]>
{
    internal static EwkbCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out byte[] value)
    {
        value = source.ToArray();
        return DecodeStatus.Ok;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out byte[] value)
    {
        value = new byte[source.Length / 2];
        if (source.Length % 2 == 0 && Convert.FromHexString(source, value, out _, out _) == OperationStatus.Done)
            return DecodeStatus.Ok;
        value = [];
        return DecodeStatus.Malformed;
    }

    public override void WriteBinary(WireWriter writer, byte[] value) => writer.WriteBytes(value);

    public override void WriteText(WireWriter writer, byte[] value)
    {
        if (value.Length > WireWriter.MaxMessageLength / 2)
            throw new WireLimitException(2L * value.Length);
        Convert.TryToHexString(value, writer.GetSpan(2 * value.Length), out var written);
        writer.Advance(written);
    }
}
