using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using PgActors.Types;

namespace PgActors;

/// <summary>
/// A PostgreSQL inet or cidr without loss: an IPv4 or IPv6 address and how many of its bits name the network (PostgreSQL documentation,
/// "Network Address Types"). Where there is no network, <see cref="IPAddress"/> will do; where there is nothing but one,
/// <see cref="IPNetwork"/>. The default is 0.0.0.0/0.
/// </summary>
public readonly record struct PgInet
{
    internal const int IPv4Size = 4;
    internal const int IPv6Size = 16;

    /// <summary>Makes an address in a network.</summary>
    /// <param name="address">IPv4 or IPv6; without a scope, which PostgreSQL does not know.</param>
    /// <param name="prefixLength">The bits of the network, 0…32 or 0…128.</param>
    /// <exception cref="ArgumentOutOfRangeException">The prefix is longer than the address.</exception>
    /// <exception cref="ArgumentException">The address has a scope.</exception>
    public PgInet(IPAddress address, int prefixLength)
        : this(Bits(address), (byte)Math.Clamp(prefixLength, 0, byte.MaxValue), Size(address) == IPv6Size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, 8 * Size(address));
    }

    /// <summary>Makes an address by itself: all its bits name the network.</summary>
    /// <param name="address">IPv4 or IPv6; without a scope, which PostgreSQL does not know.</param>
    /// <exception cref="ArgumentException">The address has a scope.</exception>
    public PgInet(IPAddress address)
        : this(address, 8 * Size(address))
    {
    }

    internal PgInet(UInt128 value, byte prefixLength, bool isIPv6)
    {
        Value = value;
        PrefixLength = prefixLength;
        IsIPv6 = isIPv6;
    }

    /// <summary>The address. Each call makes a new one.</summary>
    public IPAddress Address
    {
        get
        {
            Span<byte> bytes = stackalloc byte[IPv6Size];
            BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
            return new IPAddress(IsIPv6 ? bytes : bytes[(IPv6Size - IPv4Size)..]);
        }
    }

    /// <summary>How many bits name the network.</summary>
    public int PrefixLength { get; }

    /// <summary>Whether it is an IPv6 address.</summary>
    public bool IsIPv6 { get; }

    /// <summary>Whether all bits name the network, so that it is one host.</summary>
    public bool IsHost => PrefixLength == 8 * ByteCount;

    internal UInt128 Value { get; }

    internal int ByteCount => IsIPv6 ? IPv6Size : IPv4Size;

    /// <summary>Whether no bit is set behind the prefix, as cidr demands.</summary>
    internal bool IsNetwork
    {
        get
        {
            var hostBits = (8 * ByteCount) - PrefixLength;
            return hostBits == 0 || Value << ((8 * IPv6Size) - hostBits) == 0;
        }
    }

    /// <summary>The address by itself.</summary>
    /// <exception cref="ArgumentException">It has a scope.</exception>
    public static implicit operator PgInet(IPAddress address) => new(address);

    /// <summary>The network.</summary>
    public static implicit operator PgInet(IPNetwork network) => new(network.BaseAddress, network.PrefixLength);

    /// <summary>Reads the form that PostgreSQL prints: <c>192.168.0.1/24</c>, <c>::1</c>.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PgInet Parse(string text) => TextForm.Read(InetCodec.Inet, text, "inet");

    /// <inheritdoc cref="Parse"/>
    /// <returns>Whether it is an inet.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PgInet value) => TextForm.TryRead(InetCodec.Inet, text, out value);

    /// <summary>The form that PostgreSQL prints for inet: the prefix only if it is no host.</summary>
    public override string ToString() => TextForm.Of(InetCodec.Inet, this);

    private static int Size(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[IPv6Size];
        address.TryWriteBytes(bytes, out var size);
        return size;
    }

    private static UInt128 Bits(IPAddress address)
    {
        var size = Size(address);
        if (size == IPv6Size && address.ScopeId != 0)
            throw new ArgumentException("PostgreSQL's addresses have no scope; send the address without it.", nameof(address));
        Span<byte> bytes = stackalloc byte[IPv6Size];
        bytes.Clear();
        address.TryWriteBytes(bytes[(IPv6Size - size)..], out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
