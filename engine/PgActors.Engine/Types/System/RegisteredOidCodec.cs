using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>regclass, regtype and their kin: an OID in 4 bytes, which the text form shows as the name of what it stands for (PostgreSQL
/// documentation, "Object Identifier Types").</summary>
internal sealed class RegisteredOidCodec : PgCodec<uint>
{
    internal static RegisteredOidCodec Instance { get; } = new();

    public override string Limits => "Its text form is a name; read it as string.";

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out uint value) => OidCodec.Instance.ReadBinary(source, out value);

    /// <summary>Reads the number that stands where there is no name, and <c>-</c> for none.</summary>
    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out uint value)
    {
        value = 0;
        if (source.SequenceEqual("-"u8))
            return DecodeStatus.Ok;
        if (OidCodec.Instance.ReadText(source, out value) == DecodeStatus.Ok)
            return DecodeStatus.Ok;
        return TextCodec.Instance.ReadText(source, out _) == DecodeStatus.Ok ? DecodeStatus.OutOfRange : DecodeStatus.Malformed;
    }

    public override void WriteBinary(WireWriter writer, uint value) => OidCodec.Instance.WriteBinary(writer, value);

    public override void WriteText(WireWriter writer, uint value) => OidCodec.Instance.WriteText(writer, value);
}
