using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>ToString and Parse of the values that have no .NET type of their own: PostgreSQL's text form, by their codecs.</summary>
internal static class TextForm
{
    private const int InitialCapacity = 64;
    private const int MostBytesPerChar = 3;

    internal static string Of<T>(PgCodec<T> codec, T value)
    {
        using var writer = new WireWriter(InitialCapacity);
        codec.WriteText(writer, value);
        return Encoding.UTF8.GetString(writer.WrittenSpan);
    }

    internal static bool TryRead<T>(PgCodec<T> codec, string? text, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (text is null || text.Length > Array.MaxLength / MostBytesPerChar)
            return false;
        var bytes = ArrayPool<byte>.Shared.Rent(text.Length * MostBytesPerChar);
        var isUtf16 = Utf8.FromUtf16(text, bytes, out _, out var written, replaceInvalidSequences: false) == OperationStatus.Done;
        var isRead = isUtf16 && codec.ReadText(bytes.AsSpan(0, written), out value) == DecodeStatus.Ok;
        ArrayPool<byte>.Shared.Return(bytes);
        return isRead;
    }

    internal static T Read<T>(PgCodec<T> codec, string text, string typeName)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryRead(codec, text, out var value)
            ? value
            : throw new FormatException($"The text is no {typeName} in the form that PostgreSQL prints.");
    }
}
