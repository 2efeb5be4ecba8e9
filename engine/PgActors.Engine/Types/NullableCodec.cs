using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>A codec of <typeparamref name="T"/> seen as one of <c>T?</c>, so that nullable columns, elements and parameters need no
/// boxing and no code of their own. As everywhere, the caller deals with NULL.</summary>
internal sealed class NullableCodec<T>(PgCodec<T> inner) : PgCodec<T?>
    where T : struct
{
    public override string Limits => inner.Limits;

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out T? value)
    {
        var status = inner.ReadBinary(source, out var read);
        value = read;
        return status;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out T? value)
    {
        var status = inner.ReadText(source, out var read);
        value = read;
        return status;
    }

    public override void WriteBinary(WireWriter writer, T? value) => inner.WriteBinary(writer, Known(value));

    public override void WriteText(WireWriter writer, T? value) => inner.WriteText(writer, Known(value));

    public override bool Suits(T? value) => value is null || inner.Suits(value.GetValueOrDefault());

    private static T Known(T? value)
        => value ?? throw new ArgumentNullException(nameof(value), "NULL is a length word of -1 and is never written by a codec.");
}
