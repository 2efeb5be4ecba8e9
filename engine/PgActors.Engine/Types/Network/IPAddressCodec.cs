using System.Net;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>inet as <see cref="IPAddress"/>: hosts only, since an address says nothing of a network.</summary>
internal sealed class IPAddressCodec : PgCodec<IPAddress>
{
    internal static IPAddressCodec Instance { get; } = new();

    public override string Limits => "It has a network mask, which IPAddress cannot hold; read it as PgInet, or use host(…)::inet.";

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out IPAddress value)
        => Convert(InetCodec.Inet.ReadBinary(source, out var inet), inet, out value);

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out IPAddress value)
        => Convert(InetCodec.Inet.ReadText(source, out var inet), inet, out value);

    public override void WriteBinary(WireWriter writer, IPAddress value) => InetCodec.Inet.WriteBinary(writer, value);

    public override void WriteText(WireWriter writer, IPAddress value) => InetCodec.Inet.WriteText(writer, value);

    private static DecodeStatus Convert(DecodeStatus status, PgInet inet, out IPAddress value)
    {
        value = IPAddress.None;
        if (status != DecodeStatus.Ok)
            return status;
        if (!inet.IsHost)
            return DecodeStatus.OutOfRange;
        value = inet.Address;
        return DecodeStatus.Ok;
    }
}
