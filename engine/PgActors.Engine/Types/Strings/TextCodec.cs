using System.Text;
using System.Text.Unicode;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>text and every type whose forms are both plain text: varchar, bpchar, name, xml, json, unknown. Strict UTF-8 both ways: bytes
/// that are not UTF-8 are never replaced, NUL and lone surrogates are never sent (PostgreSQL documentation, "Character Types").</summary>
internal sealed class TextCodec : PgCodec<string>
{
    internal static TextCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out string value) => ReadText(source, out value);

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out string value)
    {
        if (!Utf8.IsValid(source) || source.Contains((byte)0))
        {
            value = "";
            return DecodeStatus.Malformed;
        }

        value = Encoding.UTF8.GetString(source);
        return DecodeStatus.Ok;
    }

    public override void WriteBinary(WireWriter writer, string value) => WriteText(writer, value);

    public override void WriteText(WireWriter writer, string value)
    {
        if (value.Contains('\0'))
            throw new ArgumentException("Text sent to PostgreSQL cannot hold the character U+0000.", nameof(value));
        writer.WriteUtf8(value);
    }
}
