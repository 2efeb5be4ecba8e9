using System.Buffers.Binary;
using System.Text;

namespace PgActors.Protocol;

/// <summary>
/// Reads big-endian fields from the body of one message. Every method says with <see langword="false"/> that the body is too short or
/// otherwise wrong; none throws, since a peer's mistake is never our exception.
/// </summary>
public ref struct WireReader
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Starts at the first byte of <paramref name="body"/>.</summary>
    public WireReader(ReadOnlySpan<byte> body) => _rest = body;

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Bytes that have not been read yet.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>Whether everything was read: a message with bytes left over is malformed.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Reads one byte.</summary>
    public bool TryReadByte(out byte value)
    {
        if (_rest.IsEmpty)
        {
            value = 0;
            return false;
        }

        value = _rest[0];
        _rest = _rest[1..];
        return true;
    }

    /// <summary>Reads a signed 16-bit integer.</summary>
    public bool TryReadInt16(out short value)
    {
        if (!BinaryPrimitives.TryReadInt16BigEndian(_rest, out value))
            return false;
        _rest = _rest[2..];
        return true;
    }

    /// <summary>Reads an unsigned 16-bit integer.</summary>
    public bool TryReadUInt16(out ushort value)
    {
        if (!BinaryPrimitives.TryReadUInt16BigEndian(_rest, out value))
            return false;
        _rest = _rest[2..];
        return true;
    }

    /// <summary>Reads a signed 32-bit integer.</summary>
    public bool TryReadInt32(out int value)
    {
        if (!BinaryPrimitives.TryReadInt32BigEndian(_rest, out value))
            return false;
        _rest = _rest[4..];
        return true;
    }

    /// <summary>Reads an unsigned 32-bit integer.</summary>
    public bool TryReadUInt32(out uint value)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(_rest, out value))
            return false;
        _rest = _rest[4..];
        return true;
    }

    /// <summary>Reads a signed 64-bit integer.</summary>
    public bool TryReadInt64(out long value)
    {
        if (!BinaryPrimitives.TryReadInt64BigEndian(_rest, out value))
            return false;
        _rest = _rest[8..];
        return true;
    }

    /// <summary>Reads an unsigned 64-bit integer.</summary>
    public bool TryReadUInt64(out ulong value)
    {
        if (!BinaryPrimitives.TryReadUInt64BigEndian(_rest, out value))
            return false;
        _rest = _rest[8..];
        return true;
    }

    /// <summary>Reads <paramref name="count"/> bytes; refuses a negative count and one beyond the end.</summary>
    public bool TryReadBytes(int count, out ReadOnlySpan<byte> value)
    {
        if ((uint)count > (uint)_rest.Length)
        {
            value = default;
            return false;
        }

        value = _rest[..count];
        _rest = _rest[count..];
        return true;
    }

    /// <summary>Reads a length word and that many bytes. Length -1 is NULL; less, or more than remains, is malformed.</summary>
    public bool TryReadValue(out ReadOnlySpan<byte> value, out bool isNull)
    {
        value = default;
        isNull = false;
        if (!TryReadInt32(out var length))
            return false;
        if (length == -1)
        {
            isNull = true;
            return true;
        }

        return TryReadBytes(length, out value);
    }

    /// <summary>Reads the bytes up to the next NUL and steps over it.</summary>
    public bool TryReadCString(out ReadOnlySpan<byte> value)
    {
        var end = _rest.IndexOf((byte)0);
        if (end < 0)
        {
            value = default;
            return false;
        }

        value = _rest[..end];
        _rest = _rest[(end + 1)..];
        return true;
    }

    /// <summary>Reads a NUL-terminated string. Bytes that are not UTF-8 become U+FFFD: before authentication the server's encoding is
    /// unknown, and the text of an error must never be lost for it.</summary>
    public bool TryReadCString(out string value)
    {
        if (!TryReadCString(out ReadOnlySpan<byte> bytes))
        {
            value = "";
            return false;
        }

        value = Encoding.UTF8.GetString(bytes);
        return true;
    }

    /// <summary>Reads all that remains.</summary>
    public ReadOnlySpan<byte> ReadRest()
    {
        var rest = _rest;
        _rest = default;
        return rest;
    }
}
