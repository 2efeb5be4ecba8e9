using System.Buffers;
using System.Buffers.Text;
using System.Text;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>
/// Walks the elements of an array's text form, <c>{1,NULL,"two words"}</c> or <c>[0:1][1:2]={{1,2},{3,4}}</c> (PostgreSQL documentation,
/// "Array Input and Output Syntax"). Escapes are resolved in one rented buffer as long as the text.
/// </summary>
internal ref struct ArrayText : IDisposable
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("{},;\"\\ \t\n\r\v\f"u8);

    private readonly byte _delimiter;
    private ReadOnlySpan<byte> _rest;
    private byte[]? _scratch;

    /// <summary>Begins at the first element of a text that <see cref="TryMeasure"/> has accepted.</summary>
    internal ArrayText(ReadOnlySpan<byte> source, byte delimiter)
    {
        _delimiter = delimiter;
        _rest = source[source.IndexOf((byte)'{')..];
    }

    public void Dispose()
    {
        if (_scratch is { } scratch)
            ArrayPool<byte>.Shared.Return(scratch);
        _scratch = null;
    }

    /// <summary>Checks the whole text and finds its shape.</summary>
    internal static bool TryMeasure(ReadOnlySpan<byte> source, byte delimiter, out ArrayShape shape)
    {
        shape = default;
        var bounds = default(ArrayShape);
        var rest = source;
        if (!TryReadBounds(ref rest, ref bounds) || rest is not [(byte)'{', ..])
            return false;
        rest = rest[1..];
        Span<int> lengths = stackalloc int[ArrayShape.MaxDimensions];
        lengths.Fill(-1);
        var rank = 0;
        if (!TryWalk(ref rest, delimiter, 1, lengths, ref rank) || !rest.IsEmpty)
            return false;
        if (bounds.Rank != 0 && bounds.Rank != rank)
            return false;
        for (var i = 0; i < rank; i++)
        {
            if ((bounds.Rank != 0 && bounds.Length(i) != lengths[i])
                || !shape.TryAdd(lengths[i], bounds.Rank == 0 ? 1 : bounds.LowerBound(i)))
                return false;
        }

        return true;
    }

    /// <summary>Reads the next element. The bytes are valid until the next call.</summary>
    internal bool TryReadNext(out ReadOnlySpan<byte> value, out bool isNull)
    {
        isNull = false;
        while (_rest is [(byte)'{' or (byte)'}', ..] || (_rest.Length > 0 && _rest[0] == _delimiter))
            _rest = _rest[1..];
        if (!TryTake(ref _rest, _delimiter, out value, out var quoted, out var escaped))
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

    /// <summary>Reads <c>[1:3][0:1]=</c>, if it is there.</summary>
    private static bool TryReadBounds(scoped ref ReadOnlySpan<byte> rest, scoped ref ArrayShape bounds)
    {
        if (rest is not [(byte)'[', ..])
            return true;
        while (rest is [(byte)'[', ..])
        {
            if (!Utf8Parser.TryParse(rest[1..], out int lower, out var used) || rest.Length <= used + 1 || rest[used + 1] != ':')
                return false;
            rest = rest[(used + 2)..];
            if (!Utf8Parser.TryParse(rest, out int upper, out used) || rest.Length <= used || rest[used] != ']')
                return false;
            rest = rest[(used + 1)..];
            var length = (long)upper - lower + 1;
            if (length is < 1 or > int.MaxValue || !bounds.TryAdd((int)length, lower))
                return false;
        }

        if (rest is not [(byte)'=', ..])
            return false;
        rest = rest[1..];
        return true;
    }

    /// <summary>Checks what stands between a brace and its partner: elements at one depth only, and lists of equal length.</summary>
    private static bool TryWalk(
        scoped ref ReadOnlySpan<byte> rest, byte delimiter, int depth, scoped Span<int> lengths, scoped ref int rank)
    {
        if (rest is [(byte)'}', ..])
        {
            rest = rest[1..];
            return depth == 1;
        }

        for (var count = 1; ; count++)
        {
            if (rest is [(byte)'{', ..])
            {
                rest = rest[1..];
                if (depth == ArrayShape.MaxDimensions || (rank != 0 && rank <= depth)
                    || !TryWalk(ref rest, delimiter, depth + 1, lengths, ref rank))
                    return false;
            }
            else
            {
                if (rank == 0)
                    rank = depth;
                if (rank != depth || !TryTake(ref rest, delimiter, out _, out _, out _))
                    return false;
            }

            if (rest.IsEmpty)
                return false;
            var next = rest[0];
            rest = rest[1..];
            if (next == delimiter)
                continue;
            if (next != '}' || (lengths[depth - 1] >= 0 && lengths[depth - 1] != count))
                return false;
            lengths[depth - 1] = count;
            return true;
        }
    }

    /// <summary>Takes one element, up to the delimiter or brace behind it.</summary>
    private static bool TryTake(
        scoped ref ReadOnlySpan<byte> rest, byte delimiter, out ReadOnlySpan<byte> raw, out bool quoted, out bool escaped)
    {
        raw = default;
        escaped = false;
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
            else if (quoted ? b == '"' : b == delimiter || b == '}')
            {
                break;
            }
            else if (!quoted && b is (byte)'{' or (byte)'"')
            {
                return false;
            }
        }

        var after = quoted ? i + 1 : i;
        if (after >= rest.Length || (rest[after] != delimiter && rest[after] != '}') || (!quoted && i == start))
            return false;
        raw = rest[start..i];
        rest = rest[after..];
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
