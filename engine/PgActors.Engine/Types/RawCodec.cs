using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>The bytes of any value as they came, for types that nothing else reads. Never written: only the type's own codec knows
/// whether bytes are such a value.</summary>
internal sealed class RawCodec : PgCodec<byte[]>
{
    internal static RawCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out byte[] value)
    {
        value = source.ToArray();
        return DecodeStatus.Ok;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out byte[] value) => ReadBinary(source, out value);

    public override void WriteBinary(WireWriter writer, byte[] value)
        => throw new ArgumentException("Bytes are sent as bytea only; map the type with PgTypeRegistry.With.", nameof(value));

    public override void WriteText(WireWriter writer, byte[] value) => WriteBinary(writer, value);
}
