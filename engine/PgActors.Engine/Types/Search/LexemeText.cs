using System.Buffers;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>A word between apostrophes, in which apostrophes and backslashes are doubled (PostgreSQL source, tsvectorout).</summary>
internal static class LexemeText
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("'\\"u8);

    internal static void Write(WireWriter writer, string text)
    {
        writer.WriteByte((byte)'\'');
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal);
        TextCodec.Instance.WriteText(writer, escaped);
        writer.WriteByte((byte)'\'');
    }

    /// <summary>Takes a word off the front of <paramref name="source"/>.</summary>
    internal static bool TryTake(ref ReadOnlySpan<byte> source, out string text)
    {
        text = "";
        if (source is not [(byte)'\'', ..])
            return false;
        var rest = source[1..];
        var length = 0;
        var unescaped = ArrayPool<byte>.Shared.Rent(rest.Length);
        var isClosed = false;
        while (!isClosed)
        {
            var plain = rest.IndexOfAny(Special);
            if (plain < 0)
                break;
            rest[..plain].CopyTo(unescaped.AsSpan(length));
            length += plain;
            var mark = rest[plain];
            var isDoubled = plain + 1 < rest.Length && rest[plain + 1] == mark;
            if (isDoubled)
                unescaped[length++] = mark;
            else if (mark == '\\')
                break;
            else
                isClosed = true;
            rest = rest[(plain + (isDoubled ? 2 : 1))..];
        }

        var isRead = isClosed && TextCodec.Instance.ReadText(unescaped.AsSpan(0, length), out text) == DecodeStatus.Ok;
        ArrayPool<byte>.Shared.Return(unescaped);
        source = rest;
        return isRead;
    }
}
