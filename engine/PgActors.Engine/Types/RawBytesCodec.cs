using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>A type that nobody knows, as the bytes of whichever form it has.</summary>
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
