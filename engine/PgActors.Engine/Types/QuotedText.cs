using System.Buffers;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>
/// Walks the fields of a composite's or range's text form, <c>(1,"two words",)</c>, where quotes may stand anywhere in a field and are
/// doubled, or escaped, inside (PostgreSQL documentation, "Composite Type Input and Output Syntax").
/// </summary>
internal ref struct QuotedText : IDisposable
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("()[],\"\\ \t\n\r\v\f"u8);

    private ReadOnlySpan<byte> _rest;
    private byte[]? _scratch;

    internal QuotedText(ReadOnlySpan<byte> source) => _rest = source;

    /// <summary>What has not been read yet.</summary>
    internal readonly ReadOnlySpan<byte> Rest => _rest;

    public void Dispose()
    {
        if (_scratch is { } scratch)
            ArrayPool<byte>.Shared.Return(scratch);
        _scratch = null;
    }

    /// <summary>Steps over one byte.</summary>
    internal bool TryTake(byte expected)
    {
        if (_rest.IsEmpty || _rest[0] != expected)
            return false;
        _rest = _rest[1..];
        return true;
    }

    /// <summary>Steps over a word.</summary>
    internal bool TryTakeWord(ReadOnlySpan<byte> expected)
    {
        if (!_rest.StartsWith(expected))
            return false;
        _rest = _rest[expected.Length..];
        return true;
    }

    /// <summary>Steps over any one byte.</summary>
    internal bool TryTakeAny(out byte taken)
    {
        taken = _rest.IsEmpty ? (byte)0 : _rest[0];
        if (_rest.IsEmpty)
            return false;
        _rest = _rest[1..];
        return true;
    }

    /// <summary>Reads up to a comma or closing bracket outside of quotes, which is left. The bytes are valid until the next call.</summary>
    /// <param name="field">The field, quotes and escapes resolved.</param>
    /// <param name="isAbsent">Whether there is nothing at all, not even quotes: NULL, or no bound.</param>
    internal bool TryReadField(out ReadOnlySpan<byte> field, out bool isAbsent)
    {
        isAbsent = false;
        field = default;
        _scratch ??= ArrayPool<byte>.Shared.Rent(Math.Max(_rest.Length, 1));
        var length = 0;
        var quoted = false;
        for (var i = 0; i < _rest.Length; i++)
        {
            var b = _rest[i];
            if (b == '\\')
            {
                if (++i == _rest.Length)
                    return false;
                b = _rest[i];
            }
            else if (b == '"')
            {
                if (!quoted || i + 1 == _rest.Length || _rest[i + 1] != '"')
                {
                    quoted = !quoted;
                    continue;
                }

                i++;
            }
            else if (!quoted && (b is (byte)',' or (byte)')' or (byte)']'))
            {
                isAbsent = i == 0;
                _rest = _rest[i..];
                field = _scratch.AsSpan(0, length);
                return true;
            }

            _scratch[length++] = b;
        }

        return false;
    }

    /// <summary>Appends a field, in quotes if it needs them.</summary>
    internal static void WriteField(WireWriter writer, ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && !text.ContainsAny(Special))
        {
            writer.WriteBytes(text);
            return;
        }

        writer.WriteByte((byte)'"');
        foreach (var b in text)
        {
            if (b is (byte)'"' or (byte)'\\')
                writer.WriteByte(b);
            writer.WriteByte(b);
        }

        writer.WriteByte((byte)'"');
    }
}
