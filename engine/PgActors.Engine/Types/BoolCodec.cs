using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>bool: one byte, of which any that is not zero means true, as boolrecv has it; <c>t</c> or <c>f</c> in text.</summary>
internal sealed class BoolCodec : PgCodec<bool>
{
    internal static BoolCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out bool value)
    {
        value = source.Length == 1 && source[0] != 0;
        return source.Length == 1 ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out bool value)
    {
        value = source is [(byte)'t'];
        return value || source is [(byte)'f'] ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override void WriteBinary(WireWriter writer, bool value) => writer.WriteByte(value ? (byte)1 : (byte)0);

    public override void WriteText(WireWriter writer, bool value) => writer.WriteByte(value ? (byte)'t' : (byte)'f');
}
