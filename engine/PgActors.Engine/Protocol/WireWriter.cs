using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace PgActors.Protocol;

/// <summary>
/// A growable buffer that messages and binary values are written into, big-endian, as the wire wants them
/// (PostgreSQL documentation, "Message Formats"). One array, so that a length can be patched after its body is known.
/// </summary>
/// <remarks>
/// The array comes from the shared pool and goes back on <see cref="Dispose"/>. Not thread-safe: one owner at a time.
/// </remarks>
public sealed class WireWriter : IBufferWriter<byte>, IDisposable
{
    /// <summary>The largest message the server accepts: PostgreSQL's PQ_LARGE_MESSAGE_LIMIT, 1 GiB - 2, length word included.</summary>
    public const int MaxMessageLength = 0x3FFFFFFE;

    private const int InitialCapacity = 512;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private byte[] _buffer;
    private int _length;
    private int _messageStart = -1;

    /// <summary>Makes an empty writer.</summary>
    /// <param name="capacity">Bytes to rent at once; the buffer grows by itself.</param>
    public WireWriter(int capacity = InitialCapacity) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>Bytes written so far.</summary>
    public int Length => _length;

    /// <summary>Everything written so far. Valid until the next write, <see cref="Clear"/> or <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, _length);

    /// <summary>Everything written so far. Valid until the next write, <see cref="Clear"/> or <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> WrittenSpan => _buffer.AsSpan(0, _length);

    /// <summary>Begins a regular message: its type byte and a place for its length.</summary>
    public void BeginMessage(byte type)
    {
        var span = GetSpan(5);
        span[0] = type;
        _messageStart = _length + 1;
        _length += 5;
    }

    /// <summary>Begins a startup-class packet, which has no type byte.</summary>
    public void BeginStartupPacket()
    {
        GetSpan(4);
        _messageStart = _length;
        _length += 4;
    }

    /// <summary>Ends the message begun last and fills in its length.</summary>
    /// <exception cref="InvalidOperationException">No message is open.</exception>
    /// <exception cref="WireLimitException">The message is larger than <see cref="MaxMessageLength"/>.</exception>
    public void EndMessage()
    {
        if (_messageStart < 0)
            throw new InvalidOperationException("EndMessage without BeginMessage.");
        var length = _length - _messageStart;
        if (length > MaxMessageLength)
            throw new WireLimitException(length);
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_messageStart), length);
        _messageStart = -1;
    }

    /// <summary>Begins a value that is preceded by its own length (a parameter, an array element, a column).</summary>
    /// <returns>A mark for <see cref="EndValue"/>. Values may nest.</returns>
    public int BeginValue()
    {
        GetSpan(4);
        _length += 4;
        return _length;
    }

    /// <summary>Ends the value that <paramref name="mark"/> began and fills in its length.</summary>
    public void EndValue(int mark) => BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(mark - 4), _length - mark);

    /// <summary>Writes the length word that means NULL (-1).</summary>
    public void WriteNull() => WriteInt32(-1);

    /// <summary>Writes one byte.</summary>
    public void WriteByte(byte value)
    {
        GetSpan(1)[0] = value;
        _length++;
    }

    /// <summary>Writes a signed 16-bit integer.</summary>
    public void WriteInt16(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(GetSpan(2), value);
        _length += 2;
    }

    /// <summary>Writes an unsigned 16-bit integer.</summary>
    public void WriteUInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(GetSpan(2), value);
        _length += 2;
    }

    /// <summary>Writes a signed 32-bit integer.</summary>
    public void WriteInt32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(GetSpan(4), value);
        _length += 4;
    }

    /// <summary>Writes an unsigned 32-bit integer.</summary>
    public void WriteUInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(GetSpan(4), value);
        _length += 4;
    }

    /// <summary>Writes a signed 64-bit integer.</summary>
    public void WriteInt64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(GetSpan(8), value);
        _length += 8;
    }

    /// <summary>Writes an unsigned 64-bit integer.</summary>
    public void WriteUInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(GetSpan(8), value);
        _length += 8;
    }

    /// <summary>Writes an IEEE 754 single.</summary>
    public void WriteSingle(float value)
    {
        BinaryPrimitives.WriteSingleBigEndian(GetSpan(4), value);
        _length += 4;
    }

    /// <summary>Writes an IEEE 754 double.</summary>
    public void WriteDouble(double value)
    {
        BinaryPrimitives.WriteDoubleBigEndian(GetSpan(8), value);
        _length += 8;
    }

    /// <summary>Writes bytes as they are.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(GetSpan(value.Length));
        _length += value.Length;
    }

    /// <summary>Writes text as UTF-8, without a terminator.</summary>
    /// <exception cref="ArgumentException">The text holds a lone surrogate; UTF-8 has no form for it.</exception>
    public void WriteUtf8(ReadOnlySpan<char> value)
    {
        var span = GetSpan(StrictUtf8.GetMaxByteCount(value.Length));
        _length += StrictUtf8.GetBytes(value, span);
    }

    /// <summary>Writes text as UTF-8 with a terminating NUL.</summary>
    /// <exception cref="ArgumentException">The text holds NUL, which would end the string early and let what follows be read as
    /// something else, or a lone surrogate.</exception>
    public void WriteCString(ReadOnlySpan<char> value)
    {
        if (value.Contains('\0'))
            throw new ArgumentException("A string sent to PostgreSQL cannot hold the character U+0000.", nameof(value));
        WriteUtf8(value);
        WriteByte(0);
    }

    /// <summary>Writes bytes with a terminating NUL.</summary>
    /// <exception cref="ArgumentException">The bytes hold NUL.</exception>
    public void WriteCString(ReadOnlySpan<byte> value)
    {
        if (value.Contains((byte)0))
            throw new ArgumentException("A string sent to PostgreSQL cannot hold a NUL byte.", nameof(value));
        WriteBytes(value);
        WriteByte(0);
    }

    /// <summary>Overwrites a 32-bit integer written earlier.</summary>
    public void PatchInt32(int position, int value) => BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(position, 4), value);

    /// <summary>Forgets what lies behind <paramref name="length"/>, for an encoder that failed half-way.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _length);
        _length = length;
        _messageStart = -1;
    }

    /// <summary>Forgets everything written and keeps the buffer.</summary>
    public void Clear() => Truncate(0);

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - _length);
        _length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        GetSpan(sizeHint);
        return _buffer.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        if (_buffer.Length - _length < sizeHint)
            Grow(sizeHint);
        return _buffer.AsSpan(_length);
    }

    /// <summary>Gives the buffer back to the pool. The writer starts again from nothing if it is used after that.</summary>
    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        _length = 0;
        _messageStart = -1;
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Grow(int sizeHint)
    {
        // 64-bit on purpose: a sum that wraps would let a huge value pass for a small one.
        var needed = (long)_length + sizeHint;
        if (needed > Array.MaxLength)
            throw new WireLimitException(needed);
        var capacity = (int)Math.Clamp(_buffer.Length * 2L, Math.Max(needed, InitialCapacity), Array.MaxLength);
        var larger = ArrayPool<byte>.Shared.Rent(capacity);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
