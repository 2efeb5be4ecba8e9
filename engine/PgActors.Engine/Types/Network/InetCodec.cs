using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>
/// inet and cidr: a family (2 or 3 on every platform), the bits of the network, whether it is a cidr, how many bytes, and the bytes of the
/// address (PostgreSQL source, network_send and network_recv). The third is not looked at, as the server does not.
/// </summary>
internal sealed class InetCodec : PgCodec<PgInet>
{
    private const byte FamilyIPv4 = 2;
    private const byte FamilyIPv6 = 3;
    private const int LongestText = 64;

    private const int DotsInIPv4 = 3;

    // What .NET takes for an address and PostgreSQL does not stays outside: 1, 0x7F.1, [::1]:80, fe80::1%3.
    private static readonly SearchValues<byte> Allowed = SearchValues.Create("0123456789abcdefABCDEF.:/"u8);

    private readonly bool _isCidr;

    private InetCodec(bool isCidr) => _isCidr = isCidr;

    internal static InetCodec Inet { get; } = new(false);

    internal static InetCodec Cidr { get; } = new(true);

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out PgInet value)
    {
        value = default;
        if (source is not [FamilyIPv4 or FamilyIPv6, var prefix, _, var size, ..])
            return DecodeStatus.Malformed;
        var isIPv6 = source[0] == FamilyIPv6;
        var expected = isIPv6 ? PgInet.IPv6Size : PgInet.IPv4Size;
        var address = source[4..];
        if (size != expected || address.Length != expected || prefix > 8 * expected)
            return DecodeStatus.Malformed;
        value = new PgInet(
            isIPv6 ? BinaryPrimitives.ReadUInt128BigEndian(address) : BinaryPrimitives.ReadUInt32BigEndian(address), prefix, isIPv6);
        return IsProper(value) ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out PgInet value)
    {
        value = default;
        Span<char> text = stackalloc char[LongestText];
        if (source.Length > text.Length || source.ContainsAnyExcept(Allowed)
            || !Encoding.ASCII.TryGetChars(source, text, out var length))
            return DecodeStatus.Malformed;
        text = text[..length];
        var slash = text.IndexOf('/');
        var isIPv6 = text.Contains(':');
        if ((!isIPv6 && text.Count('.') != DotsInIPv4) || !IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address))
            return DecodeStatus.Malformed;
        var bits = 8 * (isIPv6 ? PgInet.IPv6Size : PgInet.IPv4Size);
        var prefix = bits;
        if (slash >= 0 && (!int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out prefix)
            || prefix > bits))
            return DecodeStatus.Malformed;
        value = new PgInet(address, prefix);
        return IsProper(value) ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public override void WriteBinary(WireWriter writer, PgInet value)
    {
        RefuseHostBits(value);
        writer.WriteByte(value.IsIPv6 ? FamilyIPv6 : FamilyIPv4);
        writer.WriteByte((byte)value.PrefixLength);
        writer.WriteByte(_isCidr ? (byte)1 : (byte)0);
        writer.WriteByte((byte)value.ByteCount);
        if (value.IsIPv6)
            BinaryPrimitives.WriteUInt128BigEndian(writer.GetSpan(PgInet.IPv6Size), value.Value);
        else
            BinaryPrimitives.WriteUInt32BigEndian(writer.GetSpan(PgInet.IPv4Size), (uint)value.Value);
        writer.Advance(value.ByteCount);
    }

    public override void WriteText(WireWriter writer, PgInet value)
    {
        RefuseHostBits(value);
        value.Address.TryFormat(writer.GetSpan(LongestText), out var written);
        writer.Advance(written);
        if (value.IsHost && !_isCidr)
            return;
        writer.WriteByte((byte)'/');
        value.PrefixLength.TryFormat(writer.GetSpan(LongestText), out written, provider: CultureInfo.InvariantCulture);
        writer.Advance(written);
    }

    private bool IsProper(PgInet value) => !_isCidr || value.IsNetwork;

    private void RefuseHostBits(PgInet value)
    {
        if (!IsProper(value))
            throw new ArgumentException("A cidr has no bits set behind its prefix; send it as inet, or clear them.", nameof(value));
    }
}
