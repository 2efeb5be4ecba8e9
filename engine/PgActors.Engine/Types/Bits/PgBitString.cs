using System.Collections;
using System.Diagnostics.CodeAnalysis;
using PgActors.Types;

namespace PgActors;

/// <summary>A PostgreSQL bit or varbit: a run of bits, the first one leftmost (PostgreSQL documentation, "Bit String Types"). Immutable;
/// equal if all bits are. The default is the empty one.</summary>
public readonly struct PgBitString : IEquatable<PgBitString>
{
    private readonly byte[]? _bytes;

    /// <summary>Makes a bit string of bytes, in which the first bit is the highest of the first byte.</summary>
    /// <param name="bytes">At least as many as the bits need; copied. Bits beyond <paramref name="length"/> are left out.</param>
    /// <param name="length">How many bits.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer bits than that.</exception>
    public PgBitString(ReadOnlySpan<byte> bytes, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 8L * bytes.Length, nameof(length));
        Length = length;
        _bytes = bytes[..ByteCount(length)].ToArray();
        if (length % 8 != 0)
            _bytes[^1] &= LastByteMask(length);
    }

    /// <summary>Makes a bit string of bits.</summary>
    public PgBitString(params ReadOnlySpan<bool> bits)
    {
        Length = bits.Length;
        _bytes = new byte[ByteCount(bits.Length)];
        for (var i = 0; i < bits.Length; i++)
        {
            if (bits[i])
                _bytes[i / 8] |= (byte)(0x80 >> (i % 8));
        }
    }

    /// <summary>How many bits.</summary>
    public int Length { get; }

    /// <summary>The bits, the first the highest of the first byte; those behind the last are 0.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The bit at a place, counted from the left.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public bool this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Length);
            return (_bytes![index / 8] & (0x80 >> (index % 8))) != 0;
        }
    }

    /// <summary>Whether all bits are the same.</summary>
    public static bool operator ==(PgBitString left, PgBitString right) => left.Equals(right);

    /// <summary>Whether length or a bit differs.</summary>
    public static bool operator !=(PgBitString left, PgBitString right) => !left.Equals(right);

    /// <summary>Reads the form that PostgreSQL prints: <c>1011</c>.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PgBitString Parse(string text) => TextForm.Read(BitStringCodec.Instance, text, "bit string");

    /// <inheritdoc cref="Parse"/>
    /// <returns>Whether it is a bit string.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PgBitString value)
        => TextForm.TryRead(BitStringCodec.Instance, text, out value);

    /// <summary>The same bits, changeable.</summary>
    public BitArray ToBitArray()
    {
        var bits = new BitArray(Length);
        for (var i = 0; i < Length; i++)
            bits[i] = this[i];
        return bits;
    }

    /// <inheritdoc/>
    public bool Equals(PgBitString other) => Length == other.Length && Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is PgBitString other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Length);
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The form that PostgreSQL prints.</summary>
    public override string ToString() => TextForm.Of(BitStringCodec.Instance, this);

    /// <summary>The bits of the last byte that count, where not all of them do.</summary>
    internal static byte LastByteMask(int length) => (byte)(0xFF << (8 - (length % 8)));

    internal static int ByteCount(int bits) => (int)((bits + 7L) / 8);
}
