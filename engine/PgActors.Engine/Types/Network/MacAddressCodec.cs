using System.Net.NetworkInformation;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>macaddr and macaddr8: 6 and 8 bytes; in text pairs of hexadecimal digits with colons (PostgreSQL documentation, "Network
/// Address Types").</summary>
internal sealed class MacAddressCodec : PgCodec<PhysicalAddress>
{
    private const int DigitsPerByte = 3;

    private readonly int _size;

    private MacAddressCodec(int size) => _size = size;

    internal static MacAddressCodec SixBytes { get; } = new(6);

    internal static MacAddressCodec EightBytes { get; } = new(8);

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PhysicalAddress value)
    {
        value = source.Length == _size ? new PhysicalAddress(source.ToArray()) : PhysicalAddress.None;
        return source.Length == _size ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PhysicalAddress value)
    {
        value = PhysicalAddress.None;
        if (source.Length != (_size * DigitsPerByte) - 1)
            return DecodeStatus.Malformed;
        var bytes = new byte[_size];
        for (var i = 0; i < _size; i++)
        {
            var pair = source[(i * DigitsPerByte)..];
            if (Convert.FromHexString(pair[..2], bytes.AsSpan(i, 1), out _, out _) != System.Buffers.OperationStatus.Done
                || (pair.Length > 2 && pair[2] != ':'))
                return DecodeStatus.Malformed;
        }

        value = new PhysicalAddress(bytes);
        return DecodeStatus.Ok;
    }

    public override void WriteBinary(WireWriter writer, PhysicalAddress value) => writer.WriteBytes(Bytes(value));

    public override void WriteText(WireWriter writer, PhysicalAddress value)
    {
        var bytes = Bytes(value);
        var span = writer.GetSpan(_size * DigitsPerByte);
        for (var i = 0; i < bytes.Length; i++)
        {
            Convert.TryToHexStringLower(bytes.AsSpan(i, 1), span[(i * DigitsPerByte)..], out _);
            span[(i * DigitsPerByte) + 2] = (byte)':';
        }

        writer.Advance((_size * DigitsPerByte) - 1);
    }

    public override bool Suits(PhysicalAddress value) => value.GetAddressBytes().Length == _size;

    // To ask an address for its length costs a copy of it.
    internal override bool OneSuitsForAll => true;

    private byte[] Bytes(PhysicalAddress value)
    {
        var bytes = value.GetAddressBytes();
        return bytes.Length == _size
            ? bytes
            : throw new ArgumentException($"The PostgreSQL type has {_size} bytes, and the address {bytes.Length}.", nameof(value));
    }
}
