using System.Globalization;

namespace PgActors.Protocol;

/// <summary>A protocol version as the start-up packet carries it: major in the high, minor in the low 16 bits.</summary>
/// <param name="Word">The 32-bit word.</param>
public readonly record struct ProtocolVersion(int Word) : IComparable<ProtocolVersion>
{
    /// <summary>3.0, spoken by every server since 7.4.</summary>
    public static ProtocolVersion Version30 => new(0x0003_0000);

    /// <summary>3.2, since PostgreSQL 18: cancel keys of 4 to 256 bytes.</summary>
    public static ProtocolVersion Version32 => new(0x0003_0002);

    /// <summary>The major number.</summary>
    public int Major => Word >>> 16;

    /// <summary>The minor number.</summary>
    public int Minor => Word & 0xFFFF;

    /// <inheritdoc/>
    public int CompareTo(ProtocolVersion other) => Word.CompareTo(other.Word);

    /// <summary>Whether <paramref name="left"/> is older.</summary>
    public static bool operator <(ProtocolVersion left, ProtocolVersion right) => left.Word < right.Word;

    /// <summary>Whether <paramref name="left"/> is newer.</summary>
    public static bool operator >(ProtocolVersion left, ProtocolVersion right) => left.Word > right.Word;

    /// <summary>Whether <paramref name="left"/> is older or the same.</summary>
    public static bool operator <=(ProtocolVersion left, ProtocolVersion right) => left.Word <= right.Word;

    /// <summary>Whether <paramref name="left"/> is newer or the same.</summary>
    public static bool operator >=(ProtocolVersion left, ProtocolVersion right) => left.Word >= right.Word;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
