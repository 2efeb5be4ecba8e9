using System.Net;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>cidr as <see cref="IPNetwork"/>; both allow no bits behind the prefix.</summary>
internal sealed class IPNetworkCodec : PgCodec<IPNetwork>
{
    internal static IPNetworkCodec Instance { get; } = new();

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out IPNetwork value)
        => Convert(InetCodec.Cidr.ReadBinary(source, out var inet), inet, out value);

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out IPNetwork value)
        => Convert(InetCodec.Cidr.ReadText(source, out var inet), inet, out value);

    public override void WriteBinary(WireWriter writer, IPNetwork value) => InetCodec.Cidr.WriteBinary(writer, value);

    public override void WriteText(WireWriter writer, IPNetwork value) => InetCodec.Cidr.WriteText(writer, value);

    private static DecodeStatus Convert(DecodeStatus status, PgInet inet, out IPNetwork value)
    {
        value = status == DecodeStatus.Ok ? new IPNetwork(inet.Address, inet.PrefixLength) : default;
        return status;
    }
}
