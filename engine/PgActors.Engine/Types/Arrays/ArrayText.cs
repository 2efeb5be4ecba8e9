using System.Buffers;
using System.Text;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>
/// Walks the elements of an array's text form, <c>{1,NULL,"two words"}</c>, bounds in front (<c>[0:2]={…}</c>) skipped (PostgreSQL
/// documentation, "Array Input and Output Syntax"). Escapes are resolved in one rented buffer as long as the text.
/// </summary>
internal ref struct ArrayText : IDisposable
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("{},\"\\ \t\n\r\v\f"u8);

    private ReadOnlySpan<byte> _rest;
    private byte[]? _scratch;

    internal ArrayText(ReadOnlySpan<byte> source)
    {
        TryOpen(source, out _rest);
    }

    public void Dispose()
    {
        if (_scratch is { } scratch)
            ArrayPool<byte>.Shared.Return(scratch);
        _scratch = null;
    }

    /// <summary>Checks the whole text and counts its elements.</summary>
    internal static DecodeStatus Count(ReadOnlySpan<byte> source, out int count)
    {
        count = 0;
        if (!TryOpen(source, out var rest))
            return DecodeStatus.Malformed;
        if (rest.SequenceEqual("}"u8))
            return DecodeStatus.Ok;
        if (rest is [(byte)'{', ..])
            return DecodeStatus.OutOfRange;
        while (TryTake(ref rest, out _, out _, out _, out var last))
        {
            count++;
            if (last)
                return rest.IsEmpty ? DecodeStatus.Ok : DecodeStatus.Malformed;
        }

        return DecodeStatus.Malformed;
    }

    /// <summary>Reads the next element. The bytes are valid until the next call.</summary>
    internal bool TryReadNext(out ReadOnlySpan<byte> value, out bool isNull)
    {
        isNull = false;
        if (!TryTake(ref _rest, out value, out var quoted, out var escaped, out _))
            return false;
        isNull = !quoted && Ascii.EqualsIgnoreCase(value, "NULL"u8);
        if (escaped)
            value = Unescape(value);
        return true;
    }

    /// <summary>Appends one element, in quotes if it needs them.</summary>
    internal static void WriteElement(WireWriter writer, ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && !text.ContainsAny(Special) && !Ascii.EqualsIgnoreCase(text, "NULL"u8))
        {
            writer.WriteBytes(text);
            return;
        }

        writer.WriteByte((byte)'"');
        foreach (var b in text)
        {
            if (b is (byte)'"' or (byte)'\\')
                writer.WriteByte((byte)'\\');
            writer.WriteByte(b);
        }

        writer.WriteByte((byte)'"');
    }

    /// <summary>Steps over bounds and the opening brace.</summary>
    private static bool TryOpen(ReadOnlySpan<byte> source, out ReadOnlySpan<byte> rest)
    {
        rest = source;
        if (rest is [(byte)'[', ..])
        {
            var end = rest.IndexOf((byte)'=');
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        if (rest is not [(byte)'{', ..])
            return false;
        rest = rest[1..];
        return true;
    }

    /// <summary>Takes one element and the comma or brace behind it.</summary>
    private static bool TryTake(
        scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> raw, out bool quoted, out bool escaped, out bool last)
    {
        raw = default;
        escaped = false;
        last = false;
        quoted = rest is [(byte)'"', ..];
        var start = quoted ? 1 : 0;
        var i = start;
        for (; i < rest.Length; i++)
        {
            var b = rest[i];
            if (b == '\\')
            {
                escaped = true;
                i++;
            }
            else if (quoted ? b == '"' : b is (byte)',' or (byte)'}')
            {
                break;
            }
            else if (!quoted && b is (byte)'{' or (byte)'"')
            {
                return false;
            }
        }

        var after = quoted ? i + 1 : i;
        if (after >= rest.Length || rest[after] is not ((byte)',' or (byte)'}') || (!quoted && i == start))
            return false;
        raw = rest[start..i];
        last = rest[after] == '}';
        rest = rest[(after + 1)..];
        return true;
    }

    private ReadOnlySpan<byte> Unescape(scoped ReadOnlySpan<byte> raw)
    {
        _scratch ??= ArrayPool<byte>.Shared.Rent(raw.Length + _rest.Length);
        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '\\')
                i++;
            _scratch[length++] = raw[i];
        }

        return _scratch.AsSpan(0, length);
    }
}
