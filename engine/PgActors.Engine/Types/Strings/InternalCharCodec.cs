using System.Globalization;
using System.Text;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>"char", the one-byte type of the system catalogs, as the text that the server shows for it: nothing for 0, the character for
/// 1…127, <c>\ooo</c> above (PostgreSQL source, charout).</summary>
internal sealed class InternalCharCodec : PgCodec<string>
{
    private const int MaxAscii = 0x7F;

    internal static InternalCharCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out string value)
    {
        value = "";
        if (source.Length != 1)
            return DecodeStatus.Malformed;
        var code = source[0];
        if (code > MaxAscii)
            value = "\\" + Convert.ToString(code, 8);
        else if (code != 0)
            value = ((char)code).ToString(CultureInfo.InvariantCulture);
        return DecodeStatus.Ok;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out string value)
    {
        if (source.Length <= 1 || (source.Length == OctalByte.Length && OctalByte.TryRead(source, out _)))
            return TextCodec.Instance.ReadText(source, out value);
        value = "";
        return DecodeStatus.Malformed;
    }

    public override void WriteBinary(WireWriter writer, string value) => writer.WriteByte(CodeOf(value));

    public override void WriteText(WireWriter writer, string value)
    {
        CodeOf(value);
        TextCodec.Instance.WriteText(writer, value);
    }

    private static byte CodeOf(string value)
    {
        if (value.Length == 0)
            return 0;
        if (value.Length == 1 && value[0] is > '\0' and <= (char)MaxAscii)
            return (byte)value[0];
        Span<byte> octal = stackalloc byte[OctalByte.Length];
        if (value.Length == octal.Length && Encoding.ASCII.GetBytes(value, octal) == octal.Length
            && OctalByte.TryRead(octal, out var code))
            return code;
        throw new ArgumentException("A value of type \"char\" is one ASCII character or \\ooo.", nameof(value));
    }
}
