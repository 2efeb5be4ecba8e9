using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>Dates or points in time in the text of a session whose DateStyle is not ISO; in all else as another codec has it.</summary>
internal sealed class StyledCodec<T>(PgCodec<T> iso, DateTextStyle style) : PgCodec<T>
    where T : struct
{
    public override string Limits => iso.Limits;

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out T value) => iso.ReadBinary(source, out value);

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out T value)
    {
        // What is in the form of ISO is in none of the others.
        var status = iso.ReadText(source, out value);
        Span<byte> text = stackalloc byte[DateTextStyle.Longest];
        return status == DecodeStatus.Malformed && style.TryToIso(source, text, out var length) ? iso.ReadText(text[..length], out value) : status;
    }

    public override void WriteBinary(WireWriter writer, T value) => iso.WriteBinary(writer, value);

    public override void WriteText(WireWriter writer, T value) => iso.WriteText(writer, value);

    public override bool Suits(T value) => iso.Suits(value);
}
