using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>The bytes of any value as they came, in whichever form it has. Written only as a type that nothing else is known of: whoever does
/// that vouches for the bytes.</summary>
internal sealed class RawBytesCodec : PgCodec<byte[]>
{
    internal static RawBytesCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out byte[] value)
    {
        value = source.ToArray();
        return DecodeStatus.Ok;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out byte[] value) => ReadBinary(source, out value);

    public override void WriteBinary(WireWriter writer, byte[] value) => writer.WriteBytes(value);

    public override void WriteText(WireWriter writer, byte[] value) => writer.WriteBytes(value);
}
