using System.Diagnostics.CodeAnalysis;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>jsonb: in binary, one byte with the version of the form (1, the only one there is) and then the text of the JSON (PostgreSQL
/// source, jsonb_send); in text, the same as json.</summary>
internal sealed class JsonbCodec<T>(PgCodec<T> json) : PgCodec<T>
{
    private const byte Version = 1;

    public override string Limits => json.Limits;

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, [MaybeNull] out T value)
    {
        if (source is [Version, ..])
            return json.ReadText(source[1..], out value);
        value = default;
        return DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, [MaybeNull] out T value) => json.ReadText(source, out value);

    public override void WriteBinary(WireWriter writer, T value)
    {
        writer.WriteByte(Version);
        json.WriteText(writer, value);
    }

    public override void WriteText(WireWriter writer, T value) => json.WriteText(writer, value);

    public override bool Suits(T value) => json.Suits(value);
}
