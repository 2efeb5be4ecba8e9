using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>ltree, lquery and ltxtquery: in binary one byte with the version of the form (1) and then the text (PostgreSQL source,
/// ltree_send).</summary>
internal sealed class VersionedTextCodec : PgCodec<string>
{
    private const byte Version = 1;

    internal static VersionedTextCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out string value)
    {
        if (source is [Version, ..])
            return TextCodec.Instance.ReadText(source[1..], out value);
        value = "";
        return DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out string value) => TextCodec.Instance.ReadText(source, out value);

    public override void WriteBinary(WireWriter writer, string value)
    {
        writer.WriteByte(Version);
        TextCodec.Instance.WriteText(writer, value);
    }

    public override void WriteText(WireWriter writer, string value) => TextCodec.Instance.WriteText(writer, value);
}
